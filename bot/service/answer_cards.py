"""The card of an answer: its quotes, the chosen one with what can be done with it, the pages before and after."""

from __future__ import annotations

from bot.contract.actions import Asked, Chosen, Found, Key, QuoteId
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.text_builder import TextBuilder
from bot.service.answer_pages import AnswerPlace, place_of
from bot.service.cards import NUMBERS, Rows, fitting, in_rows, nothing_card, put_note, quote_rows, verbatim_button
from bot.service.context import Context
from bot.service.quote_text import put_quote, put_source
from retrieval import Answer, Quote

HEAD = 100  # characters of a question that is repeated above its answer, chosen
EIGHT = 8  # buttons in a row, Telegram's
MANY, SHORT = 4, 60  # so many quotes fill a telephone's window; then those are folded that take more than three lines there


def answer_card(
    context: Context, answer: Answer, key: Key, skip: int, *, plain: bool = False, chosen: QuoteId | None = None, head: str = ""
) -> Reply:
    """The quotes of an answer; says when they are only near, and that there are none.

    chosen: the quote that the buttons are about, otherwise the first. head: the question, where a message holds several.
    """
    text = TextBuilder()
    if head:
        text.line(f"「{head[:HEAD]}」", "italic").line()
    if not answer.quotes:
        return nothing_card(context, answer, text)
    context = context.verbatim(plain)
    if answer.confidence == "near" and not skip:
        text.line(context.say("answer.near")).line()
    quotes = fitting(answer.quotes)
    place = place_of(context, answer, skip, len(quotes))
    if skip:
        text.line(f"{_numbers(skip, len(quotes))} / {_total(place)}", "italic").line()
    for count, quote in enumerate(quotes):
        put_quote(text, quote, context.style, folded=len(quotes) >= MANY and len(quote.text) > SHORT)
        put_source(text, quote, context.style, number=NUMBERS[count] if len(quotes) > 1 else "", after=quotes[count - 1] if count else None)
    put_note(text, context)
    return text.reply(*_rows(context, place, quotes, chosen, Asked(key, skip), plain=plain))


def _rows(context: Context, place: AnswerPlace, quotes: tuple[Quote, ...], chosen: QuoteId | None, origin: Asked, *, plain: bool) -> Rows:
    """Which of several quotes; what is done with it; the pages beside this one."""
    ids = [quote_id(quote.id) for quote in quotes]
    at = ids.index(chosen) if chosen in ids else 0
    choices = [context.labelled(marked(NUMBERS[n], chosen=n == at), Chosen(one, origin, plain)) for n, one in enumerate(ids)]
    first, second = quote_rows(context, quotes[at], origin, plain=plain)
    before, after = _page_buttons(context, place, origin)
    return [
        *(in_rows(choices, EIGHT) if len(choices) > 1 else []),
        first,
        [*second, None if before else after],
        [before, after] if before else [],
        [verbatim_button(context, Chosen(ids[at], origin, True))],
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
