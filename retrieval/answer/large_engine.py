"""The engine of a large collection: the same conductor, over candidates, and over texts that are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from retrieval.answer.calibrate import judge_of, observed_in
from retrieval.answer.engine import Engine
from retrieval.answer.judge import UNJUDGED, Judge
from retrieval.answer.large_by_meaning import LargeByMeaning
from retrieval.answer.large_scoring import LargeScorer, ScopeOnDisk
from retrieval.answer.unseen import Unseen, halves
from retrieval.exact.exact_text import ExactText
from retrieval.index.candidates import Candidates
from retrieval.index.fields import SUBJECT
from retrieval.index.likeness import question_bank
from retrieval.index.meaning.encoders import Encoder
from retrieval.index.meaning.meaning import PassageMeaning
from retrieval.index.message_kinds import NO_KINDS, MessageKinds
from retrieval.index.passages import Passage
from retrieval.index.searchable import Searchable
from retrieval.question.understand import Reader, Words
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.corpus_on_disk import CorpusOnDisk, PassagesOnDisk, SpeechDirectory
from retrieval.segments.exact_scores import IndexOnDisk
from retrieval.segments.known_terms import KnownTerms, NothingSaid, SaidOnDisk
from retrieval.segments.meaning_on_disk import MeaningOnDisk, opened_meaning
from retrieval.segments.opened_segments import fingerprint_of, opened_segments
from retrieval.segments.register_on_disk import RegisterOnDisk
from retrieval.segments.spoken_alike import opened_sounds
from retrieval.segments.standing_alone import SentencePlace, StandingAlone
from retrieval.segments.wordings_on_disk import ConcordanceOnDisk, exact_text_of
from retrieval.speeches.asks import Unanswered
from retrieval.speeches.tree import Span
from retrieval.terms.counts import count_terms
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter
from retrieval.terms.synonyms import thesaurus


@dataclass(frozen=True, kw_only=True)
class LargeEngine(Engine):
    """See `Engine`. candidates: what finds passages, the collection itself or another engine with the same. vectors: by each model."""

    corpus: CorpusOnDisk
    candidates: Candidates
    collection: CollectionIndex
    directory: SpeechDirectory
    vectors: Sequence[MeaningOnDisk] = ()

    @cached_property
    def scope(self) -> ScopeOnDisk:
        """The passages by the part that they stand in."""
        return ScopeOnDisk(corpus=self.corpus, passages=self.passages, directory=self.directory)

    @cached_property
    def scorer(self) -> LargeScorer:
        """What scores the candidates."""
        of = {"candidates": self.candidates, "collection": self.collection, "directory": self.directory}
        by = (
            LargeByMeaning(self.passages, self.found, PassageMeaning((), ()), vectors=self.vectors, directory=self.directory)
            if self.vectors
            else None
        )
        return LargeScorer(passages=self.passages, found=self.found, scope=self.scope, by_meaning=by, **of)  # type: ignore[arg-type]

    @cached_property
    def exact(self) -> ExactText:
        """Looks wordings up."""
        return exact_text_of(self.corpus)

    def speeches_with(self, word: str) -> Sequence[int]:
        """The numbers of the speeches that have a word in one of their paragraphs."""
        return sorted({number for number, _ in self._having(word)})

    def count_of(self, word: str) -> int:
        """How often a word stands in the paragraphs."""
        return sum(text.count(word) for _, text in self._having(word))

    def said_somewhere(self, word: str) -> bool:
        """Whether some paragraph has a word."""
        return any(True for _ in self._having(word))

    @cached_property
    def alone(self) -> StandingAlone:
        """The sentences that can be shown alone."""
        return StandingAlone(self.directory)

    def alone_with(self, word: str, choose: Callable[[int], Iterable[int]]) -> Iterator[SentencePlace]:
        """Those with a word, of some of the paragraphs that may have it; choose: gives numbers of these for how many there are."""
        for number, span in self._concordance.some_having(fold_question(word), choose):
            file = self.directory.range_of(number)[0]
            if word in self.corpus.text(file, span):
                yield from (place for place in self.alone.inside(number, span) if word in self.corpus.text(file, Span(*place[1:])))

    def _having(self, word: str) -> Iterator[tuple[int, str]]:
        """Speeches and folded paragraphs that have a word."""
        for number, span in self._concordance.paragraphs_having(word):
            text = fold_question(self.corpus.text(self.directory.range_of(number)[0], span))
            if word in text:
                yield number, text

    @cached_property
    def _concordance(self) -> ConcordanceOnDisk:
        return ConcordanceOnDisk(self.corpus, self.collection)


def open_collection(
    index: Path,
    words: Words,
    unanswered: Unanswered,
    judge: Judge,
    kinds: MessageKinds = NO_KINDS,
    candidates: Candidates | None = None,
    *,
    compiled: bool = True,
    encoders: Sequence[Encoder] = (),
) -> LargeEngine:
    """The engine of the collection in a folder. candidates: what finds passages instead of it. encoders: models of their meaning.

    Raises IndexUnavailable.
    """
    manifest, segments = opened_segments(index, compiled=compiled)
    collection, directory = CollectionIndex(segments), SpeechDirectory(manifest, segments)
    corpus, passages = CorpusOnDisk(directory, fingerprint_of(manifest, segments), RegisterOnDisk(directory)), PassagesOnDisk(directory)
    segmenter = Segmenter()
    found = _searchable(collection, corpus, passages, unanswered, segmenter)
    sounds = opened_sounds([segment.columns for segment in segments], lambda term: collection.often("own", term))
    reader = Reader(corpus, segmenter, words, thesaurus(words.synonyms), sounds, found.known, has_asks=False)
    return LargeEngine(
        corpus=corpus,
        passages=passages,
        found=found,
        reader=reader,
        judge=judge,
        proposed=NothingSaid(len(passages)),
        kinds=kinds,
        candidates=candidates or collection,
        collection=collection,
        directory=directory,
        vectors=[vectors for encoder in encoders if (vectors := opened_meaning(manifest, segments, encoder))],
    )


def _searchable(
    collection: CollectionIndex, corpus: CorpusOnDisk, passages: Sequence[Passage], unanswered: Unanswered, segmenter: Segmenter
) -> Searchable:
    counts = count_terms([*unanswered.near, *unanswered.far], segmenter)
    bank = question_bank(counts, [0] * (len(passages) + 1))
    least = max(SUBJECT * len(passages), 2)
    frequent = {term for segment in collection.segments for term in segment.columns.values["subject"]} if unanswered.far else set()
    elsewhere = set(count_terms(unanswered.far, segmenter).vocabulary)
    subject = frozenset(term for term in frequent - elsewhere if collection.often("own", term) >= least)
    said = SaidOnDisk(corpus.directory)
    return Searchable(IndexOnDisk(collection), bank, KnownTerms(collection), subject, frozenset(), said)


def judged(engine: LargeEngine, unanswered: Unanswered) -> Judge:
    """The judge of a collection, calibrated on it as that of a small corpus without asks is; takes two thousand answers."""
    bundled, others = halves(unanswered, 0)
    found = _searchable(engine.collection, engine.corpus, engine.passages, bundled, engine.reader.segmenter)
    return judge_of(observed_in(Unseen(replace(engine, found=found, judge=UNJUDGED), (), others), 1))
