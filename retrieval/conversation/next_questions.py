"""Known questions to go on with: near in topic, answered by another passage, not asked before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from retrieval.answer.engine import Engine
from retrieval.answer.scoring import Hit
from retrieval.index.passages import Passage
from retrieval.question.understand import Understood
from retrieval.speeches.quotes import Quote
from retrieval.terms.segment import is_han

SHORTEST, LONGEST = 6, 16  # characters of a question on a button: one line of a telephone, chosen
LOOKED_AT = 40  # passages, chosen: three of them nearly always have a question that fits
TRIED = 2  # questions of a passage that are put to the engine, chosen: the first is answered surely for nine passages in ten
_ASKING = ("什么", "怎么", "怎样", "哪", "如何", "为什么", "几", "多少", "谁")


def next_questions(engine: Engine, understood: Understood, shown: Sequence[Quote], asked: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """At most `count` questions that people ask and the speeches answer surely, nearest first; () where no questions are known."""
    found: list[str] = []
    for hit in _hits(engine, understood):
        passage = engine.passages[hit.passage]
        if any(_touches(passage, quote) for quote in shown):
            continue
        fitting = (ask for ask in passage.asks if _fits(ask) and ask not in asked and ask not in found)
        best = next((ask for ask in islice(fitting, TRIED) if _is_answered(engine, ask, hit.passage)), None)
        found += [best] if best else []
        if len(found) == count:
            break
    return tuple(found)


def _touches(passage: Passage, quote: Quote) -> bool:
    span = quote.source.span
    return passage.speech == quote.source.speech and passage.span.start < span.end and span.start < passage.span.end


def _hits(engine: Engine, understood: Understood) -> Iterator[Hit]:
    """The passages nearest to a question, of different paragraphs."""
    seen: set[int] = set()
    for hit in engine.scorer.ranked(understood, LOOKED_AT).hits if understood.terms else ():
        paragraph = engine.passages[hit.passage].paragraph
        if paragraph not in seen:
            seen.add(paragraph)
            yield hit


def _fits(ask: str) -> bool:
    """Whether a question can stand on a button: short, Chinese, and a question."""
    return SHORTEST <= len(ask) <= LONGEST and all(map(is_han, ask.rstrip("？?"))) and any(word in ask for word in _ASKING)


def _is_answered(engine: Engine, ask: str, passage: int) -> bool:
    """Whether the engine answers it surely, from that passage first."""
    answer = engine.ask(ask, 1)
    return answer.confidence == "sure" and answer.quotes[0].source.span.start < engine.passages[passage].span.end
