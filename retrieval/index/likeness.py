"""All bundled questions, answered and not, to compare a new question with: has somebody asked this before?

Similarity is the cosine of binary term vectors weighted by idf.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
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
        weights, norm, columns = self._weights(question)
        if norm == 0 or not candidates:
            return Likeness(0.0, 0.0, 0.0)
        first = self.first.data
        asked = self._cosines(weights, norm, [(first[p], first[p + 1]) for p in candidates])
        weights[[column for term, column in columns.items() if term in held]] = 0
        against = self._cosines(weights if columns.keys() - held else None, norm, [(first[-1], len(self.norms))])
        of_best = asked[: first[candidates[0] + 1] - first[candidates[0]]]
        return Likeness(float(of_best.max(initial=0.0)), float(against.max(initial=0.0)), _share(asked, against))

    @cached_property
    def _unseen(self) -> float:
        return float(self.idf.max(initial=1.0))

    def _weights(self, question: Mapping[str, float]) -> tuple[Floats, float, dict[str, int]]:
        """The weight of every term of the bank, the length of the question, and the columns of its terms."""
        columns = {term: column for term in question if (column := self.vocabulary.get(term)) is not None}
        idfs = {term: self.idf.data[column] for term, column in columns.items()}
        weights = np.zeros(len(self.idf), np.float32)
        weights[list(columns.values())] = [question[term] * idf * idf for term, idf in idfs.items()]
        square = 0.0
        for term, weight in question.items():
            square += (weight * idfs.get(term, self._unseen)) ** 2
        return weights, square**0.5, columns

    def _cosines(self, weights: Floats | None, norm: float, of: Sequence[tuple[int, int]]) -> Floats:
        """Cosines with rows from start to end, of each pair in order; without weights 0."""
        offsets = self.offsets.data
        norms = np.concatenate([self.norms[start:end] for start, end in of])
        terms = np.concatenate([self.terms[offsets[start] : offsets[end]] for start, end in of])
        if weights is None or len(terms) == 0:
            return np.zeros(len(norms), np.float32)
        lengths = np.concatenate([self._lengths[start:end] for start, end in of])
        starts = np.cumsum(lengths) - lengths
        # take: three fifths of the time of weights[…]
        sums: Floats = np.add.reduceat(weights.take(terms), np.minimum(starts, len(terms) - 1))
        sums[lengths == 0] = 0
        sums /= norm * norms
        return sums

    @cached_property
    def _lengths(self) -> Ints:
        return np.diff(self.offsets)


def _share(asked: Floats, unanswered: Floats) -> float:
    """Of the nearest, weighted by cosine, the part among the asked."""
    both = np.concatenate([asked, unanswered])
    if not len(both):
        return 0.0
    nearest = np.argpartition(-both, min(NEAREST, len(both)) - 1)[:NEAREST]
    total = float(both[nearest].sum())
    return float(both[nearest[nearest < len(asked)]].sum()) / total if total else 0.0


def question_bank(counts: Counts, first: Sequence[int]) -> QuestionBank:
    """The bank over counted questions, asks of the passages first, in order."""
    df = np.bincount(counts.terms, minlength=len(counts.vocabulary))
    idf = np.log(1 + counts.size / (df + 1)).astype(np.float32)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(counts.texts, minlength=counts.size))]).astype(np.int32)
    squares = np.bincount(counts.texts, idf[counts.terms] ** 2, counts.size)
    norms = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)
    return QuestionBank(counts.vocabulary, idf, offsets, counts.terms.astype(np.int32), norms, np.asarray(first, np.int32))
