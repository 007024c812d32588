"""Passages → the searchable fields, and the bank of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.asks import Unanswered
from retrieval.bulk import Counts, count_terms
from retrieval.corpus import Corpus
from retrieval.fold import fold_question
from retrieval.impacts import Postings, from_counts, postings
from retrieval.index import Field, Index
from retrieval.passages import Passage
from retrieval.questions import QuestionBank, question_bank
from retrieval.segment import Segmenter

# Speeches without asks: the paragraph's score and a part of its sentence's. Tried on two public question sets (R@1 .971/.953 with 1.5 and
# .5, .977/.955 with 2 and .3, .980/.948 with 2 and .15) and on everyday questions over reports, where nothing changed.
PLAIN = {"paragraph": 1.0, "own": 0.3, "heading": 0.2}
PLAIN_IDF_POWER = 2.0  # idf counts on both sides, as in tf·idf: names win over phrases like 担任什么职务
# With asks one field has it all: own, paragraph and heading fields beside it changed nothing or lost (one writer's questions against
# the others', right first: .698 without, .690 with .15 own, .10 paragraph, .10 heading).
OWN_TWICE = 2  # the passage's own words count as two of its asks; tried 1, 2, 3 on questions of one writer: .684 .686 .684
PASSAGE_K1, PASSAGE_B = 0.4, 0.4  # for passages of at most 130 characters
PARAGRAPH_K1, PARAGRAPH_B = 0.9, 0.6
ASKED_K1, ASKED_B = 1.2, 0.5  # tried k1 .6-8, b .2-.8 on one writer's questions against the others': flat to 2, then falling


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a corpus is searched by."""

    index: Index
    bank: QuestionBank
    known: dict[str, int]


def searchable(corpus: Corpus, passages: Sequence[Passage], unanswered: Unanswered, segmenter: Segmenter) -> Searchable:
    """One field where people's questions are known, else words, paragraphs and headings."""
    counts, first = _counted(corpus, passages, unanswered, segmenter)
    bank = question_bank(counts.first_rows(counts.size - len(passages)), first)
    if first[-1]:
        asked = _asked(counts, first, len(passages))
        return Searchable(Index((Field("asked", 1.0, asked),)), bank, _frequencies(asked))
    own = _own(corpus, passages, segmenter)
    fields = (
        _paragraphs(corpus, passages, segmenter, PLAIN["paragraph"]),
        Field("own", PLAIN["own"], own),
        Field("heading", PLAIN["heading"], _headings(passages, segmenter)),
    )
    return Searchable(Index(fields), bank, _frequencies(own))


def text_of(corpus: Corpus, passage: Passage) -> str:
    """A passage's words; of a list all of its ranges."""
    return "".join(corpus.text(passage.file, span) for span in (passage.span, *passage.more))


def _terms(text: str, segmenter: Segmenter) -> list[str]:
    return [t.text for t in segmenter.terms(fold_question(text))]


def _own(corpus: Corpus, passages: Sequence[Passage], segmenter: Segmenter) -> Postings:
    return postings([_terms(text_of(corpus, p), segmenter) for p in passages], PASSAGE_K1, PASSAGE_B, PLAIN_IDF_POWER)


def _headings(passages: Sequence[Passage], segmenter: Segmenter) -> Postings:
    distinct = {p.path: _terms("\n".join(n.heading for n in p.path), segmenter) for p in passages}
    return postings([distinct[p.path] for p in passages], PASSAGE_K1, PASSAGE_B, PLAIN_IDF_POWER)


def _paragraphs(corpus: Corpus, passages: Sequence[Passage], segmenter: Segmenter, weight: float) -> Field:
    texts: dict[int, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.paragraph, []).append("" if passage.more else corpus.text(passage.file, passage.span))
    documents = [_terms("".join(texts[i]), segmenter) for i in range(len(texts))]
    document_of = np.array([p.paragraph for p in passages], np.int32)
    return Field("paragraph", weight, postings(documents, PARAGRAPH_K1, PARAGRAPH_B, PLAIN_IDF_POWER), document_of)


def _counted(corpus: Corpus, passages: Sequence[Passage], unanswered: Unanswered, segmenter: Segmenter) -> tuple[Counts, list[int]]:
    """Rows of terms: the asks of all passages in order, the unanswered, the passages' own words; and where each passage's asks begin."""
    first = np.concatenate([[0], np.cumsum([len(p.asks) for p in passages])]).astype(int).tolist()
    asks = [ask for p in passages for ask in p.asks]
    own = [text_of(corpus, p) for p in passages]
    return count_terms([*asks, *unanswered.near, *unanswered.far, *own], segmenter), first


def _asked(counts: Counts, first: Sequence[int], size: int) -> Postings:
    """BM25 over one document per passage: all of its asks and, twice, its own words."""
    passage_of = np.full(counts.size, -1, np.int64)
    passage_of[: first[-1]] = np.repeat(np.arange(size), np.diff(first))
    passage_of[-size:] = np.arange(size)
    rows = passage_of[counts.texts]
    kept = rows >= 0
    times = np.where(counts.texts >= counts.size - size, OWN_TWICE, 1).astype(np.float32) * counts.counts
    width = len(counts.vocabulary)
    keys, inverse = np.unique(rows[kept] * width + counts.terms[kept], return_inverse=True)
    summed = np.bincount(inverse, times[kept]).astype(np.float32)
    rows, terms = keys // width, keys % width
    df = np.bincount(terms, minlength=width)
    idf = np.log(1 + (size - df + 0.5) / (df + 0.5)).astype(np.float32)
    return from_counts(counts.vocabulary, idf, rows, terms, summed, size, ASKED_K1, ASKED_B)


def _frequencies(of: Postings) -> dict[str, int]:
    """Terms that occur in a passage, with the number of passages."""
    frequencies = np.diff(of.offsets).tolist()
    return {term: n for term, n in zip(of.vocabulary, frequencies, strict=True) if n}
