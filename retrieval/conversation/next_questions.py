"""Known questions to go on with: near in topic, answered surely by another passage, not asked before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.answer.engine import Engine
from retrieval.answer.passage_words import typed_words
from retrieval.index.bm25 import positive_idf
from retrieval.question.understand import Understood
from retrieval.speeches.quotes import Quote

LOOKED_AT = 40  # passages, chosen: three of them nearly always have a question that fits


def next_questions(engine: Engine, understood: Understood, shown: Sequence[Quote], asked: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """At most `count` questions that people ask and the speeches answer surely, those that share rare words with the question first and
    then the nearest; () where no questions are known.
    """
    rarity = {word: _rarity(engine, word) for word in typed_words(understood.terms)}
    proposed = [
        (-sum(rare for word, rare in rarity.items() if word in ask), nearness, ask, passage)
        for nearness, passage in enumerate(_near(engine, understood, shown))
        for ask in engine.proposals_of(passage)
        if ask not in asked
    ]
    found: dict[int, str] = {}
    for _, _, ask, passage in sorted(proposed):
        if passage not in found and ask not in found.values() and engine.answers_surely(ask, passage):
            found[passage] = ask
        if len(found) == count:
            break
    return tuple(found.values())


def _rarity(engine: Engine, word: str) -> float:
    """Of a word in the passages, as its idf."""
    return positive_idf(engine.found.known.get(f"w{word}", 0), len(engine.passages))


def _near(engine: Engine, understood: Understood, shown: Sequence[Quote]) -> Iterator[int]:
    """The passages nearest to a question, of paragraphs that are not shown, each once."""
    seen: set[int] = set()
    for number in engine.nearest(understood, LOOKED_AT) if understood.terms else ():
        passage = engine.passages[number]
        known = passage.paragraph in seen or any(passage.overlaps(quote.source) for quote in shown)
        seen.add(passage.paragraph)  # what is shown comes first
        if not known:
            yield number
