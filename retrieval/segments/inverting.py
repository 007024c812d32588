"""Terms by paragraph → paragraphs by term, each with the most that the term can weigh in a passage of it, in one byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.own_words import WEIGHTS
from retrieval.index.postings import Floats, Ints
from retrieval.segments.impacts import HIGHEST, Totals, impacts, penalties
from retrieval.segments.term_rows import TermRows, counts_of, terms_of
from retrieval.terms.counts import Longs

STEP = HIGHEST / 255  # of a byte; rounded up, so that nothing is passed over that could be better
AT_ONCE = 8_000  # paragraphs: two million terms, 100 MB

Codes = npt.NDArray[np.uint8]
_Weighed = tuple[Longs, Floats]  # paragraph · number of terms + term, ascending and once each, and what it weighs


@dataclass(frozen=True, slots=True)
class Lists:
    """Term t stands in documents[offsets[t]:offsets[t + 1]], paragraphs, ascending; tops[t] is its greatest code."""

    offsets: Longs
    documents: Ints
    codes: Codes
    tops: Codes


@dataclass(frozen=True, slots=True)
class TextRows:
    """The rows of a segment. kinds: of every term, a place in KINDS.

    first: the first passage of each paragraph, and the number of passages. headed: the heading of each passage."""

    paragraphs: TermRows
    own: TermRows
    headings: TermRows
    kinds: Longs
    first: Ints
    headed: Ints


def lists_of(rows: TextRows, totals: Totals) -> Lists:
    """The lists of all terms."""
    size, width = len(rows.first) - 1, len(rows.kinds)
    parts = [_part(rows, start, min(start + AT_ONCE, size), totals) for start in range(0, size, AT_ONCE)]
    terms, documents, codes = (np.concatenate(column) for column in zip(*parts, strict=True)) if parts else _nothing()
    order = np.argsort(terms, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=width))]).astype(np.int64)
    ordered = codes[order]
    return Lists(offsets, documents[order], ordered, tops_of(offsets, ordered))


def _nothing() -> tuple[Ints, Ints, Codes]:
    return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8)


def tops_of(offsets: Longs, codes: Codes) -> Codes:
    """The greatest code of each list."""
    found = np.zeros(len(offsets) - 1, np.uint8)
    filled = offsets[:-1] < offsets[1:]
    if filled.any():
        found[filled] = np.maximum.reduceat(codes, offsets[:-1][filled])
    return found


def _part(rows: TextRows, start: int, end: int, totals: Totals) -> tuple[Ints, Ints, Codes]:
    """Terms, paragraphs and codes of the paragraphs from start to end."""
    keys, values = (np.concatenate(column) for column in zip(*_fields(rows, start, end, totals), strict=True))
    width = len(rows.kinds)
    distinct, inverse = np.unique(keys, return_inverse=True)
    weighed = np.bincount(inverse, values)
    codes = np.clip(np.ceil(weighed / STEP), 1, 255).astype(np.uint8)
    return (distinct % width).astype(np.int32), (start + distinct // width).astype(np.int32), codes


def _fields(rows: TextRows, start: int, end: int, totals: Totals) -> Iterator[_Weighed]:
    """What each field adds at the most to a passage of each paragraph."""
    first, last = int(rows.first[start]), int(rows.first[end])
    texts = np.arange(start, end)
    yield _greatest("paragraph", rows.paragraphs, texts, texts - start, rows.kinds, totals)
    yield _greatest("opening", rows.own, rows.first[start:end], texts - start, rows.kinds, totals)
    of_passages = np.repeat(texts - start, np.diff(rows.first[start : end + 1]))
    yield _greatest("own", rows.own, np.arange(first, last), of_passages, rows.kinds, totals)
    pairs = np.unique(np.stack([of_passages, rows.headed[first:last]]), axis=1) if last > first else np.zeros((2, 0), np.int64)
    yield _greatest("heading", rows.headings, pairs[1], pairs[0], rows.kinds, totals)


def _greatest(field: str, of: TermRows, texts: npt.NDArray[np.integer], groups: Longs, kinds: Longs, totals: Totals) -> _Weighed:
    """The greatest weight of each term in the texts of each group."""
    taken, lengths = gathered_rows(of.offsets, texts)
    packed = of.packed[taken]
    terms = terms_of(packed).astype(np.int64)
    penalty = penalties(field, of.lengths[texts], totals.average(field))
    weights = WEIGHTS[field] * impacts(field, counts_of(packed), penalty[np.repeat(np.arange(len(texts)), lengths), kinds[terms]])
    keys = np.repeat(groups, lengths) * len(kinds) + terms
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else np.zeros(0, np.int64)
    greatest = np.maximum.reduceat(weights[order], starts) if len(ordered) else np.zeros(0, np.float32)
    return ordered[starts], greatest


def gathered_rows(offsets: Longs, texts: npt.NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Where the terms of these texts lie, one text after the other, and how many each has."""
    starts = offsets[texts]
    lengths = offsets[np.asarray(texts) + 1] - starts
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths), lengths
