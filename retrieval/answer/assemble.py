"""Puts the engine of a corpus together."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.engine import Engine
from retrieval.answer.judge import Judge
from retrieval.index.division import asks_of, passages
from retrieval.index.fields import searchable
from retrieval.question.understand import Reader, Words
from retrieval.speeches.asks import Ask, Unanswered
from retrieval.speeches.corpus import Corpus
from retrieval.terms.segment import Segmenter
from retrieval.terms.sound import homophones
from retrieval.terms.synonyms import thesaurus


def assemble(
    corpus: Corpus,
    words: Words,
    asks: Sequence[Ask],
    unanswered: Unanswered,
    judge: Judge,
    segmenter: Segmenter,
) -> Engine:
    """The engine of a corpus with a given judge."""
    cut = passages(corpus, asks)
    asked = asks_of(cut, asks)
    found = searchable(corpus, cut, asked, unanswered, segmenter)
    speeches = {passage.speech for passage, of_passage in zip(cut, asked, strict=True) if of_passage}
    synonyms = thesaurus(words.synonyms if len(speeches) < len(corpus.speeches) else ())
    reader = Reader(corpus, segmenter, words, synonyms, homophones(found.known), found.known, has_asks=bool(speeches))
    return Engine(corpus, cut, found, reader, judge)
