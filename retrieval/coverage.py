"""What the asks leave open: passages without any, and the same question pointing at different passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.fold import fold_question
from retrieval.passages import Passage
from retrieval.segment import grams

FEWEST = 10  # asks that a passage should have


@dataclass(frozen=True, slots=True)
class Clash:
    """One question, word for word apart from order and punctuation, with the passages it points at."""

    ask: str
    passages: tuple[int, ...]


def clashes(passages: Sequence[Passage]) -> tuple[Clash, ...]:
    """Questions with the same character bigrams that point at passages with different words.

    The engine shows the passage whose other asks fit better; a clash tells its writer to be more specific.
    """
    found: dict[frozenset[str], list[tuple[int, str]]] = defaultdict(list)
    for index, passage in enumerate(passages):
        for ask in passage.asks:
            signature = frozenset(t.text for t in grams(fold_question(ask)) if t.text[0] == "b")
            if signature:
                found[signature].append((index, ask))
    return tuple(
        Clash(rows[0][1], tuple(dict.fromkeys(index for index, _ in rows)))
        for rows in found.values()
        if len({index for index, _ in rows}) > 1
    )


def unasked(passages: Sequence[Passage]) -> tuple[int, ...]:
    """The passages without a single ask."""
    return tuple(i for i, passage in enumerate(passages) if not passage.asks)


def thin(passages: Sequence[Passage]) -> tuple[int, ...]:
    """The passages with some, but fewer than ten asks."""
    return tuple(i for i, passage in enumerate(passages) if 0 < len(passage.asks) < FEWEST)
