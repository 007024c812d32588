"""Passages → the searchable fields, and the bank of questions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.index.bm25 import from_counts
from retrieval.index.classifier import PassageClassifier
from retrieval.index.classifier_training import trained
from retrieval.index.likeness import question_bank
from retrieval.index.own_words import plain_fields
from retrieval.index.passages import Passage, text_of
from retrieval.index.postings import Floats, Postings
from retrieval.index.search import Field, Index, Unasked
from retrieval.index.searchable import Frequencies, Searchable
from retrieval.speeches.asks import Unanswered
from retrieval.speeches.corpus import Corpus
from retrieval.terms.counts import Counts, count_terms
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter

# With asks one field has it all: own, paragraph and heading fields beside it changed nothing or lost (one writer's questions against
# the others', right first: .698 without, .690 with .15 own, .10 paragraph, .10 heading).
AT_ONCE = 50  # passages; all 380 at once took 40 MB more
OWN_TWICE = 2  # the passage's own words count as two of its asks; tried 1, 2, 3 on questions of one writer: .684 .686 .684
# Of the passages: from this part on a word that no question about anything else has is the subject's. With 1/30 (52 words here: 劳模, 发展,
# 群众) none of 676 other questions about anything else has one, with 1/45 two have.
SUBJECT = 1 / 30
# Asks that a keyword must be in to be near rather than unanswered. Of 5 493 words in three and in no question about anything else 174 were
# unanswered, 模范 and 员工 among them, now 16. Of 168 keywords about anything else 18 get quotes, as without; with one ask it is 20.
ASKED = 3
ASKED_K1, ASKED_B = 1.2, 0.5  # tried k1 .6-8, b .2-.8 on one writer's questions against the others': flat to 2, then falling


def searchable(
    corpus: Corpus,
    passages: Sequence[Passage],
    asks: Sequence[Sequence[str]],
    unanswered: Unanswered,
    segmenter: Segmenter,
    plain: tuple[Field, ...] = (),
    classifier: PassageClassifier | None = None,
) -> Searchable:
    """One field where people's questions are known; words, paragraphs and headings for speeches without any.

    asks: what people ask that each passage answers. plain: those other fields of all passages, where they are there already.
    classifier: of these passages; None where it is to be trained now.
    """
    own = [text_of(corpus, passage) for passage in passages]
    if not any(asks):
        return _searched_by_words(plain or plain_fields(corpus, passages, segmenter), own, unanswered, segmenter)
    counts = count_terms([*itertools.chain(*asks), *unanswered.near, *unanswered.far, *own], segmenter)
    first = [0, *itertools.accumulate(map(len, asks))]  # rows: the asks of the passages in order, the unanswered, the own words
    bank = question_bank(counts.first_rows(counts.size - len(own)), first)
    before_own = counts.size - len(own)
    asked, far, near_end = (int(row) for row in np.searchsorted(counts.texts, (first[-1], before_own - len(unanswered.far), before_own)))
    theirs = _of_asked_speeches(passages, asks)
    words = counts.terms[near_end:][theirs[counts.texts[near_end:] - before_own]]
    subject = _frequent(counts, words, slice(far, near_end), max(SUBJECT * int(theirs.sum()), 2))
    often = _frequent(counts, counts.terms[:asked], slice(far, near_end), ASKED)
    unasked = None if theirs.all() else Unasked(~theirs, plain_fields(corpus, passages, segmenter))
    index = Index((Field("asked", 1.0, _asked(counts, first, theirs)),), unasked)
    known, said = Frequencies(*index.of_own_words), [fold_question(text) for text in own]
    return Searchable(index, bank, known, subject, often, said, classifier or trained(bank))


def _searched_by_words(plain: tuple[Field, ...], own: Sequence[str], unanswered: Unanswered, segmenter: Segmenter) -> Searchable:
    """Of passages without asks, whose words are counted in `plain` already."""
    counts = count_terms([*unanswered.near, *unanswered.far], segmenter)
    bank, index = question_bank(counts, [0] * (len(own) + 1)), Index(plain)
    known = Frequencies(*index.of_own_words)
    of_far = counts.terms[np.searchsorted(counts.texts, len(unanswered.near)) :]
    elsewhere = set(itertools.compress(counts.vocabulary, np.bincount(of_far, minlength=len(counts.vocabulary)).tolist()))
    least = max(SUBJECT * len(own), 2)
    often = [term for term, documents in known.items() if documents >= least and term[0] == "w"] if unanswered.far else []
    return Searchable(index, bank, known, frozenset(often) - elsewhere, frozenset(), [fold_question(text) for text in own])


def _of_asked_speeches(passages: Sequence[Passage], asks: Sequence[Sequence[str]]) -> npt.NDArray[np.bool_]:
    """Whether each passage is of a speech with asks."""
    asked = {p.speech for p, of_passage in zip(passages, asks, strict=True) if of_passage}
    return np.array([p.speech in asked for p in passages])


def _frequent(counts: Counts, among: npt.NDArray[np.int32], elsewhere: slice, least: float) -> frozenset[str]:
    """Words that are often enough among some, and in no question about anything else; none where no such questions are known."""
    width = len(counts.vocabulary)
    often = np.bincount(among, minlength=width) >= least
    kept = often & (np.bincount(counts.terms[elsewhere], minlength=width) == 0)
    found = frozenset(term for term in itertools.compress(counts.vocabulary, kept.tolist()) if term[0] == "w")
    return found if elsewhere.start < elsewhere.stop else frozenset()


def _asked(counts: Counts, first: Sequence[int], theirs: npt.NDArray[np.bool_]) -> Postings:
    """BM25 over one document per passage: all of its asks and, twice, its own words; of speeches without asks an empty one."""
    size, counted = len(theirs), int(theirs.sum())
    blocks = [_block(counts, first, size, start, min(start + AT_ONCE, size)) for start in range(0, size, AT_ONCE)]
    keys, summed = (np.concatenate(column) for column in zip(*blocks, strict=True))
    width = len(counts.vocabulary)
    kept = theirs[keys // width]
    rows, terms = keys[kept] // width, keys[kept] % width
    df = np.bincount(terms, minlength=width)
    idf = np.log(1 + (counted - df + 0.5) / (df + 0.5)).astype(np.float32)
    return from_counts(counts.vocabulary, idf, rows, terms, summed[kept], size, ASKED_K1, ASKED_B, counted)


def _block(counts: Counts, first: Sequence[int], size: int, start: int, end: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Of the passages from start to end: passage times the number of terms plus term, and how often it occurs there."""
    before_own = counts.size - size
    asks = slice(*np.searchsorted(counts.texts, (first[start], first[end])))
    own = slice(*np.searchsorted(counts.texts, (before_own + start, before_own + end)))
    of_asks = np.searchsorted(first, counts.texts[asks], "right") - 1
    passages = np.concatenate([of_asks, counts.texts[own] - before_own]).astype(np.int64)
    times = np.concatenate([counts.counts[asks], OWN_TWICE * counts.counts[own]])
    terms = np.concatenate([counts.terms[asks], counts.terms[own]])
    keys, inverse = np.unique(passages * len(counts.vocabulary) + terms, return_inverse=True)
    return keys, np.bincount(inverse, times).astype(np.float32)
