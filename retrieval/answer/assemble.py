"""Puts the engine of a corpus together."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.engine import Engine
from retrieval.answer.judge import Judge
from retrieval.index.array_file import Stored
from retrieval.index.classifier import opened_classifier
from retrieval.index.division import asks_of, passages, proposed_of
from retrieval.index.fields import searchable
from retrieval.index.message_kinds import NO_KINDS, MessageKinds
from retrieval.index.proposals import proposals
from retrieval.index.search import Field
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
    kinds: MessageKinds = NO_KINDS,
    plain: tuple[Field, ...] = (),
    classifier: Stored | None = None,
) -> Engine:
    """The engine of a corpus with a given judge.

    kinds: those of messages, which only a conversation needs. plain: the fields of a corpus without asks, if they are there already.
    classifier: one that was trained before, which counts for passages that are still there.
    """
    cut = passages(corpus, asks)
    asked = asks_of(cut, asks)
    trained = opened_classifier(classifier, cut) if classifier else None
    found = searchable(corpus, cut, asked, unanswered, segmenter, plain, trained)
    speeches = {passage.speech for passage, of_passage in zip(cut, asked, strict=True) if of_passage}
    synonyms = thesaurus(words.synonyms if len(speeches) < len(corpus.speeches) else ())
    reader = Reader(corpus, segmenter, words, synonyms, homophones(found.known), found.known, has_asks=bool(speeches))
    written = zip(proposed_of(cut, asks), asked, found.said, strict=True)
    proposed = ["\n".join(proposals(of_passage, said) if given is None else given) for given, of_passage, said in written]
    return Engine(corpus, cut, found, reader, judge, proposed, kinds)
