"""A collection's passages as sparse vectors, for another engine that finds them by the same weights.

A passage's number for a term is its impacts summed over the fields, each times the field's weight; with a question's terms as
`CollectionIndex.weighed` has them the inner product is the score that the collection itself searches by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

import numpy as np

from retrieval.index.own_words import WEIGHTS
from retrieval.index.postings import Floats, Ints
from retrieval.index.term_space import Vector
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.impacts import FIELDS, impacts, penalties
from retrieval.segments.inverting import gathered_rows
from retrieval.segments.one_segment import Segment
from retrieval.segments.term_rows import KINDS, counts_of, terms_of
from retrieval.terms.counts import Longs

PASSAGES = 2000  # whose vectors are made at once: 60 MB of numbers with 400 terms each
_ROW = {"paragraph": "paragraph", "opening": "own", "own": "own", "heading": "heading"}  # the texts that a field is of


class CollectionTerms:
    """The terms of a collection as numbers: a term has that of the first segment which has it."""

    def __init__(self, collection: CollectionIndex) -> None:
        self._vocabularies = [segment.vocabulary for segment in collection.segments]
        self.weighed = collection.weighed
        self.first = [0, *accumulate(len(vocabulary) for vocabulary in self._vocabularies)]

    def vector(self, weighed: Mapping[str, float]) -> Vector:
        """A question's weights by the numbers of its terms; empty when no passage has any."""
        found = {self._number(term): value for term, value in weighed.items() if value > 0}
        return {number: value for number, value in found.items() if number >= 0}

    def of_segment(self, segment: int) -> Longs:
        """The numbers of a segment's terms, in their order there."""
        own = self._vocabularies[segment]
        if not segment:
            return np.arange(len(own))
        return np.fromiter((self._number(term) for term in own), np.int64, len(own))

    def _number(self, term: str) -> int:
        for first, vocabulary in zip(self.first, self._vocabularies, strict=False):
            column = vocabulary.get(term)
            if column is not None:
                return first + column
        return -1


def collection_vectors(collection: CollectionIndex, terms: CollectionTerms) -> Iterator[Vector]:
    """Of every passage in order; empty for those that were removed."""
    for number, segment in enumerate(collection.segments):
        numbers, first = terms.of_segment(number), segment.columns["passages.first"]
        gone = np.isin(segment.columns["passages.speech"], sorted(segment.removed))
        for start in range(0, segment.totals.passages, PASSAGES):
            passages = np.arange(start, min(start + PASSAGES, segment.totals.passages))
            parts = [_weights(collection, segment, field, passages, first) for field in FIELDS]
            places, columns, values = (np.concatenate(column) for column in zip(*parts, strict=True))
            width = len(numbers)
            keys, inverse = np.unique(places * width + columns, return_inverse=True)
            summed = np.bincount(inverse, values, len(keys)).tolist()
            named = numbers[keys % width].tolist()
            bounds = np.searchsorted(keys // width, np.append(passages, passages[-1] + 1)).tolist()
            for place, passage in enumerate(passages.tolist()):
                here = slice(bounds[place], bounds[place + 1])
                yield {} if gone[passage] else dict(zip(named[here], summed[here], strict=True))


def _weights(collection: CollectionIndex, segment: Segment, field: str, passages: Longs, first: Ints) -> tuple[Longs, Longs, Floats]:
    """Passage, term and weight of everything that the field's texts of these passages have."""
    texts, row, columns = _texts(segment, field, passages, first), _ROW[field], segment.columns
    taken, lengths = gathered_rows(columns[f"{row}.offsets"], texts)
    packed = columns[f"{row}.packed"][taken]
    terms = terms_of(packed).astype(np.int64)
    penalty = penalties(field, columns[f"{row}.lengths"].reshape(-1, len(KINDS))[texts], collection.averages[FIELDS.index(field)])
    of_terms = penalty[np.repeat(np.arange(len(texts)), lengths), columns["terms.kinds"][terms]]
    return np.repeat(passages, lengths), terms, (WEIGHTS[field] * impacts(field, counts_of(packed), of_terms)).astype(np.float32)


def _texts(segment: Segment, field: str, passages: Longs, first: Ints) -> Longs:
    """The numbers of the passages' texts of a field."""
    if field == "own":
        return passages
    if field == "heading":
        return segment.lists.headed[passages].astype(np.int64)
    paragraphs = segment.columns["passages.paragraph"][passages].astype(np.int64)
    return paragraphs if field == "paragraph" else first[paragraphs].astype(np.int64)
