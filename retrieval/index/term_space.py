"""Terms as numbers: passages and questions → sparse vectors whose inner product is the score that `Index.search` gives.

A passage's number for a term is its impacts summed over the fields, each times the field's weight and its idf over that of the first
field; a question's is the term's weight times that idf. Passages of speeches without asks have numbers of their own for the same terms,
and what makes their scores comparable with the others' is in the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Floats, Ints
from retrieval.index.search import SYNONYMS, UNASKED, Field, Index
from retrieval.terms.counts import Longs
from retrieval.terms.string_table import string_table

BESIDE = "~"  # no term begins so
Vector = dict[int, float]  # number of a term → its weight, above 0
AT_ONCE = 2000  # passages whose vectors are made at once: 60 MB of numbers with paragraphs of 300 terms


class TermNumbers(Protocol):
    """What knows the terms of some passages, and has numbers for them."""

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        """A question's terms with their weights times idf."""

    def vector(self, weighed: Mapping[str, float]) -> Vector:
        """A question's weights by the numbers of its terms; empty when no passage has any."""


@dataclass(frozen=True, slots=True)
class TermGroup:
    """The terms of some fields, numbered from `start` in the order of their table. idf: of the first field. unseen: of other terms."""

    vocabulary: Mapping[str, int]
    idf: Floats
    unseen: float
    start: int

    def highest(self, terms: Mapping[str, float]) -> float:
        """The idf of the terms typed."""
        return sum(weight * self._idf(term) for term, weight in terms.items() if weight >= 1)

    def weighed(self, terms: Mapping[str, float], factor: float = 1.0) -> dict[str, float]:
        """Weight times idf of the terms that passages have."""
        known = ((term, weight, self.vocabulary.get(term)) for term, weight in terms.items())
        found = {term: factor * weight * float(self.idf[number]) for term, weight, number in known if number is not None}
        return {term: value for term, value in found.items() if value > 0}

    def _idf(self, term: str) -> float:
        number = self.vocabulary.get(term)
        return self.unseen if number is None else float(self.idf[number])


@dataclass(frozen=True, slots=True)
class TermSpace:
    """The numbers of all terms. groups: of the passages with asks, or of all; the second one of those without, where there are both."""

    groups: tuple[TermGroup, ...]

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        """A question's terms with weight times idf, as `Candidates` take them; those of the second group begin with BESIDE."""
        if len(self.groups) == 1:
            return self.groups[0].weighed(terms)
        asked, plain = self.groups
        factor = UNASKED * asked.highest(terms) / (plain.highest(terms) or 1.0)
        typed = {term: weight for term, weight in terms.items() if weight > SYNONYMS}
        beside = {BESIDE + term: value for term, value in plain.weighed(terms, factor).items()}
        return asked.weighed(typed) | beside

    def vector(self, weighed: Mapping[str, float]) -> Vector:
        """The same by the numbers of the terms; empty when no passage has any."""
        found = {self._number(term): value for term, value in weighed.items() if value > 0}
        return {number: value for number, value in found.items() if number >= 0}

    def _number(self, term: str) -> int:
        group = self.groups[-1] if term.startswith(BESIDE) else self.groups[0]
        return group.start + group.vocabulary.get(term.removeprefix(BESIDE), -1 - group.start)


def term_space(index: Index) -> TermSpace:
    """The numbers of an index's terms."""
    first = _group(index.fields, 0)
    return TermSpace((first, _group(index.unasked.fields, len(first.vocabulary))) if index.unasked else (first,))


def passage_vectors(index: Index, space: TermSpace, start: int = 0) -> Iterator[Vector]:
    """The vectors of all passages from one on, in order; empty for those that have no term."""
    groups = [_Rows(index.fields, space.groups[0])]
    if index.unasked:
        groups.append(_Rows(index.unasked.fields, space.groups[1], index.unasked.rows))
    for first in range(start, groups[0].size, AT_ONCE):
        rows = np.arange(first, min(first + AT_ONCE, groups[0].size))
        for parts in zip(*(group.vectors(rows) for group in groups), strict=True):
            yield parts[0] | parts[-1]


def _group(fields: Sequence[Field], start: int) -> TermGroup:
    terms = dict.fromkeys(term for field in fields for term in field.postings.vocabulary)
    idf = np.fromiter((fields[0].idf(term) for term in terms), np.float32, len(terms))
    return TermGroup(string_table(terms), idf, fields[0].idf(""), start)


class _Rows:
    """The numbers of some fields by passage. only: the passages that these fields are of; None for all."""

    def __init__(self, fields: Sequence[Field], group: TermGroup, only: npt.NDArray[np.bool_] | None = None) -> None:
        self._fields = [(field.document_of, *_by_document(field, group)) for field in fields]
        self._only = only
        first = fields[-1]
        self.size = first.postings.size if first.document_of is None else len(first.document_of)

    def vectors(self, rows: Longs) -> Iterator[Vector]:
        wanted = rows if self._only is None else rows[self._only[rows]]
        parts = [self._part(wanted, *field) for field in self._fields]
        places, terms, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        width = int(terms.max(initial=0)) + 1
        keys, inverse = np.unique(places * width + terms, return_inverse=True)
        summed, terms = np.bincount(inverse, values, len(keys)), keys % width
        ends = np.searchsorted(keys // width, rows, "right").tolist()
        begin = np.searchsorted(keys // width, rows).tolist()
        for first, end in zip(begin, ends, strict=True):
            yield dict(zip(terms[first:end].tolist(), summed[first:end].tolist(), strict=True))

    @staticmethod
    def _part(rows: Longs, document_of: Ints | None, offsets: Longs, terms: Longs, values: Floats) -> tuple[Longs, Longs, Floats]:
        """Passage, term and value of everything that a field has of these passages."""
        documents = rows if document_of is None else document_of[rows].astype(np.int64)
        lengths = offsets[documents + 1] - offsets[documents]
        before = np.cumsum(lengths) - lengths
        taken = np.arange(lengths.sum()) + np.repeat(offsets[documents] - before, lengths)
        return np.repeat(rows, lengths), terms[taken], values[taken]


def _by_document(field: Field, group: TermGroup) -> tuple[Longs, Longs, Floats]:
    """A field's offsets by document, the numbers of terms, and what they add with the field's weight and idf."""
    postings = field.postings
    numbers = np.fromiter((group.vocabulary[term] for term in postings.vocabulary), np.int64, len(postings.vocabulary))
    factors = field.weight * postings.idf / group.idf[numbers]
    lengths = np.diff(postings.offsets)
    order = np.argsort(postings.documents, kind="stable")
    values = (postings.impacts * np.repeat(factors, lengths)).astype(np.float32)
    ends = np.cumsum(np.bincount(postings.documents, minlength=postings.size))
    return np.concatenate([[0], ends]).astype(np.int64), group.start + np.repeat(numbers, lengths)[order], values[order]
