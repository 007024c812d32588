"""Taps on a quote: alone, in context, its tools, citations, elsewhere, among the favourites."""

from __future__ import annotations

from dataclasses import replace

from bot.contract.actions import Around, Asked, Same, Single, Star, Styles, Tools, Unstar, Wider
from bot.contract.callback import quote_id
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import answer_taps, around_cards, cards
from bot.service.context import Context, Declined, only_toast
from bot.service.quote_text import put_quote, put_source
from bot.service.reader_button import reader_button_of
from bot.state import saved
from retrieval import Quote, shared_runs

NEAREST = 12  # passages looked through for shared words: two of each bundled speech, chosen


def single(context: Context, action: Single) -> Response:
    """One quote."""
    quote = cards.quote_of(context, action.quote)
    return Response(edit=cards.single_card(context, quote, action.origin, plain=action.plain))


def around(context: Context, action: Around) -> Response:
    """A quote among the sentences beside it."""
    return Response(edit=around_cards.first_card(context, cards.quote_of(context, action.quote), action))


def wider(context: Context, action: Wider) -> Response:
    """A quote among more sentences."""
    return Response(edit=around_cards.around_card(context, cards.quote_of(context, action.quote), action))


def tools(context: Context, action: Tools) -> Response:
    """What can be done with a quote."""
    return Response(edit=cards.tools_card(context, cards.quote_of(context, action.quote), action.origin))


def styles(context: Context, action: Styles) -> Response:
    """A quote's citations."""
    return Response(edit=cards.styles_card(context, cards.quote_of(context, action.quote), action.origin))


def star(context: Context, action: Star) -> Response:
    """Saves a quote for whoever taps; saved already, it stays so."""
    quote = cards.quote_of(context, action.quote)
    with context.store.quick() as memory:
        kept = saved.add(memory, context.asker.user_id, quote.id, quote.text, context.now)
    return _starred(context, action, "saved.added") if kept else only_toast(context, "saved.full", most=saved.MOST)


def unstar(context: Context, action: Unstar) -> Response:
    """Takes a quote out for whoever taps."""
    quote = cards.quote_of(context, action.quote)
    with context.store.quick() as memory:
        saved.remove(memory, context.asker.user_id, quote.id)
    return _starred(context, action, "saved.removed")


def _starred(context: Context, action: Star | Unstar, said: str) -> Response:
    """The card with the quote chosen. In a group it stays as it is: it is everybody's."""
    toast = context.say(said)
    if context.asker.kind != "private" or not context.in_chat:
        return Response(toast=toast)
    if isinstance(action.origin, Asked):
        try:
            return replace(answer_taps.again(context, action.origin, quote=action.quote), toast=toast)
        except Declined:  # the question is forgotten, the quote is not
            return Response(toast=toast)
    return replace(single(context, Single(action.quote, action.origin)), toast=toast)


def same(context: Context, action: Same) -> Response:
    """Other places that share a run of words with a quote."""
    quote = cards.quote_of(context, action.quote)
    others = elsewhere(context, quote)
    if not others:
        return only_toast(context, "same.none")
    text = TextBuilder().line(context.say("same.title")).line()
    for other in cards.fitting(others):
        put_source(put_quote(text, other, context.style), other, context.style).line()
    cards.put_note(text, context)
    back = context.button("button.back", Tools(quote_id(quote.id), action.origin))
    return Response(edit=text.reply([reader_button_of(context, cards.fitting(others)), back]))


def elsewhere(context: Context, quote: Quote) -> tuple[Quote, ...]:
    """Passages of other speeches that share words with a quote, the shared words marked, longest first."""
    answer = context.library.engine.ask(quote.text, top=NEAREST)
    found = []
    for other in answer.quotes:
        runs = shared_runs(quote.text, other.text, other.source.span.start)
        if runs and other.source.speech != quote.source.speech:
            found.append((sum(run.end - run.start for run in runs), other, runs))
    found.sort(key=lambda row: -row[0])
    return tuple(replace(other, marks=runs) for _, other, runs in found)
