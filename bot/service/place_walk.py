"""All places of a wording, one after the other: the sentence of each, its source, and the ways on and back."""

from __future__ import annotations

from bot.contract.actions import Around, AtPlace, Found, Key, Tools
from bot.contract.callback import quote_id
from bot.contract.place_actions import Counted, Walk
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.context import Context, Declined
from bot.service.kept_texts import keep_text, kept_text
from bot.service.quote_text import command, put_quote, source_line
from bot.service.reader_button import reader_button
from retrieval import Literal, Occurrence, Quote, Span, quote, sentences_around

NAMED = 30  # characters of a wording in a sentence of ours, chosen
ON_BUTTON = 8  # on a button that shares its row with two others, chosen
WORDINGS = 3  # of a message that get a button each, chosen


def walk(context: Context, action: Walk) -> Response:
    """One of the places; after the last comes the first again."""
    return Response(edit=card(context, kept_text(context, action.place.wording), action))


def card(context: Context, wording: str, action: Walk) -> Reply:
    """The card of a place. Raises Declined when the wording stands nowhere any more."""
    places = context.library.engine.exact.look_up(wording).places
    if not places:
        raise Declined("tap.unknown")
    context = context.verbatim(action.plain)
    at = action.place.at % len(places)
    shown = _sentence(context, places[at])
    text = TextBuilder().line(context.say("walk.place", wording=short_wording(wording), at=at + 1, count=len(places)), "bold")
    if places[at].heading:
        text.line(context.say("walk.heading"), "italic")
    put_quote(text, shown, context.style)
    text.line(f"— {source_line(shown.source, context.say)} {command(shown.source)}")
    cards.put_note(text, context)
    return text.reply(*_rows(context, shown, action, at, len(places)))


def short_wording(wording: str, most: int = NAMED) -> str:
    """A wording as it can be said back."""
    return wording if len(wording) <= most else wording[: most - 1] + "…"


def _rows(context: Context, shown: Quote, action: Walk, at: int, count: int) -> cards.Rows:
    here = action.place._replace(at=at)
    identity = quote_id(shown.id)
    steps = [(label, here._replace(at=(at + step) % count)) for label, step in (("walk.before", -1), ("walk.after", 1))]
    back = Found(Key(here.question), 0) if here.question else Counted(here.wording)
    turning: list[Button | None] = [context.button(label, Walk(placed, action.plain)) for label, placed in steps]
    return [
        turning if count > 1 else [],
        [
            reader_button(context, identity),
            context.button("button.around", Around(identity, here, action.plain)),
            context.button("button.tools", Tools(identity, here)),
            context.button("button.back", back),
        ],
        [context.button("button.verbatim", Walk(here, True)) if context.style.convert else None],
    ]


def _sentence(context: Context, place: Occurrence) -> Quote:
    """The sentence around a place, the wording marked; of a very long one what is around the wording."""
    corpus = context.library.corpus
    around, marked = sentences_around(corpus, place), place.span
    start = max(min(around.start, marked.start), marked.start - cards.LONGEST // 2)
    end = min(max(around.end, marked.end), start + cards.LONGEST)
    plain = quote(corpus, place.speech, Span(start, end))
    return Quote(plain.id, plain.source, plain.text, (Span(marked.start, min(marked.end, end)),))


def buttons(context: Context, literal: Literal, question: str) -> list[Button]:
    """A button for each wording of a question that stands in more than one place. question: for the way back."""
    found = []
    for lookup in literal.lookups[:WORDINGS]:
        places = lookup.places or lookup.elsewhere
        if len(places) > 1:
            everywhere = context.library.engine.exact.look_up(lookup.text).places
            placed = AtPlace(keep_text(context, lookup.text), everywhere.index(places[0]), context.key_of(question))
            name = short_wording(lookup.text, ON_BUTTON)
            found.append(
                context.button("walk.all", Walk(placed), count=len(places))
                if len(literal.lookups) == 1
                else context.button("walk.all_of", Walk(placed), wording=name, count=len(places))
            )
    return found
