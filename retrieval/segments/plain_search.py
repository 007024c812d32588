"""The search of one segment in numpy alone, where numba is not installed: all lists added up, the best paragraphs scored exactly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Floats, Ints
from retrieval.segments.inverting import gathered_rows
from retrieval.segments.search_arrays import AskedTerms, Searched
from retrieval.segments.term_rows import MOST, terms_of
from retrieval.terms.counts import Longs

FIRST = 2  # times k: paragraphs that are scored at once, chosen; the k-th score then says which others can be better

Times = npt.NDArray[np.uint8]


def plain_search(lists: Searched, asked: AskedTerms, totals: Floats, k: int) -> tuple[Ints, Floats]:
    """The k best passages and their scores, in no order. totals: 0 for every paragraph that may be found, else far below."""
    bounds = _bounds(lists, asked, totals.copy())
    touched = np.flatnonzero(bounds > asked.least)
    some = touched[np.argpartition(-bounds[touched], FIRST * k)[: FIRST * k]] if len(touched) > FIRST * k else touched
    passages, scores = _scored(lists, asked, some)
    if len(some) < len(touched):
        least = np.partition(scores, len(scores) - k)[len(scores) - k] if len(scores) >= k else 0
        others = np.setdiff1d(touched[bounds[touched] > least], some)
        passages, scores = (np.concatenate(pair) for pair in zip((passages, scores), _scored(lists, asked, others), strict=True))
    best = np.argpartition(-scores, k)[:k] if len(scores) > k else np.arange(len(scores))
    return passages[best].astype(np.int32), scores[best].astype(np.float32)


def _bounds(lists: Searched, asked: AskedTerms, found: Floats) -> Floats:
    for column, weight in zip(asked.columns.tolist(), asked.bounds.tolist(), strict=True):
        of_term = slice(int(lists.offsets[column]), int(lists.offsets[column + 1]))
        found[lists.documents[of_term]] += np.float32(weight) * lists.codes[of_term]
    return found


def _scored(lists: Searched, asked: AskedTerms, paragraphs: Longs) -> tuple[Longs, npt.NDArray[np.float64]]:
    """The passages of the paragraphs that are asked, with their scores."""
    passages, sizes = gathered_rows(lists.first.astype(np.int64), paragraphs)
    shared = _field(lists.paragraph_offsets, lists.paragraph_packed, lists.paragraph_lengths, paragraphs, asked, 0)
    shared += _field(lists.own_offsets, lists.own_packed, lists.own_lengths, lists.first[paragraphs], asked, 1)
    headings, of_passage = np.unique(lists.headed[passages], return_inverse=True)
    above = _field(lists.heading_offsets, lists.heading_packed, lists.heading_lengths, headings, asked, 3)
    own = _field(lists.own_offsets, lists.own_packed, lists.own_lengths, passages, asked, 2)
    scores = np.repeat(shared, sizes) + own + above[of_passage]
    kept = (asked.first <= passages) & (passages < asked.last)
    if asked.part:
        kept &= (lists.what[passages] & asked.part) > 0
    return passages[kept], scores[kept]


def _field(
    offsets: Longs, packed: npt.NDArray[np.uint32], lengths: Ints, texts: npt.NDArray[np.integer], asked: AskedTerms, field: int
) -> npt.NDArray[np.float64]:
    """What a field adds to the score of each text."""
    times = plain_counts(offsets, packed, texts, asked.terms).astype(np.float64)
    k1, b, weight = asked.saturation[field]
    penalty = k1 * (1 - b + b * lengths.reshape(-1, 3)[texts] / asked.averages[field])
    impacts = times * (k1 + 1) / (times + penalty.T[asked.kinds])
    found: npt.NDArray[np.float64] = weight * (asked.weights.astype(np.float64) @ impacts)
    return found


def plain_counts(offsets: Longs, packed: npt.NDArray[np.uint32], texts: npt.NDArray[np.integer], terms: Ints) -> Times:
    """found[term, text]: how often each text has each of the terms, which ascend."""
    found = np.zeros((len(terms), len(texts)), np.uint8)
    if not (len(terms) and len(texts)):
        return found
    places, sizes = gathered_rows(offsets, texts)
    taken = packed[places]
    of = terms_of(taken)
    number = np.minimum(np.searchsorted(terms, of), len(terms) - 1)
    have = terms[number] == of
    found[number[have], np.repeat(np.arange(len(texts)), sizes)[have]] = taken[have] & MOST
    return found
