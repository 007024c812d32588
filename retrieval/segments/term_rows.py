"""Terms of texts, a row each: term and count in one number, ascending by term; and how long each text is by kind of term."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.terms.counts import Counts, Longs

Packed = npt.NDArray[np.uint32]
COUNT_BITS = 8
MOST = (1 << COUNT_BITS) - 1  # counts above are kept as this; with k1 of .9 at most they weigh the same to one part in 250
KINDS = "wbc"  # first letters of terms: words, bigrams, characters


@dataclass(frozen=True, slots=True)
class TermRows:
    """Text i has packed[offsets[i]:offsets[i + 1]]; lengths[i] are its numbers of words, bigrams and characters."""

    offsets: Longs
    packed: Packed
    lengths: npt.NDArray[np.int32]


def term_rows(counts: Counts, first: int, last: int, kinds: Longs) -> TermRows:
    """The rows of the texts from first to last of those counted. kinds: of every term, a place in KINDS."""
    begin, end = np.searchsorted(counts.texts, (first, last))
    texts, terms, times = counts.texts[begin:end] - first, counts.terms[begin:end], counts.counts[begin:end]
    offsets = np.searchsorted(texts, np.arange(last - first + 1)).astype(np.int64)
    packed: Packed = (terms.astype(np.uint32) << np.uint32(COUNT_BITS)) | np.minimum(times, MOST).astype(np.uint32)
    lengths = np.bincount(texts.astype(np.int64) * len(KINDS) + kinds[terms], times, (last - first) * len(KINDS))
    return TermRows(offsets, packed, lengths.astype(np.int32).reshape(-1, len(KINDS)))


def kinds_of(vocabulary: list[str]) -> Longs:
    """The kind of every term, a place in KINDS."""
    return np.fromiter((KINDS.index(term[0]) for term in vocabulary), np.int64, len(vocabulary))


def terms_of(packed: Packed) -> npt.NDArray[np.int32]:
    """The terms of packed numbers."""
    return (packed >> COUNT_BITS).astype(np.int32)


def counts_of(packed: Packed) -> npt.NDArray[np.float32]:
    """The counts of packed numbers."""
    return (packed & MOST).astype(np.float32)
