"""The quotes of an answer page by page: which a card lets choose among, where the pages before and after begin, out of how many."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.service.context import Context
from retrieval import Answer, Understood, holds_none, usable, without

CHOICES = 3  # quotes to choose among, chosen: ① to ③ stand in one row, and of 3 quotes one is right more often than of 1
MOST = 9  # quotes to choose among where each speech is asked for: ① to ⑨
AHEAD = 12  # quotes that are counted, as many as the engine looks at closely; more are said to be more
BEYOND = 30  # further quotes looked at when some are left out, chosen: ten pages
SIDE_BY_SIDE = 3  # speeches that are named together: one quote of each, chosen


@dataclass(frozen=True, slots=True)
class AnswerPlace:
    """Where a page stands among all quotes. before, after: how many come before the neighbours, None where there is no such page.

    total: of all quotes; open: there are more than are counted.
    """

    before: int | None
    after: int | None
    size_before: int
    size_after: int
    total: int
    open: bool


def page_of(context: Context, understood: Understood, skip: int) -> Answer:
    """The quotes of the page after the first `skip` quotes; the first page has all items when the best quote begins a list."""
    understood, size = _wanted(context, understood)
    return _quotes(context, understood, size, skip)


def at_once(context: Context, answer: Answer, skip: int) -> int:
    """How many quotes of a page are shown together, the others when they are chosen; whoever wants more sees all of a page."""
    return len(answer.quotes) if skip else max(context.quotes, answer.shown, answer.understood.quotes_wished)


def place_of(context: Context, answer: Answer, skip: int, shown: int) -> AnswerPlace:
    """Where the page of so many quotes stands; looks further only when there is anything before or after."""
    understood, size = _wanted(context, answer.understood)
    end = skip + shown
    if not skip and not answer.more and shown == len(answer.quotes):
        return AnswerPlace(None, None, 0, 0, shown, open=False)
    ahead = _quotes(context, understood, max(AHEAD, end + 1), 0)
    total = max(end, len(ahead.quotes))
    first = len(_quotes(context, understood, size, 0).quotes) if skip else end
    before = max(first, skip - size) if skip > first else 0
    size_after = min(size, total - end)
    return AnswerPlace(before if skip else None, end if size_after else None, skip - before, size_after, total, ahead.more)


def _wanted(context: Context, understood: Understood) -> tuple[Understood, int]:
    """What is asked of the engine, and for how many quotes: of speeches that are named together one of each."""
    size = max(context.quotes, CHOICES, understood.quotes_wished)
    if 1 < len(understood.scope) <= SIDE_BY_SIDE and understood.terms:
        return replace(understood, each=True), max(size, len(understood.scope))
    return understood, max(size, min(len(context.library.corpus.speeches), MOST)) if understood.each else size


def _quotes(context: Context, understood: Understood, count: int, skip: int) -> Answer:
    """So many quotes, without those that hold an unwanted word; where sentences are wished those with gaps last."""
    engine = context.library.engine
    text, words = without(understood.question)
    if not words and not understood.quotes_wished:
        return engine.answer(understood, count, skip)
    answer = engine.answer(engine.reader.understand(text), BEYOND + skip)
    kept = tuple(quote for quote in answer.quotes if holds_none(quote.text, words))
    if understood.quotes_wished and answer.shown == 1:  # a list stays as it is
        kept = tuple(sorted(kept, key=lambda quote: not usable(quote.text)))
    more = len(kept) > skip + count
    return replace(answer, question=understood.question, understood=understood, quotes=kept[skip : skip + count], more=more)
