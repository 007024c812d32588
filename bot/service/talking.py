"""Replies to messages about the answer before, about the bot, and to wishes: sentences, and quotes that are spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.contract.actions import Asked, Listing, Origin, Picture
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards, daily, drawings, favourites, material, preferences, privacy, quiz, random_quotes, reading
from bot.service.context import Context
from bot.service.quote_text import citation, command, full_source, put_quote, put_source, source_line
from bot.state import saved
from retrieval import Quote, Turn, to_int

EXAMPLES = ("greeting", "help", "ability", "vague", "about_me", "small_talk", "unclear")  # kinds that are shown how to ask
THEMES = 3  # themes to choose from: one row
BEGINNING = 18  # characters of a quote that name it in a sentence, chosen

Wish = Callable[[Context, Quote | None, str], Response]


def reply(context: Context, step: Turn, key: str) -> Response:
    """What answers a message that is no question. key: of the question before, "" for none."""
    if step.kind == "quotes":
        return Response((quotes_card(context, step, key),))
    if step.kind == "wish":
        return WISHES[step.say](context, step.quotes[0] if step.quotes else None, step.about)
    return Response((sentence(context, step, key),))


def sentence(context: Context, step: Turn, key: str) -> Reply:
    """A sentence about the chat, with the place of the quote that it is about."""
    if step.say == "year":
        return _year(context, int(step.about))
    words = context.say(f"talk.{step.say}", about=step.about)
    if step.say == "who" and step.quotes and (author := step.quotes[0].source.entry.author):
        words = context.say("talk.who_known", author=author)
    if step.say == "no_opening":
        return material.openings_card(context, words)
    if step.quotes:
        return _place(context, TextBuilder().line(words), step.quotes[0], key, year=step.say in ("place", "who"))
    if step.say in ("which_theme", "no_writing", "no_summary"):
        return TextBuilder().line(words).reply(theme_buttons(context), cards.ways_on(context))
    if step.say == "no_such_speech":
        return reading.listing(context, words)
    if step.say in EXAMPLES:
        return cards.examples_card(context, words)
    return TextBuilder().line(words).reply(cards.ways_on(context))


def _year(context: Context, number: int) -> Reply:
    """Which year a speech is of, and what that is inferred from."""
    entry = context.library.corpus.speech(number).entry
    key = "talk.year" if entry.year and entry.year_basis else "talk.no_year"
    words = context.say(key, number=number, year=entry.year, basis=entry.year_basis)
    return TextBuilder().line(words).reply(cards.ways_on(context))


def _place(context: Context, text: TextBuilder, quote: Quote, key: str, *, year: bool) -> Reply:
    """The full source of a quote that is not shown again."""
    beginning = context.style.shown(quote.text[:BEGINNING]) + ("…" if len(quote.text) > BEGINNING else "")
    text.line().line(f"「{beginning}」").line(f"— {source_line(quote.source, context.say)} {command(quote.source)}")
    text.line(full_source(quote.source, context.say))
    entry = context.library.corpus.speech(quote.source.speech).entry
    if year and entry.year and entry.year_basis:
        text.line(context.say("outline.year", year=entry.year, basis=entry.year_basis), "italic")
    copy = Button(context.say("button.copy"), copy=citation(quote, "chat", context.say))
    return text.reply(cards.reading_row(context, quote, _origin(context, key)), [copy])


def quotes_card(context: Context, step: Turn, key: str) -> Reply:
    """Quotes that were spoken of; short ones with a short source."""
    if len(step.quotes) == 1 and step.say != "brief":
        return cards.single_card(context, reading.shortened(context, step.quotes[0]), _origin(context, key))
    text = TextBuilder()
    for quote in cards.fitting(step.quotes):
        put_quote(text, quote, context.style)
        if step.say == "brief":
            text.line(f"— {context.say('source.brief', number=quote.source.speech)} {command(quote.source)}")
        else:
            put_source(text, quote, context.style).line()
    cards.put_note(text, context)
    return text.reply(cards.reading_row(context, step.quotes[0], _origin(context, key)))


def theme_buttons(context: Context) -> list[Button]:
    """Themes to ask about."""
    return cards.ask_buttons(context, context.behaviour.themes[:THEMES])


def _origin(context: Context, key: str) -> Origin:
    return Asked(context.key_of(key), 0) if key else None


# -- wishes


def _save(context: Context, quote: Quote | None, _about: str) -> Response:
    """Among the favourites, once however often it is said."""
    if quote is None:
        return favourites.show(context)
    with context.store.quick() as memory:
        there = saved.has(memory, context.asker.user_id, quote.id)
        state = there or saved.add(memory, context.asker.user_id, quote.id, quote.text, context.now)
    words = context.say("saved.added") if state else context.say("saved.full", most=saved.MOST)
    return Response((TextBuilder().line(words).reply(cards.ways_on(context)),))


def _picture(context: Context, quote: Quote | None, _about: str) -> Response:
    return drawings.quote(context, Picture(quote_id(quote.id))) if quote else _said(context, "no_answer")


def _cloud(context: Context, quote: Quote | None, about: str) -> Response:
    named = context.library.engine.reader.understand(about).references
    number = named[0].number if named else quote.source.speech if quote else 0
    return drawings.cloud_command(context, str(number) if number else "")


def _file(context: Context, quote: Quote | None, about: str) -> Response:
    """The file of the speech that is named or spoken of; else the list to choose from."""
    named = context.library.engine.reader.understand(about).references
    number = named[0].number if named else quote.source.speech if quote else 0
    return Response((reading.full_text(context, number) if number else reading.listing(context),))


def _daily(context: Context, _quote: Quote | None, about: str) -> Response:
    """With a time, or the wish to end it, as the command does; else the card."""
    if _ENDS.search(about):
        return daily.command(context, "off")
    if _TODAY.search(about):
        return random_quotes.random(context, "")
    found = next(reversed(list(_HOUR.finditer(about))), None)  # 八点太晚了，改成六点
    hour = (to_int(found[2]) if found else None) or (int(found[2]) if found and found[2].isdigit() else None)
    if found is not None and hour is not None and hour <= HOURS and not _ASKS.search(about):
        later = found[1] in ("下午", "晚上", "傍晚") and hour < NOON
        return daily.command(context, f"{hour + NOON * later}:{30 if found[3] else found[4] or '00'}")
    return daily.switched_on(context) if _SENDS.search(about) and not _ASKS.search(about) else Response((daily.card(context),))


NOON, HOURS = 12, 23
_ENDS = re.compile(r"停|关|取消|不要|别(?:再|发|推)|不用|退订")  # 停掉  别再发了  ✗每天
# e.g. 早上七点  下午3点半  晚上8:30  ✗每天
_HOUR = re.compile(r"(早上|早晨|上午|中午|下午|晚上|傍晚)?([一二三四五六七八九十两]{1,3}|\d{1,2})(?:点(?:钟)?(半)?|[:：]([0-5]\d))")
# e.g. 今天的每日一句  ✗每天一句
_TODAY = re.compile(r"今[天日](?:的)?(?:这|那)?(?:一)?(?:句|每日|每天)|(?:看看?|念念?|读读?)(?:今天的)?每[日天]一句")
_ASKS = re.compile(r"几点|什么时候|吗|呢|是不是|多久|怎么")  # 几点  ✗六点
_SENDS = re.compile(r"(?:每[天日早晚]|天天)[^,，。]{0,10}(?:发|推|来|给|送|念)")  # 每天给我发一句  ✗每天一句


def _said(context: Context, key: str, **values: str) -> Response:
    return Response((TextBuilder().line(context.say(f"talk.{key}", **values)).reply([context.button("button.list", Listing())]),))


WISHES: Mapping[str, Wish] = {
    "picture": _picture,
    "save": _save,
    "cloud": _cloud,
    "file": _file,
    "map": lambda context, _quote, _about: drawings.heat_map(context, ""),
    "daily": _daily,
    "group": lambda context, _quote, _about: _said(context, "group"),
    "language": lambda context, _quote, _about: preferences.language(context, ""),
    "traditional": lambda context, _quote, _about: Response((preferences.card(context),)),
    "settings": lambda context, _quote, _about: Response((preferences.card(context),)),
    "saved": lambda context, _quote, _about: favourites.show(context),
    "forget": lambda context, _quote, _about: privacy.ask(context, ""),
    "list": lambda context, _quote, _about: Response((reading.listing(context),)),
    "random": lambda context, _quote, _about: random_quotes.random(context, ""),
    "quiz": lambda context, _quote, _about: quiz.command(context, ""),
    "share": lambda context, _quote, _about: _said(context, "share", bot=context.username),
    "cannot": lambda context, _quote, _about: _said(context, "cannot"),
}
