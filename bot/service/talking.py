"""Replies to messages about the answer before, about the bot, and to wishes: sentences, and quotes that are spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.contract.actions import Asked, Listing, Origin, Picture
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards, conversations, daily, drawings, favourites, material, preferences, privacy, quiz, random_quotes, reading
from bot.service.context import Context
from bot.service.literal_cards import prefixed
from bot.service.quote_text import citation, command, full_source, position, put_quote, put_source, source_line, unfinished
from bot.state import saved
from retrieval import Conversation, Quote, Turn, Understood, cited_at, to_int

EXAMPLES = ("greeting", "help", "ability", "vague", "about_me", "small_talk", "told", "unclear")  # kinds that are shown how to ask
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
    words = said(context, step)
    if step.say == "no_opening":
        return material.openings_card(context, words)
    if len(step.quotes) > 1:
        return _places(context, TextBuilder().line(words), step.quotes, key)
    if step.quotes:
        return _place(context, TextBuilder().line(words), step.quotes[0], key, year=step.say in ("place", "who", "facts", "speaker"))
    if step.say in ("which_theme", "no_writing", "no_summary"):
        return TextBuilder().line(words).reply(theme_buttons(context), cards.ways_on(context))
    if step.say == "no_such_speech":
        return reading.listing(context, words)
    if step.say in EXAMPLES:
        return cards.examples_card(context, words)
    return TextBuilder().line(words).reply(cards.ways_on(context))


def said(context: Context, step: Turn) -> str:
    """The words of a sentence about the chat."""
    if step.say == "year":  # which year a speech is of, and what that is inferred from
        entry = context.library.corpus.speech(int(step.about)).entry
        key = "talk.year" if entry.year and entry.year_basis else "talk.no_year"
        return context.say(key, number=step.about, year=entry.year, basis=entry.year_basis)
    if step.say == "years":
        entry = context.library.corpus.speech(int(step.about)).entry
        return context.say("talk.years", number=step.about, year=entry.year, basis=entry.year_basis)
    if step.say == "from_where":
        return _from_where(context, int(step.about))
    if step.say in ("who", "facts", "speaker") and step.quotes and (author := step.quotes[0].source.entry.author):
        return context.say("talk.who_known" if step.say == "who" else "talk.facts_known", author=author)
    if step.say == "who" and step.quotes:
        source = step.quotes[0].source
        if cited := cited_at(context.library.corpus, source.speech, source.span):
            return context.say("talk.who_cited", author=context.style.shown(cited))
    return context.say(f"talk.{step.say}", about=step.about)


def _from_where(context: Context, number: int) -> str:
    """What the place of a speech is seen from: a clause that names it."""
    numbered = context.library.corpus.speech(number)
    text, place = context.library.corpus.texts[numbered.speech.file], numbered.entry.place
    if _MASKED.search(place) and place in text[slice(*numbered.speech.span)]:
        return context.say("talk.place_masked", number=number, place=place)
    clauses = [clause for clause in _CLAUSE.split(text[slice(*numbered.speech.span)]) if place and place in clause]
    if not clauses:
        return context.say("talk.no_place", number=number)
    words = context.style.shown(min(clauses, key=lambda clause: (len(clause) < len(place) + SAYING, len(clause))))
    count = sum(found.speech == number for found in context.library.engine.exact.look_up(place).places)  # as 「出现几次」 says
    return context.say("talk.from_where", number=number, place=place, count=count, words=words)


_MASKED = re.compile("[*×＊xX]")  # *市  ××区  ✗咸阳
SAYING = 4  # characters beside a place's name from which a clause says something, chosen
_CLAUSE = re.compile("[，。；：！？!?;:,\\s]+")  # 。  ✗、


def put_places(context: Context, text: TextBuilder, step: Turn) -> None:
    """Where the quotes stand that a sentence among others is about."""
    for quote in step.quotes:
        _put_place(context, text, quote)


def _put_place(context: Context, text: TextBuilder, quote: Quote) -> None:
    text.line(f"「{_beginning(context, quote)}」").line(f"— {source_line(quote.source, context.say)} {command(quote.source)}")


def _place(context: Context, text: TextBuilder, quote: Quote, key: str, *, year: bool) -> Reply:
    """The full source of a quote that is not shown again."""
    _put_place(context, text.line(), quote)
    text.line(full_source(quote.source, context.say))
    entry = context.library.corpus.speech(quote.source.speech).entry
    if year and entry.year and entry.year_basis:
        text.line(context.say("outline.year", year=entry.year, basis=entry.year_basis), "italic")
    copy = Button(context.say("button.copy"), copy=citation(quote, "chat", context.say))
    return text.reply(cards.reading_row(context, quote, _origin(context, key)), [copy])


def _places(context: Context, text: TextBuilder, quotes: tuple[Quote, ...], key: str) -> Reply:
    """The sources of several quotes that are not shown again, in their order."""
    for quote in quotes:
        _put_place(context, text.line(), quote)
    return text.reply(cards.reading_row(context, quotes[0], _origin(context, key)))


def _beginning(context: Context, quote: Quote) -> str:
    return context.style.shown(quote.text[:BEGINNING]) + ("…" if len(quote.text) > BEGINNING else "")


def _excerpt(context: Context, quote: Quote) -> str:
    """That its sentence began before, of a clause that is quoted alone; else nothing."""
    text, start = context.library.corpus.texts[quote.source.file], quote.source.span.start
    return context.say("source.begun") if text[max(start - 1, 0) : start] in ("，", "、", ",") else ""


def quotes_card(context: Context, step: Turn, key: str) -> Reply:
    """Quotes that were spoken of; short ones with a short source."""
    brief = step.say in ("brief", "too_long")
    if len(step.quotes) == 1 and not brief:
        return cards.single_card(context, reading.shortened(context, step.quotes[0]), _origin(context, key))
    text = TextBuilder()
    if step.say == "too_long":
        text.line(context.say("talk.too_long"))
    for quote in cards.fitting(step.quotes):
        put_quote(text, quote, context.style)
        if brief:
            text.line(
                f"— {context.say('source.brief', number=quote.source.speech)} · {position(quote.source, context.say)}"
                f"{_excerpt(context, quote)}{unfinished(quote, context.style)} {command(quote.source)}"
            )
        else:
            put_source(text, quote, context.style).line()
    cards.put_note(text, context)
    return text.reply(cards.reading_row(context, step.quotes[0], _origin(context, key)))


def no_more(context: Context, understood: Understood, before: Conversation, further: Turn | None) -> Response:
    """That there is no more, with the sentence behind the one spoken of, if there is one, or where to read on around the answer."""
    if further:
        card = quotes_card(context, further, before.question)
        left = conversations.keep_writes(context, further.then or before)
        return Response((prefixed(card, context.say("answer.no_more_here")),), memory=left)
    quotes = context.library.engine.answer(understood, 1).quotes
    around = cards.reading_row(context, quotes[0], None) if quotes else []
    return Response((TextBuilder().line(context.say("answer.no_more")).reply(around, cards.ways_on(context)),))


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
    words = context.say("saved.added_this", words=_beginning(context, quote)) if state else context.say("saved.full", most=saved.MOST)
    return Response((TextBuilder().line(words).reply(cards.ways_on(context)),))


def _picture(context: Context, quote: Quote | None, _about: str) -> Response:
    if quote is None:
        return _said(context, "picture_of_what")
    return drawings.quote(context, Picture(quote_id(quote.id)), context.say("talk.picture"))


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
    """With a time, or the wish to end it, as the command does, and said; else the card."""
    if _TODAY.search(about):
        return random_quotes.random(context, "")
    time = "" if _ASKS.search(about) else _time(about)
    if time:
        return _told(context, daily.command(context, time), "daily.set_to", time=time.zfill(5))
    if _ENDS.search(about) and not _NOT_ENDED.search(about):
        return _told(context, daily.command(context, "off"), "daily.ended")
    if _SENDS.search(about) and not _ASKS.search(about):
        return _told(context, daily.switched_on(context), "daily.begun")
    return Response((daily.card(context),))


def _time(about: str) -> str:
    """The time of day that is wished, 18:30: the one behind 改成 or before 发, else the only one; "" where none is."""
    named = list(_HOUR.finditer(about))
    wished = [found for found in named if _SET_TO.search(about[: found.start()]) or _SENT_THEN.match(about, found.end())]
    found = wished[0] if wished else named[0] if len(named) == 1 and not _TOO.match(about, named[0].end()) else None
    hour = (to_int(found[2]) or (int(found[2]) if found[2].isdigit() else None)) if found else None
    if found is None or hour is None or hour > HOURS:
        return ""
    later = found[1] in ("下午", "晚上", "傍晚") and hour < NOON
    words = found[4] or found[5] or ""
    minute = 30 if found[3] else int(words) if words.isdigit() else to_int(words) or 0
    return f"{hour + NOON * later}:{minute if minute < MINUTES else 0:02}"


def _told(context: Context, answer: Response, key: str, **values: str) -> Response:
    """The card with what was done above it."""
    return replace(answer, replies=(prefixed(answer.replies[0], context.say(key, **values)), *answer.replies[1:]))


NOON, HOURS, MINUTES = 12, 23, 60
# e.g. 停掉  退掉  还是退了吧  先不订了  别再发了  别每天|推了  ✗每天
_ENDS = re.compile(r"停|关|取消|(?<!周末)不要|别(?:再|发|推|老|天天|每[天日])|不用|退订|退掉|退了|不订了")
_NOT_ENDED = re.compile(r"(?:没|没有|不是)(?:要|想|让你)?(?:关|停|取消)|周末")  # 没有要关闭  周末不要发  ✗取消
# e.g. 早上七点  下午3点半  晚上8:30  六点四十  6点40分  ✗每天
_HOUR = re.compile(
    r"(早上|早晨|早起|上午|中午|下午|晚上|傍晚)?([一二三四五六七八九十两]{1,3}|\d{1,2})"
    r"(?:点(?:钟)?(?:(半)|([0-5]?\d|[一二三四五]?十[一二三四五六七八九]?)分?)?|[:：]([0-5]\d))"
)
_SET_TO = re.compile(r"(?:改|换|调|设|定|挪|推迟|提前)(?:成|到|为|在)?(?:每天)?$")  # 改成  ✗八点
_SENT_THEN = re.compile(r"(?:钟)?(?:再|就|准时|给我|给俺|帮我)*(?:发|推|送|来|念|提醒)")  # 给我发  ✗起床
_TOO = re.compile(r"(?:钟)?(?:太|忒|有点)?(?:早|晚)(?:了)?")  # 太晚了  ✗发
_TODAY = re.compile(
    r"今[天日](?:的)?(?:这|那)?(?:一)?(?:句|每日|每天)|(?:看看?|念念?|读读?)(?:今天的)?每[日天]一句"
)  # 今天的每日一句  ✗每天一句
_ASKS = re.compile(r"几点|什么时候|(?<!能)吗$|是不是|多久|怎么")  # 几点  ✗六点
_SENDS = re.compile(r"(?:每[天日早晚]|天天)[^,，。]{0,10}(?:发|推|来|给|送|念)")  # 每天给我发一句  ✗每天一句


def _said(context: Context, key: str, **values: str) -> Response:
    return Response((TextBuilder().line(context.say(f"talk.{key}", **values)).reply([context.button("button.list", Listing())]),))


def _share(context: Context, quote: Quote | None, _about: str) -> Response:
    """How it is sent on; the quote that is meant, with its buttons."""
    words = context.say("talk.share", bot=context.username)
    return Response((prefixed(cards.single_card(context, quote, None), words),)) if quote else _said(context, "share", bot=context.username)


WISHES: Mapping[str, Wish] = {
    "picture": _picture,
    "save": _save,
    "cloud": _cloud,
    "file": _file,
    "map": lambda context, _quote, _about: drawings.heat_map(context, ""),
    "daily": _daily,
    "group": lambda context, _quote, _about: _said(context, "group"),
    "language": lambda context, _quote, _about: preferences.language(context, ""),
    "traditional": lambda context, _quote, about: preferences.characters(context, about),
    "settings": lambda context, _quote, _about: Response((preferences.card(context),)),
    "saved": lambda context, _quote, about: favourites.asked(context, about),
    "forget": lambda context, _quote, _about: privacy.ask(context, ""),
    "list": lambda context, _quote, _about: Response((reading.listing(context),)),
    "random": lambda context, _quote, _about: random_quotes.random(context, ""),
    "quiz": lambda context, _quote, _about: quiz.command(context, ""),
    "share": _share,
    "cannot": lambda context, _quote, _about: _said(context, "cannot"),
}
