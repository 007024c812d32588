"""Known questions to go on with: on the topic of what was shown, answered surely by another passage, not asked before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.answer.engine import Engine
from retrieval.question.understand import Understood
from retrieval.speeches.quotes import Quote

LOOKED_AT = 40  # passages, chosen: three of them nearly always have a question that fits


def next_questions(engine: Engine, understood: Understood, shown: Sequence[Quote], asked: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """At most `count` questions that people ask and the speeches answer surely: those that are asked about as what is shown is, or, where
    nothing is shown, of the passages nearest to the question; () where no questions are known.
    """
    nearest = engine.nearest(understood, LOOKED_AT) if understood.terms else ()
    return tuple(islice(_fitting(engine, nearest, shown, asked), count))


def _fitting(engine: Engine, nearest: Sequence[int], shown: Sequence[Quote], asked: Sequence[str]) -> Iterator[str]:
    """One of each passage that has one: of those asked about alike, then of those nearest to the question."""
    proposed, found = engine.proposed_questions, set(asked)
    own = _own(engine, shown[0], nearest) if shown else None
    related = tuple(proposed.related(own)) if own is not None else ()
    for passage in _elsewhere(engine, shown, (*related, *nearest)):
        back = own if passage in related else None
        for ask in proposed.of(passage):
            if ask not in found and (back is None or proposed.leads_back(ask, back)) and proposed.answers_surely(ask, passage):
                found.add(ask)
                yield ask
                break


def _own(engine: Engine, quote: Quote, nearest: Sequence[int]) -> int | None:
    """The passage of a quote, of which questions are known; those nearest to what was asked are looked through."""
    known = engine.proposed_questions.of
    return next((number for number in nearest if engine.passages[number].overlaps(quote.source) and known(number)), None)


def _elsewhere(engine: Engine, shown: Sequence[Quote], passages: Sequence[int]) -> Iterator[int]:
    """Those of paragraphs that are not shown, one of each."""
    seen: set[int] = set()
    for number in passages:
        passage = engine.passages[number]
        known = passage.paragraph in seen or any(passage.overlaps(quote.source) for quote in shown)
        seen.add(passage.paragraph)
        if not known:
            yield number
