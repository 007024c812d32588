"""A collection of segments, searched as one: the embedded engine of the seam `Candidates`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import accumulate

import numpy as np

from retrieval.index.bm25 import LINKED, positive_idf
from retrieval.index.candidates import CandidateScope
from retrieval.index.own_words import IDF_POWER, LINKING
from retrieval.index.postings import Floats, Ints
from retrieval.segments.impacts import Totals, added
from retrieval.segments.one_segment import Segment, averages_of

REMEMBERED = 1 << 16  # terms of fields whose frequencies are kept, chosen: 6 MB


class CollectionIndex:
    """Passages are numbered through all segments, in their order."""

    trouble = ""  # it is at hand

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)
        self.totals: Totals = added(segment.totals for segment in segments)
        self.first_passages = [0, *accumulate(segment.totals.passages for segment in segments)]
        self.averages = averages_of(self.totals)
        self.often = lru_cache(REMEMBERED)(self._often)
        self.idf = lru_cache(REMEMBERED)(self._idf)

    def search(self, terms: Mapping[str, float], k: int, within: CandidateScope | None = None) -> tuple[Ints, Floats]:
        """See `Candidates`; terms with the idf of `weighed`."""
        numbers, scores = np.zeros(0, np.int32), np.zeros(0, np.float32)
        for segment, first, here in sorted(self._places(within), key=lambda place: -place[0].totals.passages):
            passages, of_segment = segment.search(terms, self.averages, k, here, float(scores[-1]) if len(scores) == k else 0.0)
            numbers, scores = np.concatenate([numbers, passages + np.int32(first)]), np.concatenate([scores, of_segment])
            best = np.lexsort((numbers, -scores))[:k]
            numbers, scores = numbers[best], scores[best]
        return numbers, scores

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        """A question's terms with their idf among paragraphs, the field that weighs most."""
        return {term: weight * self.idf("paragraph", term) for term, weight in terms.items()}

    def segment_of(self, passage: int) -> tuple[Segment, int]:
        """The segment of a passage, and its number there."""
        number = bisect_right(self.first_passages, passage) - 1
        return self.segments[number], passage - self.first_passages[number]

    def _places(self, within: CandidateScope | None) -> Iterator[tuple[Segment, int, CandidateScope | None]]:
        """The segments of a scope, their first passages, and the scope as they number it."""
        for segment, first in zip(self.segments, self.first_passages, strict=False):
            here = _within(within, first, segment.totals.passages)
            if within is None or here is not None:
                yield segment, first, here

    def _often(self, field: str, term: str) -> int:
        return sum(segment.often(field, term) for segment in self.segments)

    def _idf(self, field: str, term: str) -> float:
        """As `index.bm25` has it, to the same bit; 0 for a term that the field has not."""
        often = self.often(field, term)
        if not often:
            return 0.0
        found = np.array([positive_idf(often, self.totals.documents(field))], np.float32) ** IDF_POWER
        if term[0] == "b" and not self.linking.isdisjoint(term):
            found *= LINKED
        return float(found[0])

    @cached_property
    def linking(self) -> frozenset[str]:
        """The characters in more than half of the paragraphs; such a character is in more than half of those of some segment."""
        some = {term for segment in self.segments for term in segment.columns.values["linking"]}
        return frozenset(term[1:] for term in some if self.often("paragraph", term) > LINKING * self.totals.paragraphs)


def _within(within: CandidateScope | None, first: int, size: int) -> CandidateScope | None:
    """A scope as a segment numbers its passages, of which it has so many from `first` on; None where nothing of it is there."""
    if within is None or not (within.passages or within.among):
        return within
    asked = (within.passages,) if within.passages else within.among
    cut = [(min(max(begin - first, 0), size), min(max(end - first, 0), size)) for begin, end in asked]
    here = tuple((begin, end) for begin, end in cut if begin < end)
    if not here:
        return None
    return replace(within, passages=here[0]) if within.passages else replace(within, among=here)
