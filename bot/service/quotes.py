"""Taps on a quote: alone, in context, its tools, citations, elsewhere, among the favourites."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import Around, Same, Single, Star, Styles, Tools
from bot.answers import Answer
from bot.callback import quote_id
from bot.memory import saved
from bot.render import Text, put_quote, put_source
from bot.reply import Reply
from bot.service import cards
from bot.service.here import Here, told
from bot.shared import shared_runs
from retrieval import Quote


def single(here: Here, action: Single) -> Answer:
    """One quote."""
    quote = cards.quote_of(here, action.quote)
    return Answer(edit=cards.single_card(here, quote, action.origin, plain=action.plain))


def around(here: Here, action: Around) -> Answer:
    """A quote among its paragraphs."""
    quote = cards.quote_of(here, action.quote)
    return Answer(edit=cards.around_card(here, quote, action.origin, plain=action.plain))


def tools(here: Here, action: Tools) -> Answer:
    """What can be done with a quote."""
    return Answer(edit=_tools(here, action))


def _tools(here: Here, action: Tools | Star) -> Reply:
    quote = cards.quote_of(here, action.quote)
    with here.store.reading() as memory:
        starred = saved.has(memory, here.asker.user_id, quote.id)
    return cards.tools_card(here, quote, action.origin, starred=starred)


def styles(here: Here, action: Styles) -> Answer:
    """A quote's citations."""
    return Answer(edit=cards.styles_card(here, cards.quote_of(here, action.quote), action.origin))


def star(here: Here, action: Star) -> Answer:
    """Saves a quote for whoever taps, or takes it out; in a group the card stays as it is, it is everybody's."""
    quote = cards.quote_of(here, action.quote)
    with here.store.quick() as memory:
        state = saved.toggle(memory, here.asker.user_id, quote.id, quote.text, here.now)
    if state is None:
        return told(here, "saved.full", most=saved.MOST)
    toast = here.say("saved.added" if state else "saved.removed")
    alone = here.asker.kind == "private" and here.in_chat
    return Answer(edit=_tools(here, action) if alone else None, toast=toast)


def same(here: Here, action: Same) -> Answer:
    """Other places that share a run of words with a quote."""
    quote = cards.quote_of(here, action.quote)
    others = elsewhere(here, quote)
    if not others:
        return told(here, "same.none")
    text = Text().line(here.say("same.title")).line()
    for other in cards.fitting(others):
        put_source(put_quote(text, other, here.style), other, here.style).line()
    cards.put_note(text, here)
    back = here.button("button.back", Tools(quote_id(quote.id), action.origin))
    return Answer(edit=text.reply([back]))


def elsewhere(here: Here, quote: Quote) -> tuple[Quote, ...]:
    """Passages of other speeches that share words with a quote, the shared words marked, longest first."""
    answer = here.library.engine.ask(quote.text, top=12)
    found = []
    for other in answer.quotes:
        runs = shared_runs(quote.text, other.text, other.source.span.start)
        if runs and other.source.speech != quote.source.speech:
            found.append((sum(run.end - run.start for run in runs), other, runs))
    found.sort(key=lambda row: -row[0])
    return tuple(replace(other, marks=runs) for _, other, runs in found)
