"""Known questions to go on with: near in topic, answered surely by another passage, not asked before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.answer.engine import Engine
from retrieval.question.understand import Understood
from retrieval.speeches.quotes import Quote

LOOKED_AT = 40  # passages, chosen: three of them nearly always have a question that fits


def next_questions(engine: Engine, understood: Understood, shown: Sequence[Quote], asked: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """At most `count` questions that people ask and the speeches answer surely, nearest first; () where no questions are known."""
    found: list[str] = []
    for passage in _near(engine, understood, shown):
        proposed = (ask for ask in engine.proposals_of(passage) if ask not in asked and ask not in found)
        best = next((ask for ask in proposed if engine.answers_surely(ask, passage)), None)
        found += [best] if best else []
        if len(found) == count:
            break
    return tuple(found)


def _near(engine: Engine, understood: Understood, shown: Sequence[Quote]) -> Iterator[int]:
    """The passages nearest to a question, of paragraphs that are not shown, each once."""
    seen: set[int] = set()
    for number in engine.nearest(understood, LOOKED_AT) if understood.terms else ():
        passage = engine.passages[number]
        known = passage.paragraph in seen or any(passage.overlaps(quote.source) for quote in shown)
        seen.add(passage.paragraph)  # what is shown comes first
        if not known:
            yield number
