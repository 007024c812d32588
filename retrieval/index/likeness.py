"""All bundled questions, answered and not, to compare a new question with: has somebody asked this before?

Similarity is the cosine of binary term vectors weighted by idf.
"""

from __future__ import annotations

import threading
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
    anything: the nearest question without an answer, by all terms; three: the mean of the three nearest.
    """

    to_best: float
    to_unanswered: float
    share: float
    anything: float
    three: float


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
        columns = {term: column for term in question if (column := self.vocabulary.get(term)) is not None}
        idf = {term: self.idf.data[column] for term, column in columns.items()}
        norm = self._norm(question, idf)
        if norm == 0 or not candidates:
            return Likeness(0.0, 0.0, 0.0, 0.0, 0.0)
        weights = self._nothing
        weights[list(columns.values())] = [question[term] * value * value for term, value in idf.items()]
        try:
            return self._compared(weights, norm, candidates, [column for term, column in columns.items() if term in held], len(columns))
        finally:
            weights[list(columns.values())] = 0

    def _compared(self, weights: Floats, norm: float, candidates: Sequence[int], held: Sequence[int], count: int) -> Likeness:
        """held: the columns of the terms that the best passage has; count: of those that the bank has."""
        first = self.first.data
        rows = [(first[passage], first[passage + 1]) for passage in candidates]
        of_best = self._cosines(weights, norm, rows[:1])
        to_best = float(of_best.max(initial=0.0))
        unanswered = [(first[-1], len(self.norms))]
        anything, three = _nearest(self._cosines(weights, norm, unanswered))
        if len(held) == count and np.count_nonzero(of_best > 0) >= NEAREST:
            # no other question has anything that the best passage lacks: the nearest have an answer
            return Likeness(to_best, 0.0, 1.0, anything, three)
        asked = np.concatenate([of_best, self._cosines(weights, norm, rows[1:])])
        weights[held] = 0
        against = self._cosines(weights, norm, unanswered)
        return Likeness(to_best, float(against.max(initial=0.0)), _share(asked, against), anything, three)

    @property
    def _nothing(self) -> Floats:
        """A weight of 0 for every term; one array a thread, which a question leaves as it was: making one took as long as the rest."""
        if not hasattr(self._kept, "weights"):
            self._kept.weights = np.zeros(len(self.idf), np.float32)
        weights: Floats = self._kept.weights
        return weights

    @cached_property
    def _kept(self) -> threading.local:
        return threading.local()

    @cached_property
    def _unseen(self) -> float:
        return float(self.idf.max(initial=1.0))

    def _norm(self, question: Mapping[str, float], idf: Mapping[str, float]) -> float:
        square = 0.0
        for term, weight in question.items():
            square += (weight * idf.get(term, self._unseen)) ** 2
        norm: float = square**0.5
        return norm

    def _cosines(self, weights: Floats, norm: float, of: Sequence[tuple[int, int]]) -> Floats:
        """Cosines with the rows from start to end, of each pair in order."""
        if not of:
            return np.zeros(0, np.float32)
        offsets = self.offsets.data
        norms = np.concatenate([self.norms[start:end] for start, end in of])
        terms = np.concatenate([self.terms[offsets[start] : offsets[end]] for start, end in of])
        if not len(terms):
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


def _nearest(cosines: Floats) -> tuple[float, float]:
    """The greatest, and the mean of the three greatest; 0 for what is not there."""
    greatest = np.partition(cosines, len(cosines) - 3)[-3:] if len(cosines) > 3 else cosines
    return float(greatest.max(initial=0.0)), float(greatest.sum()) / 3


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
