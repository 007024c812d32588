"""How much a term weighs in a passage: BM25 impacts of its fields, by the lengths that texts have on average in the whole collection.

The same formulas, in the same order and precision, as `index.bm25.from_counts` and `index.own_words.plain_fields`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.own_words import PARAGRAPH_B, PARAGRAPH_K1, PASSAGE_B, PASSAGE_K1, WEIGHTS
from retrieval.index.postings import Floats

FIELDS = tuple(WEIGHTS)  # paragraph, opening, own, heading
SATURATION = {name: (PARAGRAPH_K1, PARAGRAPH_B) if name == "paragraph" else (PASSAGE_K1, PASSAGE_B) for name in FIELDS}  # k1 and b
HIGHEST = sum(weight * (SATURATION[name][0] + 1) for name, weight in WEIGHTS.items())  # that a term can weigh in a passage


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a segment or a collection: passages, paragraphs, and by field the lengths of its texts by kind of term."""

    passages: int
    paragraphs: int
    lengths: tuple[tuple[float, ...], ...]

    def documents(self, field: str) -> int:
        """How many texts a field has."""
        return self.paragraphs if field in ("paragraph", "opening") else self.passages

    def average(self, field: str) -> npt.NDArray[np.float64]:
        """Length of the field's texts by kind of term; 1 where there is none."""
        mean = np.array(self.means[FIELDS.index(field)], np.float64)
        return np.where(mean == 0, 1.0, mean)

    @property
    def means(self) -> list[list[float]]:
        """Lengths of texts by field and kind of term; 0 where there is none."""
        return [[length / max(self.documents(field), 1) for length in of] for field, of in zip(FIELDS, self.lengths, strict=True)]

    @property
    def values(self) -> list[Any]:
        """What `totals_from` takes."""
        return [self.passages, self.paragraphs, [list(of_field) for of_field in self.lengths]]


def totals_from(values: list[Any]) -> Totals:
    """From what `values` gave. Raises TypeError, ValueError."""
    passages, paragraphs, lengths = values
    return Totals(int(passages), int(paragraphs), tuple(tuple(map(float, of_field)) for of_field in lengths))


def added(parts: Iterable[Totals]) -> Totals:
    """Those of several segments together."""
    every = list(parts)
    lengths = np.sum([one.lengths for one in every], 0) if every else np.zeros((len(FIELDS), 3))
    return Totals(sum(one.passages for one in every), sum(one.paragraphs for one in every), tuple(map(tuple, lengths.tolist())))


def penalties(field: str, lengths: npt.NDArray[Any], average: npt.NDArray[np.float64] | np.float64) -> Floats:
    """What `impacts` takes for texts of these lengths."""
    k1, b = SATURATION[field]
    found: Floats = (k1 * (1 - b + b * lengths / average)).astype(np.float32)
    return found


def impacts(field: str, counts: Floats, penalty: Floats) -> Floats:
    """The impact of terms that occur so often."""
    found: Floats = counts * (SATURATION[field][0] + 1) / (counts + penalty)
    return found
