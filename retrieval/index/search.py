"""Finds passages by terms: several fields, each a BM25 of its own, added up.

Fields: `asked` (a passage's own words and the questions it answers), or `paragraph` (the printed paragraph around it), `opening` (that
paragraph's first piece), `own` (the passage's words), `heading` (the headings above it). Idf stands on the side of the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, SupportsFloat

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Floats, Ints, Postings

Scores = npt.NDArray[np.float32]


class PassageScores(Protocol):
    """The scores of passages by their numbers, of all or of a few; of others 0."""

    def __getitem__(self, passage: int, /) -> SupportsFloat: ...


# Of speeches without asks beside speeches with them. Tried .6, .75, .9 with the six speeches and ten reports in one corpus: right first on
# the reports .125, .213, .213 (.075 by their words in the field of the asks; .250 alone), on the speeches .933, .914, .914 (.952 alone).
UNASKED = 0.75
SYNONYMS = 0.5  # weight up to which a term is a synonym that nobody typed (.4 at the most), above it what was meant by what was typed (.6)


@dataclass(frozen=True, slots=True)
class Field:
    """Postings with the field's weight and, where documents are not passages, the document of each passage."""

    name: str
    weight: float
    postings: Postings
    document_of: Ints | None = None

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """The field's part of every passage's score."""
        total = self.postings.scores(terms)
        total *= self.weight
        of_passages: Floats = total if self.document_of is None else total[self.document_of]
        return of_passages

    def holds(self, term: str, passage: int) -> bool:
        """True if the passage's document has the term."""
        document = passage if self.document_of is None else int(self.document_of[passage])
        return self.postings.holds(term, document)

    def idf(self, term: str) -> float:
        """The idf of a term; of one that the field has not, the largest possible."""
        column = self.postings.vocabulary.get(term)
        if column is None:
            return float(np.log(1 + ((self.postings.counted or self.postings.size) + 0.5) / 0.5))
        idf: float = self.postings.idf.data[column]
        return idf


@dataclass(frozen=True, slots=True)
class Index:
    """Every passage's score as a sum over fields.

    unasked: beside fields with asks, the passages of speeches without any and their own fields.
    """

    fields: tuple[Field, ...]
    unasked: Unasked | None = None

    @property
    def of_own_words(self) -> tuple[Postings, ...]:
        """Those by which a passage has its own words: of `asked`, of `own`, or of both."""
        fields = (*self.fields, *(self.unasked.fields if self.unasked else ()))
        return tuple(field.postings for field in fields if field.name in ("asked", "own"))

    def search(self, terms: Mapping[str, float]) -> Scores:
        """The score of every passage for weighted terms; 0 where nothing matches."""
        total = _sum([field.scores(self._counting(terms)) for field in self.fields])
        return np.where(self.unasked.rows, self.unasked.scores(terms, self.fields[0]), total) if self.unasked else total

    def _counting(self, terms: Mapping[str, float]) -> Mapping[str, float]:
        """Those that count in the fields with asks, which need no synonyms; there are none where all passages have asks."""
        return {term: weight for term, weight in terms.items() if weight > SYNONYMS} if self.unasked else terms

    @property
    def plain(self) -> tuple[Field, ...]:
        """The fields of passages without asks; none where all have some."""
        return self.unasked.fields if self.unasked else self.fields if self.fields[0].name != "asked" else ()

    def highest(self, terms: Mapping[str, float]) -> float:
        """The idf of the terms typed, in the unit in which `search` scores passages without asks."""
        factor = self.unasked.factor(terms, self.fields[0]) if self.unasked else 1.0
        return factor * sum(self.plain[0].idf(term) * weight for term, weight in terms.items() if weight >= 1)

    def held(self, terms: Mapping[str, float], passage: int) -> float:
        """The part of that idf whose terms a passage without asks has itself."""
        own = next(field for field in self.plain if field.name == "own")
        idf = {term: self.plain[0].idf(term) * weight for term, weight in terms.items() if weight >= 1}
        return sum(value for term, value in idf.items() if own.holds(term, passage)) / (sum(idf.values()) or 1.0)

    def parts(self, terms: Mapping[str, float], passage: int) -> dict[str, float]:
        """What each field adds to one passage's score."""
        if self.unasked and self.unasked.rows[passage]:
            factor = self.unasked.factor(terms, self.fields[0])
            return {field.name: factor * float(field.scores(terms)[passage]) for field in self.unasked.fields}
        return {field.name: float(field.scores(self._counting(terms))[passage]) for field in self.fields}


@dataclass(frozen=True, slots=True)
class Unasked:
    """The passages (`rows`, one truth value each) that are searched by other fields than the rest."""

    rows: npt.NDArray[np.bool_]
    fields: tuple[Field, ...]

    def scores(self, terms: Mapping[str, float], beside: Field) -> Scores:
        """Scores that compare with those of the field `beside`."""
        total = _sum([field.scores(terms) for field in self.fields])
        total *= self.factor(terms, beside)
        return total

    def factor(self, terms: Mapping[str, float], beside: Field) -> float:
        """From these fields' unit to that of `beside`: the idf of the terms typed there over that here."""
        typed = {term: weight for term, weight in terms.items() if weight >= 1}
        here = sum(weight * self.fields[0].idf(term) for term, weight in typed.items())
        there = sum(weight * beside.idf(term) for term, weight in typed.items())
        return UNASKED * there / (here or 1.0)


def _sum(parts: Sequence[Scores]) -> Scores:
    total: Scores = parts[0] if len(parts) == 1 else np.sum(parts, axis=0, dtype=np.float32)
    return total


def best(scores: Scores, allowed: npt.NDArray[np.bool_] | None, k: int) -> Sequence[int]:
    """The k best passages with a positive score, best first; ties in the order of the texts."""
    kept = np.flatnonzero(scores > 0 if allowed is None else allowed & (scores > 0))
    if len(kept) > 4 * k:
        threshold = np.partition(scores[kept], len(kept) - k)[len(kept) - k]
        kept = kept[scores[kept] >= threshold]
    order = np.argsort(-scores[kept], kind="stable")
    return [int(i) for i in kept[order][:k]]
