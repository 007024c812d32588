"""BM25: counts of terms → the weight of every term in every document.

    impact = tf·(k1+1) / (tf + k1·(1 − b + b·dl/avgdl))        Robertson & Zaragoza 2009, eq. 3.15
    idf    = ln(1 + (N − df + ½) / (df + ½))                    positive for every term, as in Lucene

rank-bm25 counts and measures lengths; its own Okapi idf is 0 for a term in half the documents and floored above.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25

from retrieval.index.postings import Floats, Postings
from retrieval.terms.counts import Counts
from retrieval.terms.string_table import string_table

# Of bigrams like 的妻: as rare as 妻 alone, but no name. Tried 0-1 on two public question sets: R@1 .986/.955; .984/.956 at .7, .985/.954
# at .3.
LINKED = 0.5


class Statistics(BM25):  # type: ignore[misc]  # rank-bm25 has no types
    """rank-bm25's document frequencies and lengths, with the positive idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        for term, df in nd.items():
            self.idf[term] = positive_idf(df, self.corpus_size)


def positive_idf(df: int, documents: int) -> float:
    """ln(1 + (N − df + ½)/(df + ½)).

    >>> positive_idf(1, 1) > 0
    True
    """
    return math.log(1 + (documents - df + 0.5) / (df + 0.5))


def postings(
    documents: Sequence[Sequence[str]], k1: float, b: float, power: float = 1.0, linking: Collection[str] = frozenset()
) -> Postings:
    """Impacts of documents given as their terms, idf raised to `power`, and halved for bigrams with a `linking` character.

    Lengths are counted per kind of term (its first letter).
    """
    if not any(documents):
        empty = np.zeros(0, np.int32)
        return Postings({}, np.zeros(0, np.float32), np.zeros(1, np.int32), empty, np.zeros(0, np.float32), len(documents))
    statistics = Statistics(documents)
    vocabulary = {term: column for column, term in enumerate(statistics.idf)}
    rows = np.fromiter((d for d, f in enumerate(statistics.doc_freqs) for _ in f), np.int64)
    columns = np.fromiter((vocabulary[t] for f in statistics.doc_freqs for t in f), np.int64)
    counts = np.fromiter((n for f in statistics.doc_freqs for n in f.values()), np.float32)
    idf = _weighed(np.fromiter(statistics.idf.values(), np.float32), vocabulary, power, linking)
    return from_counts(vocabulary, idf, rows, columns, counts, len(documents), k1, b)


def counted_postings(counts: Counts, k1: float, b: float, power: float = 1.0, linking: Collection[str] = frozenset()) -> Postings:
    """The same of documents counted all at once, in a fifth of the time and a tenth of the memory."""
    vocabulary = string_table(counts.vocabulary)
    if not len(vocabulary):
        return postings([()] * counts.size, k1, b)
    rows, columns = counts.texts.astype(np.int64), counts.terms.astype(np.int64)
    frequencies = np.bincount(columns, minlength=len(vocabulary))
    of_frequency = np.array([positive_idf(df, counts.size) for df in range(int(frequencies.max()) + 1)], np.float32)
    idf = _weighed(of_frequency[frequencies], counts.vocabulary, power, linking)
    return from_counts(vocabulary, idf, rows, columns, counts.counts, counts.size, k1, b)


def _weighed(idf: Floats, vocabulary: Iterable[str], power: float, linking: Collection[str]) -> Floats:
    """Raised to the power, and halved for bigrams with a linking character."""
    found: Floats = idf**power
    found[[column for column, term in enumerate(vocabulary) if term[0] == "b" and not set(linking).isdisjoint(term)]] *= LINKED
    return found


def from_counts(
    vocabulary: Mapping[str, int],
    idf: Floats,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    counts: Floats,
    size: int,
    k1: float,
    b: float,
    counted: int = 0,
) -> Postings:
    """Impacts from counted terms: counts[i] times columns[i] in document rows[i], which ascend.

    counted: how many documents there are beside those that are left empty.
    """
    kinds = np.fromiter((ord(t[0]) for t in vocabulary), np.int64)[columns]
    penalty = np.empty(len(counts), np.float32)
    for kind in np.unique(kinds):
        of_kind = kinds == kind
        lengths = np.bincount(rows[of_kind], counts[of_kind], size)
        penalty[of_kind] = (k1 * (1 - b + b * lengths / (lengths.sum() / (counted or size) or 1)))[rows[of_kind]]
    impacts = counts * (k1 + 1) / (counts + penalty)
    order = np.argsort(columns, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(vocabulary)))])
    documents, of_documents = rows[order].astype(np.int32), impacts[order].astype(np.float32)
    return Postings(vocabulary, idf, offsets.astype(np.int32), documents, of_documents, size, counted)
