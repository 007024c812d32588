"""All bundled questions, answered and not, to compare a new question with: has somebody asked this before?

Similarity is the cosine of binary term vectors weighted by idf.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from retrieval.index.learning import learned, of_length_one
from retrieval.index.postings import Floats, Ints
from retrieval.terms.counts import Counts


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a question resembles bundled ones (cosines).

    to_best: the nearest ask of the best passage. to_unanswered: the nearest question without an answer, counting only the terms that the
    best passage has not (劳动竞赛 resembles 劳动竞赛奖金多少, but lacks what has no answer).
    share: of the nearest questions so counted, weighted by cosine, the part that has an answer (0-1).
    anything: the nearest question without an answer, by all terms; three: the mean of the three nearest.
    leaning: what its terms say for an answer, without those that the best passage says itself, learned from all bundled questions (log
    odds, in tens).
    """

    to_best: float
    to_unanswered: float
    share: float
    anything: float
    three: float
    leaning: float


ROUGHLY = 16  # unanswered questions that are looked at for the NEAREST: rough cosines differ by a millionth
PART_OF_NEAREST = 0.5  # of the nearest's rough cosine, below which none of them is, chosen: 20 µs instead of 90
LEARNED = 12_000  # asks, at most twice as many, that the unanswered are told from; with 30 000 it was no better, docs/numbers.md
LEAST = 5  # questions that a term must stand in to lean; tried 1-40: rarer ones tell a writer rather than an answer, docs/numbers.md
NEAREST = 10  # tried 5, 10, 20 on one writer's questions against the others' and half of the unanswered: equal


@dataclass(frozen=True)
class QuestionBank:
    """Rows of terms: the asks of passage p are rows first[p]:first[p+1]; the unanswered follow at first[-1].

    rows_without: the unanswered that have the term at the same place of `terms_without`, which ascend.
    leanings: how much each term speaks for an answer.
    """

    vocabulary: Mapping[str, int]
    idf: Floats
    offsets: Ints
    terms: Ints
    norms: Floats
    first: Ints
    terms_without: Ints
    rows_without: Ints
    leanings: Floats

    def likeness(self, question: Mapping[str, float], candidates: Sequence[int], held: Collection[str], said: Collection[str]) -> Likeness:
        """Compares with the asks of `candidates` (passages, best first) and with all unanswered questions.

        held: the terms of the question that the best passage or one of its asks has. said: those that the passage has.
        """
        columns = {term: column for term in question if (column := self.vocabulary.get(term)) is not None}
        idf = {term: self.idf.data[column] for term, column in columns.items()}
        norm = self._norm(question, idf)
        if norm == 0 or not candidates:
            return Likeness(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        weights = self._nothing
        weights[list(columns.values())] = [question[term] * value * value for term, value in idf.items()]
        try:
            leaning = self._leaning([column for term, column in columns.items() if term not in said])
            return Likeness(*self._compared(weights, norm, candidates, columns, held), leaning)
        finally:
            weights[list(columns.values())] = 0

    def _compared(
        self, weights: Floats, norm: float, candidates: Sequence[int], columns: Mapping[str, int], held: Collection[str]
    ) -> tuple[float, float, float, float, float]:
        """All but the leaning. columns: of the terms that the bank has; those of held ones lose their weights."""
        having = self._having(list(columns.values()))
        of_best = self._of_passages(weights, norm, candidates[:1])
        nearest = self._nearest(weights, norm, having)
        held_columns = [column for term, column in columns.items() if term in held]
        held_weights, weights[held_columns] = weights[held_columns], 0
        against = self._against(weights, norm, {column: having[column] for term, column in columns.items() if term not in held})
        weights[held_columns] = held_weights
        to_unanswered = float(against.max(initial=0.0))
        share = 1.0  # of most questions: ten asks of the best passage are nearer than all others can be
        if _tenth(of_best) <= to_unanswered:
            share = _share(np.concatenate([of_best, self._of_passages(weights, norm, candidates[1:])]), against)
        return float(of_best.max(initial=0.0)), to_unanswered, share, *nearest

    def _leaning(self, columns: list[int]) -> float:
        """Of terms that the bank has; those without a leaning count for nothing."""
        leanings = self.leanings[columns]
        telling = leanings != 0
        return float(of_length_one(self.idf[columns][telling]) @ leanings[telling]) / 10

    def _nearest(self, weights: Floats, norm: float, having: Mapping[int, Ints]) -> tuple[float, float]:
        """The cosine of the nearest unanswered question by these terms, and of the three nearest on average."""
        rows = self._roughly_nearest(weights, having) if having else []
        greatest = np.sort(self._of_rows(weights, norm, rows))[-3:]
        return float(greatest.max(initial=0.0)), float(greatest.sum()) / 3

    def _roughly_nearest(self, weights: Floats, having: Mapping[int, Ints]) -> list[int]:
        """The unanswered questions that the nearest are among: by sums in another order, over those alone that have a term."""
        start, end = int(self.first[-1]), len(self.norms)
        of_terms = np.repeat(weights[list(having)], [len(rows) for rows in having.values()])
        sums = np.bincount(np.concatenate(list(having.values())) - start, of_terms, end - start).astype(np.float32)
        sums /= self.norms[start:]
        if len(sums) <= ROUGHLY:
            return [*range(start, end)]
        near = np.flatnonzero(sums >= PART_OF_NEAREST * sums.max())
        if len(near) != ROUGHLY:  # of some hundreds instead of all, where they are enough
            some = near if len(near) > ROUGHLY else np.arange(len(sums))
            near = some[np.argpartition(-sums[some], ROUGHLY)[:ROUGHLY]]
        found: list[int] = (start + near).tolist()
        return found

    def _against(self, weights: Floats, norm: float, lacking: Mapping[int, Ints]) -> Floats:
        """Cosines with the unanswered by terms that alone have weight, 0 for all that cannot be among the nearest."""
        start = int(self.first[-1])
        cosines = np.zeros(len(self.norms) - start, np.float32)
        rows = self._roughly_nearest(weights, lacking) if lacking else []
        cosines[[row - start for row in rows]] = self._of_rows(weights, norm, rows)
        return cosines

    def _having(self, columns: Sequence[int]) -> dict[int, Ints]:
        """The unanswered questions that have each of the terms."""
        same_kind = np.array(columns, np.int32)  # else all terms are copied to another kind
        bounds = (np.searchsorted(self.terms_without, same_kind, side) for side in ("left", "right"))
        ranges = zip(columns, *(bound.tolist() for bound in bounds), strict=True)
        return {column: self.rows_without[start:end] for column, start, end in ranges}

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
        """The idf of a term that no bundled question has."""
        return max(float(np.float32(np.log(1 + len(self.norms)))), 1.0)

    def _norm(self, question: Mapping[str, float], idf: Mapping[str, float]) -> float:
        square = 0.0
        for term, weight in question.items():
            square += (weight * idf.get(term, self._unseen)) ** 2
        norm: float = square**0.5
        return norm

    def _of_passages(self, weights: Floats, norm: float, passages: Sequence[int]) -> Floats:
        """Cosines with the asks of the passages, in order."""
        first = self.first.data
        ranges = [slice(first[passage], first[passage + 1]) for passage in passages]
        if not ranges:
            return np.zeros(0, np.float32)
        norms, lengths = (np.concatenate([of_all[rows] for rows in ranges]) for of_all in (self.norms, self._lengths))
        return self._cosines(weights, norm, [(rows.start, rows.stop) for rows in ranges], norms, lengths)

    def _of_rows(self, weights: Floats, norm: float, rows: Sequence[int]) -> Floats:
        """Cosines with the rows."""
        if not rows:
            return np.zeros(0, np.float32)
        return self._cosines(weights, norm, [(row, row + 1) for row in rows], self.norms[rows], self._lengths[rows])

    def _cosines(self, weights: Floats, norm: float, of: Sequence[tuple[int, int]], norms: Floats, lengths: Ints) -> Floats:
        """Cosines with the rows from start to end, of each pair in order. norms, lengths: of these rows."""
        offsets = self.offsets.data
        terms = np.concatenate([self.terms[offsets[start] : offsets[end]] for start, end in of])
        if not len(terms):
            return np.zeros(len(norms), np.float32)
        full = lengths > 0
        sums = np.zeros(len(norms), np.float32)
        # take: three fifths of the time of weights[…]
        sums[full] = np.add.reduceat(weights.take(terms), (np.cumsum(lengths) - lengths)[full])
        sums /= norm * norms
        return sums

    @cached_property
    def _lengths(self) -> Ints:
        return np.diff(self.offsets)


def _tenth(cosines: Floats) -> float:
    """The least of the NEAREST greatest; 0 if there are fewer."""
    return float(np.partition(cosines, -NEAREST)[-NEAREST]) if len(cosines) >= NEAREST else 0.0


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
    unanswered = slice(int(np.searchsorted(counts.texts, first[-1])), None)
    order = np.argsort(counts.terms[unanswered], kind="stable")
    return QuestionBank(
        vocabulary=counts.vocabulary,
        idf=idf,
        offsets=offsets,
        terms=counts.terms.astype(np.int32),
        norms=norms,
        first=np.asarray(first, np.int32),
        terms_without=counts.terms[unanswered][order].astype(np.int32),
        rows_without=counts.texts[unanswered][order].astype(np.int32),
        leanings=_leanings(counts, first[-1], np.where(df >= LEAST, idf, 0).astype(np.float32)),
    )


def _leanings(counts: Counts, asked: int, rarity: Floats) -> Floats:
    """What each term says for an answer, from the first `asked` rows against the others; nothing where either are none.

    rarity: how much a term counts, 0 for those that are passed over.
    """
    if not 0 < asked < counts.size:
        return np.zeros(len(rarity), np.float32)
    some = np.array([*range(0, asked, max(1, asked // LEARNED)), *range(asked, counts.size)])
    bounds = np.searchsorted(counts.texts, np.stack([some, some + 1])).T
    rows = [counts.terms[start:end].astype(np.int64) for start, end in bounds.tolist()]
    weights = learned([row[rarity[row] > 0] for row in rows], (some >= asked).astype(np.int64), rarity, 2)
    return np.ascontiguousarray(weights[:, 0] - weights[:, 1])
