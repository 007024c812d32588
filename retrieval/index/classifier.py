"""Which passage does a question ask for? Learned from what people asked of each, where the passage need not have its words.

    p(passage | question) = softmax(mean of the terms' vectors · outputs + bias)        fastText, Joulin et al. 2017, eq. 1

The terms are those of the index, each counting by its rarity. Vectors are whole numbers from −127 to 127, whose unit is in `outputs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from retrieval.index.array_file import Stored, named
from retrieval.index.learning import of_length_one, shares_of
from retrieval.index.passages import Passage
from retrieval.index.postings import Floats, Ints
from retrieval.terms.string_table import StringTable, string_table

_Ranges = tuple[str | int, ...]  # file of a passage, start and end of its ranges


@dataclass(frozen=True, slots=True)
class PassageClassifier:
    """vectors: a row for every term of `vocabulary`. outputs: a column for every passage with asks, whose numbers are `passages`, and one
    for questions that none answers."""

    vocabulary: Mapping[str, int]
    rarity: Floats
    vectors: npt.NDArray[np.int8]
    outputs: Floats
    bias: Floats
    passages: Ints

    def odds(self, terms: Mapping[str, float]) -> Floats | None:
        """Log odds of `passages`, and of none, up to what they have in common, for weighted terms; None where there is nothing to say."""
        columns = {term: column for term in terms if (column := self.vocabulary.get(term)) is not None}
        if not columns or not len(self.passages):
            return None
        rows = list(columns.values())
        weights = of_length_one(self.rarity[rows] * np.array([terms[term] for term in columns], np.float32))
        odds: Floats = weights @ self.vectors[rows].astype(np.float32) @ self.outputs
        odds += self.bias
        return odds

    def shares(self, odds: Floats | None, passage: int) -> tuple[float, float]:
        """The probabilities that a question of these odds asks for a passage, 0 of one that nobody asked of, and that none answers it.

        0 and one half where there is nothing to say.
        """
        if odds is None:
            return 0.0, 0.5
        shares = shares_of(odds)
        return float(shares[:-1][self.passages == passage].sum()), float(shares[-1])

    def stored(self, passages: Sequence[Passage]) -> Stored:
        """What `opened_classifier` takes. passages: those of the corpus."""
        numbers = ("rarity", "vectors", "outputs", "bias")
        arrays = {name: np.ascontiguousarray(getattr(self, name)).ravel().data for name in numbers}
        table = self.vocabulary if isinstance(self.vocabulary, StringTable) else string_table(self.vocabulary)
        places = [_place(passages[number]) for number in self.passages.tolist()]
        arrays |= named("vocabulary", table.arrays)
        return Stored({name: array.cast("B") for name, array in arrays.items()}, {"places": places})


def opened_classifier(content: Stored, passages: Sequence[Passage]) -> PassageClassifier:
    """Over the arrays where they lie, of those passages that are still there. Raises KeyError, TypeError, ValueError."""
    places = [tuple(place) for place in content.values["places"]]
    if not places:
        return NO_CLASSIFIER
    numbers = {_place(passage): number for number, passage in enumerate(passages)}
    found = np.array([numbers.get(place, -1) for place in places], np.int32)
    rarity, outputs, bias = (np.frombuffer(content.arrays[name], np.float32) for name in ("rarity", "outputs", "bias"))
    vectors = np.frombuffer(content.arrays["vectors"], np.int8).reshape(len(rarity), -1)
    outputs, table = outputs.reshape(-1, len(places) + 1), StringTable.of_arrays(content.below("vocabulary"))
    there = found >= 0
    if not there.all():
        kept = np.append(there, True)
        outputs, bias, found = outputs[:, kept], bias[kept], found[there]
    return PassageClassifier(table, rarity, vectors, outputs, bias, found)


def _place(passage: Passage) -> _Ranges:
    return (passage.file, *passage.span, *chain.from_iterable(passage.more))


NO_CLASSIFIER = PassageClassifier(
    {}, np.zeros(0, np.float32), np.zeros((0, 0), np.int8), np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32)
)
