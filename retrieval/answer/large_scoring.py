"""The scores of a question's candidates in a large collection: found by the engine that keeps it, scored as a small corpus is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.answer.large_by_meaning import LargeByMeaning
from retrieval.answer.passage_words import is_keyword
from retrieval.answer.scope import Mask, Scope
from retrieval.answer.scoring import CANDIDATES, PLACE, SAID, SEARCHED_APART, Hit, Level, Ranked, Scorer
from retrieval.index.candidates import Candidates, CandidateScope
from retrieval.index.postings import Floats, Ints
from retrieval.index.search import PassageScores
from retrieval.question.references import Reference
from retrieval.question.understand import Place, Understood
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.segments.exact_scores import exact_scores
from retrieval.segments.segment_writer import CLOSING, OPENING
from retrieval.speeches.tree import Span
from retrieval.terms.counts import Longs

# Candidates whose paragraphs are scored exactly. Of the first ten of an exhaustive scoring 100 to 512 hold .9993, 1 000 all, of the first
# all do (140 questions over 28 000 passages of reports). Of small collections more, so that a judge calibrated on 4 086 passages is the
# same to the last digit.
LOOKED_AT = 256
OF_FEW = 512
FEW = 20_000
EACH = 4096  # where every speech is asked, or the places of a wording are put in order, chosen: 40 ms among a million


@dataclass(frozen=True, slots=True)
class SparseScores:
    """Scores of a few passages, whose numbers ascend; of all others 0."""

    numbers: Longs
    values: Floats

    def __getitem__(self, passage: int, /) -> float:
        at = int(np.searchsorted(self.numbers, passage))
        return float(self.values[at]) if at < len(self.numbers) and self.numbers[at] == passage else 0.0


@dataclass(frozen=True, kw_only=True)
class ScopeOnDisk(Scope):
    """See `Scope`, over the columns of a collection."""

    directory: SpeechDirectory

    def at(self, place: Place) -> Mask:
        """The passages in the opening or closing of their speech."""
        bit = OPENING if place == "opening" else CLOSING
        return (self.directory.column("passages.is") & bit) > 0

    def range_of(self, reference: Reference) -> Span:
        """See `Scope`; of a whole speech its tree is not read."""
        if reference.path or reference.paragraph or reference.number not in self.directory.by_number:
            return super().range_of(reference)
        return self.directory.range_of(reference.number)[1]

    def passages_in(self, speech: int, span: Span) -> tuple[int, int]:
        """The first passage of a speech in a range of its file, and the one after the last."""
        numbers = self.directory.passages_of(speech)
        inside = [n for n in numbers if span.covers(self.passages[n].span)] if span != self.directory.range_of(speech)[1] else numbers
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def _within(self, ranges: Sequence[tuple[int, Span]]) -> Mask:
        found = np.zeros(len(self.passages), np.bool_)
        for number, span in ranges:
            found[slice(*self.passages_in(number, span))] = True
        return found


@dataclass(frozen=True, kw_only=True)
class LargeScorer(Scorer):
    """Scores the candidates of one collection."""

    scope: ScopeOnDisk
    candidates: Candidates
    collection: CollectionIndex
    directory: SpeechDirectory
    by_meaning: LargeByMeaning | None = None

    def ranked(self, understood: Understood, count: int = CANDIDATES, level: Level | None = None) -> Ranked:  # noqa: ARG002
        """As of a small corpus; `level` is for passages with asks, of which there are none here."""
        allowed, by = self.scope.inside(understood.references), self.by_meaning
        many = max(EACH if understood.each else self._usual, 2 * count)
        scores = self._looked_at(understood, many)
        if by:
            scores = self._and(understood, scores, by.likely(understood, scores.numbers, scores.values, many, allowed))
        meant = by.meant_of(understood, scores.numbers, scores.values) if by else None
        if by and meant:
            scores = SparseScores(meant.numbers, by.worth(meant))
        hits = self.hits(scores, allowed, count)
        return Ranked(scores, allowed, hits, self.hits(scores, None, CANDIDATES) if understood.references else hits, meant)

    @property
    def _usual(self) -> int:
        return LOOKED_AT if len(self.passages) > FEW else OF_FEW

    def scores(self, understood: Understood) -> PassageScores:
        """The scores of many candidates."""
        return self._looked_at(understood, EACH)

    def positive(self, scores: PassageScores) -> Iterator[Hit]:
        """The passages with a score, in order."""
        return (Hit(int(n), float(v)) for n, v in zip(*_columns(scores), strict=True) if v > 0)

    def hits(self, scores: PassageScores, allowed: Mask | None, count: int) -> tuple[Hit, ...]:
        """The best of the passages allowed, best first; ties in the order of the speeches' numbers."""
        numbers, values = _columns(scores)
        kept = values > 0 if allowed is None else (values > 0) & allowed[numbers]
        numbers, values = numbers[kept], values[kept]
        order = np.lexsort((numbers, self.directory.numbers_of(numbers), -values))[:count]
        return tuple(Hit(int(numbers[i]), float(values[i])) for i in order)

    def _looked_at(self, understood: Understood, count: int) -> SparseScores:
        """The candidates' scores."""
        return self._scored(understood, np.unique(np.concatenate(list(self._candidates(understood, count)))))

    def _and(self, understood: Understood, scores: SparseScores, passages: Longs) -> SparseScores:
        """With those of further passages."""
        further = np.setdiff1d(passages, scores.numbers)  # of other paragraphs, for of each all passages are scored
        if not len(further):
            return scores
        both = [scores, self._scored(understood, further)]
        numbers = np.concatenate([one.numbers for one in both])
        order = np.argsort(numbers)
        return SparseScores(numbers[order], np.concatenate([one.values for one in both])[order])

    def _scored(self, understood: Understood, passages: npt.NDArray[Any]) -> SparseScores:
        """Scores of all passages of some paragraphs, with the factors for keywords as they were typed and for openings and closings."""
        numbers, values = exact_scores(self.collection, understood.terms, passages)
        if is_keyword(understood.text):
            values = values * np.where([understood.text in self.found.said[int(n)] for n in numbers], SAID, 1).astype(np.float32)
        if understood.place:
            values = values * np.where(self.scope.at(understood.place)[numbers], PLACE, 1).astype(np.float32)
        return SparseScores(numbers, values)

    def _candidates(self, understood: Understood, count: int) -> Iterator[Ints]:
        """The best anywhere, in each part that is named, and in the openings or closings that are."""
        terms = self.collection.weighed(understood.terms)
        search = self.candidates.search
        everywhere: list[tuple[int, int] | None] = [None]
        yield search(terms, count)[0]
        parts = [self.scope.passages_in(*of) for of in self.scope.ranges(understood.references)]
        if len(parts) > SEARCHED_APART:
            yield search(terms, count, CandidateScope(part=understood.place, among=tuple(parts)))[0]
            return
        for passages in parts:
            yield search(terms, count, CandidateScope(passages=passages))[0]
        for within in (parts or everywhere) if understood.place else ():
            yield search(terms, count, CandidateScope(passages=within, part=understood.place))[0]


def _columns(scores: PassageScores) -> tuple[npt.NDArray[np.int64], Floats]:
    assert isinstance(scores, SparseScores)  # noqa: S101  # they are our own
    return scores.numbers, scores.values
