"""Replies to messages about the answer before, about the bot, and to wishes: sentences, and quotes that are spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.contract.actions import Asked, Listing, Origin, Picture
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import (
    cards,
    conversations,
    daily_wishes,
    drawings,
    favourites,
    material,
    preferences,
    privacy,
    quiz,
    random_quotes,
    reading,
)
from bot.service.context import Context
from bot.service.literal_cards import prefixed
from bot.service.quote_text import citation, command, full_source, position, put_quote, put_source, source_line, unfinished
from bot.state import saved
from retrieval import Conversation, Quote, Turn, Understood, cited_at

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
    """The word cloud of the speech that is named or spoken of; where all of them are wished, which one is asked."""
    named = context.library.engine.reader.understand(about).references
    number = named[0].number if named else quote.source.speech if quote and not _OF_ALL.search(about) else 0
    return drawings.cloud_command(context, str(number) if number else "")


def _file(context: Context, quote: Quote | None, about: str) -> Response:
    """The file of the speech that is named or spoken of; else the list to choose from."""
    named = context.library.engine.reader.understand(about).references
    number = named[0].number if named else quote.source.speech if quote else 0
    return Response((reading.full_text(context, number) if number else reading.listing(context),))


_OF_ALL = re.compile("[六6几](?:篇|个讲话)|所有|全部")  # 我要|六篇|一起的  |所有|讲话的词云  ✗第6篇词云
_OF_SPEECH = re.compile(r"第\d+篇(?=随便)")  # 第3篇|随便来一句  ✗第3篇怎么说


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
    "daily": daily_wishes.reply,
    "group": lambda context, _quote, _about: _said(context, "group"),
    "language": lambda context, _quote, _about: preferences.language(context, ""),
    "traditional": lambda context, _quote, about: preferences.characters(context, about),
    "settings": lambda context, _quote, _about: Response((preferences.card(context),)),
    "saved": lambda context, _quote, about: favourites.asked(context, about),
    "forget": lambda context, _quote, _about: privacy.ask(context, ""),
    "list": lambda context, _quote, _about: Response((reading.listing(context),)),
    "random": lambda context, _quote, about: random_quotes.random(context, found[0] if (found := _OF_SPEECH.match(about)) else ""),
    "quiz": lambda context, _quote, _about: quiz.command(context, ""),
    "share": _share,
    "cannot": lambda context, _quote, _about: _said(context, "cannot"),
}
