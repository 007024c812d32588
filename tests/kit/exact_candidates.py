"""The plainest thing that finds passages: every one's vector looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from retrieval import CandidateScope, Floats, Ints, TermNumbers, Vector, passage_vectors, term_space
from retrieval.index.search import Index


class ExactCandidates:
    """What `retrieval.Candidates` promises, of passages with these vectors. asked: the scopes of all searches."""

    trouble = ""

    def __init__(self, vectors: Iterable[Vector], terms: TermNumbers) -> None:
        self.terms, self.weighed = terms, terms.weighed
        self.asked: list[CandidateScope | None] = []
        self._having: dict[int, list[tuple[int, float]]] = {}
        self._size = 0
        for passage, vector in enumerate(vectors):
            self._size = passage + 1
            for term, weight in vector.items():
                self._having.setdefault(term, []).append((passage, weight))

    def search(self, terms: Mapping[str, float], k: int, within: CandidateScope | None = None) -> tuple[Ints, Floats]:
        self.asked.append(within)
        scores = np.zeros(self._size, np.float32)
        for term, weight in self.terms.vector(terms).items():
            for passage, impact in self._having.get(term, ()):
                scores[passage] += np.float32(weight * impact)
        first, end = within.passages if within and within.passages else (0, self._size)
        among = within.among if within and within.among else ((first, end),)
        allowed = (n for n in np.argsort(-scores, kind="stable") if scores[n] > 0 and any(low <= n < high for low, high in among))
        numbers = np.array(list(allowed)[:k], np.int32)
        return numbers, scores[numbers]


def exact_of(index: Index) -> ExactCandidates:
    """Of an index at hand."""
    space = term_space(index)
    return ExactCandidates(passage_vectors(index, space), space)
