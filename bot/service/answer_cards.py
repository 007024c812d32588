"""The card of an answer: its quotes, the chosen one with what can be done with it, the pages before and after."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contract.actions import Asked, Chosen, Found, Key, QuoteId
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.text_builder import TextBuilder
from bot.service.answer_pages import AnswerPlace, at_once, place_of
from bot.service.cards import NUMBERS, Rows, fitting, in_rows, put_note, put_nothing, quote_rows, verbatim_button
from bot.service.context import Context
from bot.service.quote_text import part_name, put_quote, put_source
from retrieval import Answer, Quote, fold_question, missing_item

WITH_WORDS = 3  # buttons in a row that have room for words, on 390 pixels
EIGHT = 8  # buttons in a row, Telegram's
MANY, SHORT = 3, 68  # so many quotes may fill a telephone's window; then those are folded that take more than four lines there


def answer_card(context: Context, answer: Answer, key: Key, skip: int, *, plain: bool = False, chosen: QuoteId | None = None) -> Reply:
    """The quotes of an answer; says when they are only near, and that there are none.

    chosen: the quote that the buttons are about, otherwise the first. What an answer has and what is said without one end in the same rows.
    """
    context = context.verbatim(plain)
    text = TextBuilder()
    if answer.quotes:
        rows = _put_quotes(text, context, answer, Asked(key, skip), chosen, plain=plain)
    else:
        rows = put_nothing(text, context, answer)
    return text.reply(*rows)


def _put_quotes(text: TextBuilder, context: Context, answer: Answer, origin: Asked, chosen: QuoteId | None, *, plain: bool) -> Rows:
    """The chosen quote with those that are seen beside it, and the buttons of the card."""
    quotes = fitting(answer.quotes)
    place = place_of(context, answer, origin.skip, len(quotes))
    if answer.confidence == "near" and not origin.skip:
        text.line(doubt(context, answer)).line()
    if origin.skip:
        text.line(f"{_numbers(origin.skip, len(quotes))} / {_total(place)}", "italic").line()
    at = chosen_at(quotes, chosen)
    size = at_once(context, answer, origin.skip)
    seen = range(at // size * size, len(quotes))[:size]
    for n in seen:
        put_quote(text, quotes[n], context.style, folded=len(seen) >= MANY and len(quotes[n].text) > SHORT)
        number = NUMBERS[n] if len(quotes) > 1 else ""
        put_source(text, quotes[n], context.style, number=number, after=quotes[n - 1] if n - 1 in seen else None)
    put_note(text, context)
    return [*_choices(context, quotes, at, seen, origin, plain=plain), *_rows(context, place, quotes[at], origin, plain=plain)]


def doubt(context: Context, answer: Answer) -> str:
    """What is said above quotes that may not answer: that they have no fourth of what was asked for, or that they may not."""
    missing = missing_item(answer.understood.text, fold_question(" ".join(quote.text for quote in answer.quotes)))
    return context.say("answer.no_item", item=missing) if missing else context.say("answer.near")


def chosen_at(quotes: Sequence[Quote], chosen: QuoteId | None) -> int:
    """Where the chosen quote stands on a card, 0 for one that is not on it."""
    return next((n for n, quote in enumerate(quotes) if quote_id(quote.id) == chosen), 0)


def _choices(context: Context, quotes: Sequence[Quote], at: int, seen: range, origin: Asked, *, plain: bool) -> Rows:
    """Which of several quotes; one that is not seen with its speech, where three in a row leave room for it."""
    buttons = []
    for n, quote in enumerate(quotes):
        hidden = "" if n in seen or len(quotes) > WITH_WORDS else f" {_whence(context, quote, quotes[n - 1] if n else None)}"
        action = Chosen(quote_id(quote.id), origin, plain)
        buttons.append(context.labelled(marked(NUMBERS[n] + hidden, chosen=n == at), action))
    return [*in_rows(buttons, EIGHT)] if len(buttons) > 1 else []


def _whence(context: Context, quote: Quote, after: Quote | None) -> str:
    """The speech of a quote; behind one of the same speech the paragraph, or the part where a heading is quoted."""
    source, say = quote.source, context.say
    if after is None or source.speech != after.source.speech:
        return say("source.brief", number=source.speech)
    return say("source.paragraph", number=source.paragraph) if source.paragraph else part_name(source.number, say).rstrip("、")


def _rows(context: Context, place: AnswerPlace, quote: Quote, origin: Asked, *, plain: bool) -> Rows:
    """What is done with the chosen quote; the pages beside this one."""
    first, second = quote_rows(context, quote, origin, plain=plain)
    before, after = _page_buttons(context, place, origin)
    return [
        first,
        [*second, None if before else after],
        [before, after] if before else [],
        [verbatim_button(context, Chosen(quote_id(quote.id), origin, True))],
    ]


def _page_buttons(context: Context, place: AnswerPlace, origin: Asked) -> tuple[Button | None, Button | None]:
    """To the quotes before and after, each with their numbers."""
    before = after = None
    if place.before is not None:
        where = _numbers(place.before, place.size_before)
        before = context.button("button.answers_before", Found(origin.question, place.before), places=where)
    if place.after is not None:
        where = f"{_numbers(place.after, place.size_after)}/{_total(place)}"
        after = context.button("button.more", Found(origin.question, place.after), places=where)
    return before, after


def _total(place: AnswerPlace) -> str:
    return f"{place.total}+" if place.open else str(place.total)


def _numbers(skip: int, size: int) -> str:
    """As people count: 4, or 4–6."""
    return f"{skip + 1}" if size == 1 else f"{skip + 1}–{skip + size}"


def marked(label: str, *, chosen: bool) -> str:
    """A label, marked when it is the chosen one."""
    return f"✓{label}" if chosen else label
