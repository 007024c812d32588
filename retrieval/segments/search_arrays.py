"""What a search of one segment reads: its arrays, and a question's terms as it has them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from retrieval.index.own_words import WEIGHTS
from retrieval.segments.columns import Column, Columns
from retrieval.segments.impacts import FIELDS, SATURATION


class Searched(NamedTuple):
    """Arrays of one segment: paragraphs by term with codes, and terms by text. what: opening, closing, heading, of each passage."""

    offsets: Column
    documents: Column
    codes: Column
    tops: Column
    first: Column
    headed: Column
    what: Column
    paragraph_offsets: Column
    paragraph_packed: Column
    paragraph_lengths: Column
    own_offsets: Column
    own_packed: Column
    own_lengths: Column
    heading_offsets: Column
    heading_packed: Column
    heading_lengths: Column


class AskedTerms(NamedTuple):
    """A question's terms as a segment numbers them.

    columns: from the heaviest on, with what a code of each adds to a bound. terms: ascending, with weights and kinds.
    places: of every term of the segment, 1 more than its place in `terms`, 0 of those that are not asked.
    averages: lengths by field and kind. saturation: k1, b and weight by field. first, last: the passages that are asked.
    part: bits of them. least: what the k best of other segments reach, below which nothing is asked.
    """

    columns: Column
    bounds: Column
    terms: Column
    places: Column
    weights: Column
    kinds: Column
    averages: Column
    saturation: Column
    first: int
    last: int
    part: int
    least: float


SATURATIONS = np.array([(*SATURATION[name], WEIGHTS[name]) for name in FIELDS], np.float64)
_ROWS = ("paragraph", "own", "heading")
_PARTS = ("offsets", "packed", "lengths")


def searched(columns: Columns) -> Searched:
    """Of a segment's folder."""
    lists: list[Any] = [columns[f"lists.{name}"] for name in ("offsets", "documents", "codes", "tops")]
    lists += [columns[f"passages.{name}"] for name in ("first", "headed", "is")]
    return Searched(*lists, *(columns[f"{row}.{part}"] for row in _ROWS for part in _PARTS))
