"""All bundled questions, answered and not, to compare a new question with: has somebody asked this before?

Similarity is the cosine of binary term vectors weighted by idf.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.index.postings import Floats, Ints
from retrieval.terms.counts import Counts


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a question resembles bundled ones (cosines).

    to_best: the nearest ask of the best passage. to_unanswered: the nearest question without an answer, counting only the terms that the
    best passage has not (劳动竞赛 resembles 劳动竞赛奖金多少, but lacks what has no answer).
    share: of the nearest questions so counted, weighted by cosine, the part that has an answer (0-1).
    """

    to_best: float
    to_unanswered: float
    share: float


NEAREST = 10  # tried 5, 10, 20 on one writer's questions against the others' and half of the unanswered: equal


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """Rows of terms: the asks of passage p are rows first[p]:first[p+1]; the unanswered follow at first[-1]."""

    vocabulary: Mapping[str, int]
    idf: Floats
    offsets: Ints
    terms: Ints
    norms: Floats
    first: Ints

    def likeness(self, question: Mapping[str, float], candidates: Sequence[int], held: Collection[str]) -> Likeness:
        """Compares with the asks of `candidates` (passages, best first) and with all unanswered questions.

        held: the terms of the question that the best passage has.
        """
        weights, norm = self._weights(question)
        if norm == 0 or not candidates:
            return Likeness(0.0, 0.0, 0.0)
        asked = [self._cosines(weights, norm, int(self.first[p]), int(self.first[p + 1])) for p in candidates]
        lacking, _ = self._weights({t: w for t, w in question.items() if t not in held})
        against = self._cosines(lacking, norm, int(self.first[-1]), len(self.offsets) - 1)
        both = np.concatenate([*asked, against])
        nearest = np.argpartition(-both, min(NEAREST, len(both)) - 1)[:NEAREST] if len(both) else np.zeros(0, np.int64)
        total = float(both[nearest].sum())
        answered = float(both[nearest[nearest < len(both) - len(against)]].sum())
        to_best, to_unanswered = float(asked[0].max(initial=0.0)), float(against.max(initial=0.0))
        return Likeness(to_best, to_unanswered, answered / total if total else 0.0)

    def _weights(self, question: Mapping[str, float]) -> tuple[Floats, float]:
        weights = np.zeros(len(self.idf), np.float32)
        unseen = float(self.idf.max(initial=1.0))
        square = 0.0
        for term, weight in question.items():
            column = self.vocabulary.get(term)
            idf = unseen if column is None else float(self.idf[column])
            square += (weight * idf) ** 2
            if column is not None:
                weights[column] = weight * idf * idf
        return weights, square**0.5

    def _cosines(self, weights: Floats, norm: float, start: int, end: int) -> Floats:
        """Cosines with rows start to end."""
        if start == end:
            return np.zeros(0, np.float32)
        bounds = self.offsets[start : end + 1]
        products = weights.take(self.terms[bounds[0] : bounds[-1]])  # three fifths of the time of weights[…]
        sums = np.add.reduceat(products, np.minimum(bounds[:-1] - bounds[0], max(len(products) - 1, 0))) if len(products) else 0.0
        cosines: Floats = np.where(bounds[1:] > bounds[:-1], sums, 0) / (norm * self.norms[start:end])
        return cosines


def question_bank(counts: Counts, first: Sequence[int]) -> QuestionBank:
    """The bank over counted questions, asks of the passages first, in order."""
    df = np.bincount(counts.terms, minlength=len(counts.vocabulary))
    idf = np.log(1 + counts.size / (df + 1)).astype(np.float32)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(counts.texts, minlength=counts.size))]).astype(np.int32)
    squares = np.bincount(counts.texts, idf[counts.terms] ** 2, counts.size)
    norms = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)
    return QuestionBank(counts.vocabulary, idf, offsets, counts.terms.astype(np.int32), norms, np.asarray(first, np.int32))
