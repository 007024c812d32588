"""Scores of a few passages to the same bit as `index.search` has them for all: field by field, term by term in the question's order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.index.bm25 import positive_idf
from retrieval.index.own_words import WEIGHTS
from retrieval.index.postings import Floats, Ints, Postings
from retrieval.index.search import Field, Index
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.impacts import FIELDS, impacts, penalties
from retrieval.segments.inverting import gathered_rows
from retrieval.segments.one_segment import MOST_ASKED, Segment
from retrieval.segments.term_rows import KINDS, terms_of
from retrieval.terms.counts import Longs

_ROW = {"paragraph": "paragraph", "opening": "own", "own": "own", "heading": "heading"}  # the texts that a field is of
HELD = 64  # passages of which the terms are kept, chosen: an answer asks for those of one, forty times
_NOTHING = Postings({}, np.zeros(0, np.float32), np.zeros(1, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)


class _Known(NamedTuple):
    """The terms of a question that a segment has, in the question's order: their columns, names and weights."""

    columns: Ints
    names: list[str]
    weights: Floats


class FieldOnDisk(Field):
    """A field of a collection, for what is asked of single passages."""

    __slots__ = ("_collection", "_held")

    def __init__(self, name: str, collection: CollectionIndex) -> None:
        super().__init__(name, WEIGHTS[name], _NOTHING)
        object.__setattr__(self, "_collection", collection)
        object.__setattr__(self, "_held", lru_cache(HELD)(self._terms_of))

    def idf(self, term: str) -> float:
        """The idf of a term; of one that the field has not, the largest possible."""
        collection: CollectionIndex = self._collection  # type: ignore[attr-defined]
        return collection.idf(self.name, term) or positive_idf(0, collection.totals.documents(self.name))

    def holds(self, term: str, passage: int) -> bool:
        """True if the passage's text of this field has the term."""
        collection: CollectionIndex = self._collection  # type: ignore[attr-defined]
        column = collection.segment_of(passage)[0].vocabulary.get(term)
        return column is not None and column in self._held(passage)  # type: ignore[attr-defined]

    def _terms_of(self, passage: int) -> frozenset[int]:
        collection: CollectionIndex = self._collection  # type: ignore[attr-defined]
        segment, place = collection.segment_of(passage)
        text, row = _text_of(segment, self.name, place), _ROW[self.name]
        first, last = segment.columns[f"{row}.offsets"][text : text + 2].tolist()
        return frozenset(terms_of(segment.columns[f"{row}.packed"][first:last]).tolist())


def _text_of(segment: Segment, field: str, passage: int) -> int:
    """The number of a passage's text of a field."""
    if field == "own":
        return passage
    if field == "heading":
        return int(segment.lists.headed[passage])
    paragraph = int(segment.columns["passages.paragraph"][passage])
    return paragraph if field == "paragraph" else int(segment.lists.first[paragraph])


class IndexOnDisk(Index):
    """What is asked of single passages of a collection."""

    __slots__ = ("_collection",)

    def __init__(self, collection: CollectionIndex) -> None:
        super().__init__(tuple(FieldOnDisk(name, collection) for name in FIELDS))
        object.__setattr__(self, "_collection", collection)

    def parts(self, terms: Mapping[str, float], passage: int) -> dict[str, float]:
        """What each field adds to one passage's score."""
        collection: CollectionIndex = self._collection  # type: ignore[attr-defined]
        segment, place = collection.segment_of(passage)
        passages, fields = _scored(collection, segment, np.array([place]), terms)
        at = int(np.searchsorted(passages, place))
        return {name: float(scores[at]) for name, scores in zip(FIELDS, fields, strict=True)}


def exact_scores(collection: CollectionIndex, terms: Mapping[str, float], passages: Ints) -> tuple[Longs, Floats]:
    """All passages of the paragraphs that some passages are of, ascending, and their scores."""
    bounds = np.searchsorted(np.sort(passages), collection.first_passages)
    found, ordered = [], np.sort(passages)
    for segment, first, start, end in zip(collection.segments, collection.first_passages, bounds[:-1], bounds[1:], strict=False):
        if start < end:
            numbers, fields = _scored(collection, segment, ordered[start:end] - first, terms)
            found.append((numbers + first, np.sum(fields, axis=0, dtype=np.float32)))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    numbers, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    return numbers, scores


def _scored(
    collection: CollectionIndex, segment: Segment, passages: npt.NDArray[np.integer], terms: Mapping[str, float]
) -> tuple[Longs, list[Floats]]:
    """All passages of their paragraphs, ascending, and their scores by field."""
    known = _known(segment, terms)
    paragraphs = np.unique(segment.columns["passages.paragraph"][passages]).astype(np.int64)
    every, sizes = gathered_rows(segment.lists.first.astype(np.int64), paragraphs)
    headings, heading_of = np.unique(segment.lists.headed[every], return_inverse=True)
    fields = [
        np.repeat(_field(collection, segment, known, "paragraph", paragraphs), sizes),
        np.repeat(_field(collection, segment, known, "opening", segment.lists.first[paragraphs]), sizes),
        _field(collection, segment, known, "own", every),
        _field(collection, segment, known, "heading", headings)[heading_of],
    ]
    return every, fields


def _known(segment: Segment, terms: Mapping[str, float]) -> _Known:
    found = [(column, term, weight) for term, weight in terms.items() if (column := segment.vocabulary.get(term)) is not None]
    del found[MOST_ASKED:]
    columns, names, weights = zip(*found, strict=True) if found else ((), (), ())
    return _Known(np.array(columns, np.int32), list(names), np.array(weights, np.float32))


def _field(collection: CollectionIndex, segment: Segment, known: _Known, field: str, texts: npt.NDArray[np.integer]) -> Floats:
    """The field's part of the score of each text: weight · idf · impact, added in the order of the terms."""
    ascending = np.argsort(known.columns)
    counts = np.empty((len(known.columns), len(texts)), np.float32)
    counts[ascending] = segment.counts(_ROW[field], texts, known.columns[ascending])
    lengths = segment.columns[f"{_ROW[field]}.lengths"].reshape(-1, len(KINDS))[texts]
    penalty = penalties(field, lengths, collection.averages[FIELDS.index(field)])
    weighed = impacts(field, counts, penalty.T[segment.columns["terms.kinds"][known.columns]])
    factors = known.weights * np.array([collection.idf(field, term) for term in known.names], np.float32)
    weighed *= factors[:, np.newaxis]
    # A single column would be added pairwise, in another order.
    total: Floats = np.add.reduce(weighed if len(texts) > 1 else np.repeat(weighed, 2, axis=1), axis=0, dtype=np.float32)[: len(texts)]
    total *= WEIGHTS[field]
    return total
