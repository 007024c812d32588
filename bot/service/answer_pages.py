"""An answer page by page: how many quotes a card shows at once, where the pages before and after begin, out of how many."""

from __future__ import annotations

from dataclasses import dataclass

from bot.service.context import Context
from retrieval import Answer, Understood

MOST = 9  # quotes on a card: ① to ⑨
FURTHER = 3  # quotes on a page after the first, chosen: whoever wants more reads on
AHEAD = 12  # quotes that are counted, as many as the engine looks at closely; more are said to be more


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


def shown_at_once(context: Context, understood: Understood, skip: int) -> int:
    """How many quotes the page after `skip` quotes asks the engine for: where each speech is asked for one of each.

    For the first page the engine gives all items when the best quote begins a list.
    """
    wanted = max(context.quotes, FURTHER) if skip else context.quotes
    return max(wanted, min(len(context.library.corpus.speeches), MOST)) if understood.each else wanted


def place_of(context: Context, answer: Answer, skip: int, shown: int) -> AnswerPlace:
    """Where the page of so many shown quotes stands; looks further only when there is anything before or after."""
    engine, end = context.library.engine, skip + shown
    if not skip and not answer.more and shown == len(answer.quotes) < shown_at_once(context, answer.understood, skip):
        return AnswerPlace(None, None, 0, 0, shown, open=False)
    ahead = engine.answer(answer.understood, max(AHEAD, end + 1))
    total = max(end, len(ahead.quotes))
    first = len(engine.answer(answer.understood, shown_at_once(context, answer.understood, 0)).quotes) if skip else end
    size = shown_at_once(context, answer.understood, max(skip, 1))
    before = max(first, skip - size) if skip > first else 0
    size_after = min(size, total - end)
    return AnswerPlace(before if skip else None, end if size_after else None, skip - before, size_after, total, ahead.more)
