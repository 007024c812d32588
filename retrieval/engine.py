"""The conductor: build the index of a corpus, answer questions with quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.asks import Ask, Unanswered
from retrieval.confidence import Confidence, Evidence, Judge
from retrieval.corpus import Corpus
from retrieval.errors import UnknownReference
from retrieval.fields import Searchable, searchable
from retrieval.index import Scores, best
from retrieval.passages import Passage, passages
from retrieval.pinyin import homophones
from retrieval.query import CHARACTER, Reader, Understood, Words
from retrieval.quotes import Quote, marks, quote, source
from retrieval.references import Reference
from retrieval.segment import Segmenter
from retrieval.speech import Span
from retrieval.synonyms import thesaurus

CANDIDATES = 12  # best passages looked at closely; 20 gave the same answers and took .2 ms more
SHORT, LONG = 36, 85  # a quote below SHORT characters takes in a neighbour as long as both stay below LONG
NEIGHBOUR = 0.3  # a neighbour's least score, relative to the best
RUNS_ON = 0.4  # from this relative score on the next piece of the same sentence belongs to the answer: 61 characters on average, not 57
PLACE = 1.3  # factor of passages in the opening or closing when the question asks for it
WORTH = 0.4  # relative score from which a quote stands beside a sure one: 2.5 quotes a card instead of 3, nothing lost in hit@3
LIST = 0.8  # factor of lists when the question asks for one thing: .747 right first without, .749 with (one writer against the others)
SAME = 0.8  # part of the shorter quote's bigrams that the longer has: the same words


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: quotes best first (none if confidence is none), and how it came about."""

    question: str
    confidence: Confidence
    quotes: tuple[Quote, ...]
    understood: Understood
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score."""

    passage: int
    score: float


@dataclass(frozen=True)
class Engine:
    """Everything that is known about one corpus; immutable, safe to use from several threads."""

    corpus: Corpus
    passages: tuple[Passage, ...]
    found: Searchable
    reader: Reader
    judge: Judge

    def ask(self, question: str, top: int = 3, skip: int = 0) -> Answer:
        """The best `top` quotes after the first `skip`, with how sure the answer is.

        A question that only names a part is answered with no quotes: `understood.lookup` says what to show.
        """
        return self.answer(self.reader.understand(question), top, skip)

    def answer(self, understood: Understood, top: int = 3, skip: int = 0) -> Answer:
        """Like `ask`, for what was understood already."""
        if understood.lookup or not understood.terms:
            return Answer(understood.question, "none", (), understood)
        scores = self.scores(understood)
        hits = [Hit(i, float(scores[i])) for i in best(scores, self.allowed(understood), CANDIDATES + skip)]
        evidence = self.evidence(understood, hits)
        confidence = self.judge.state(evidence, named=bool(understood.references)) if hits else "none"
        if confidence == "sure" and not skip:
            hits = [hit for hit in hits if hit.score >= WORTH * hits[0].score]
        quotes = self._quotes(understood, hits, scores, top + skip)[skip:] if confidence != "none" else ()
        return Answer(understood.question, confidence, tuple(quotes), understood, evidence)

    def within(self, understood: Understood, references: tuple[Reference, ...], top: int = 3) -> Answer:
        """The same question, asked of other speeches or parts only."""
        return self.answer(replace(understood, references=references, lookup=False), top)

    def scores(self, understood: Understood) -> Scores:
        """Every passage's score, with the factors for lists and for openings and closings."""
        scores = self.found.index.search(understood.terms)
        if not understood.wants_list:
            scores = scores * self._list_factor
        if understood.place:
            scores = scores * np.where(self._at_place(understood.place), PLACE, 1).astype(np.float32)
        return scores

    @cached_property
    def _list_factor(self) -> Scores:
        return np.array([LIST if p.more else 1 for p in self.passages], np.float32)

    def _at_place(self, place: str) -> npt.NDArray[np.bool_]:
        spans = {n.number: [x.span for x in n.speech.nodes if x.kind == place] for n in self.corpus.speeches}
        return np.array([any(s.covers(p.span) for s in spans[p.speech]) for p in self.passages])

    def allowed(self, understood: Understood) -> npt.NDArray[np.bool_] | None:
        """The passages inside the references of the question; None for all (also when no reference exists)."""
        ranges = [r for r in map(self._range, understood.references) if r]
        if not ranges:
            return None
        return np.array([any(p.speech == n and span.covers(p.span) for n, span in ranges) for p in self.passages])

    def _range(self, reference: Reference) -> tuple[int, Span] | None:
        try:
            return reference.number, self.range_of(reference)
        except UnknownReference:
            return None

    def range_of(self, reference: Reference) -> Span:
        """The range that a reference names. Raises UnknownReference with the choices."""
        speech = self.corpus.speech(reference.number).speech
        span = self.corpus.part(reference.number, reference.path).span if reference.path else speech.span
        if not reference.paragraph:
            return span
        inside = [p for p in speech.paragraphs if span.start <= p.start < span.end]
        index = reference.paragraph - 1 if reference.paragraph > 0 else len(inside) + reference.paragraph
        if not 0 <= index < len(inside):
            base = str(replace(reference, paragraph=0))
            raise UnknownReference(str(reference), [f"{base}p{i + 1}" for i in range(len(inside))])
        return inside[index]

    def evidence(self, understood: Understood, hits: Sequence[Hit]) -> Evidence:
        """What speaks for the first hit."""
        if not hits:
            return Evidence(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0)
        first = hits[0]
        field = self.found.index.fields[0]
        idf = {term: field.idf(term) for term, weight in understood.terms.items() if weight >= CHARACTER}
        held = {term for term in idf if field.holds(term, first.passage)}
        highest = sum(idf.values()) or 1.0
        second = next((h.score for h in hits[1:] if not self._near(h.passage, first.passage)), 0.0)
        likeness = self.found.bank.likeness(understood.terms, [h.passage for h in hits], held)
        return Evidence(
            coverage=first.score / highest,
            strength=first.score / highest**0.5 / 10,
            matched=sum(idf[term] for term in held) / highest,
            missing=max((idf[t] for t in idf if t not in held and t[0] != "c"), default=0.0) / 6,
            margin=1 - second / first.score,
            to_best=likeness.to_best,
            to_unanswered=likeness.to_unanswered,
            share=likeness.share,
        )

    def _near(self, one: int, other: int) -> bool:
        a, b = self.passages[one], self.passages[other]
        return a.speech == b.speech and (a.paragraph == b.paragraph or bool(a.more or b.more))

    def _quotes(self, understood: Understood, hits: Sequence[Hit], scores: Scores, count: int) -> list[Quote]:
        highest = hits[0].score or 1.0
        found: list[Quote] = []
        for hit in hits:
            if len(found) >= count:
                break
            passage = self.passages[hit.passage]
            spans = self._list_spans(passage) if passage.more else [self._led_in(self._extended(hit.passage, scores), passage, understood)]
            for span in spans:
                self._add(found, passage, span, hit.score / highest, understood)
        first = self.passages[hits[0].passage]
        return found[: max(count, len(self._list_spans(first)) if first.more else 0)]

    def _list_spans(self, passage: Passage) -> list[Span]:
        """The ranges of a list: every heading with the words that follow it, neighbours joined."""
        text = self.corpus.texts[passage.file]
        starts = {p.span.start: p for p in self.passages if p.speech == passage.speech and not p.more}
        spans = []
        for span in sorted((passage.span, *passage.more)):
            follower = starts.get(span.end)
            short = span.end - span.start < SHORT and follower is not None and not follower.is_heading
            spans.append(Span(span.start, follower.span.end) if short and follower else span)
        return _joined(text, spans)

    def _add(self, found: list[Quote], passage: Passage, span: Span, score: float, understood: Understood) -> None:
        """Adds a quote, unless its words are shown already: then its place is added there."""
        for i, shown in enumerate(found):
            if shown.source.speech == passage.speech and _overlap(shown.source.span, span):
                return
            text = self.corpus.text(passage.file, span)
            if shown.source.speech != passage.speech and same_words(shown.text, text):
                found[i] = replace(shown, also=(*shown.also, source(self.corpus, passage.speech, span)))
                return
        plain = quote(self.corpus, passage.speech, span, round(score, 3))
        text = self.corpus.texts[passage.file]
        found.append(replace(plain, marks=marks(text, span, understood.terms, self.reader.segmenter)))

    def _extended(self, index: int, scores: Scores) -> Span:
        """A short passage with the better of its neighbours in the same printed paragraph."""
        passage = self.passages[index]
        span = passage.span
        while span.end - span.start < SHORT:
            beside = [n for n in self._beside(index, span) if self._fits(n, index, span, scores)]
            if not beside:
                break
            span = self._with(span, max(beside, key=lambda n: float(scores[n])))
        for near in self._beside(index, span):
            if float(scores[near]) >= RUNS_ON * float(scores[index]) and self._same_sentence(span, near):
                return self._with(span, near)
        return span

    def _led_in(self, span: Span, passage: Passage, understood: Understood) -> Span:
        """A piece from the middle of a sentence with the clause before it, when its own first clause is what was asked for."""
        text = self.corpus.texts[passage.file]
        if span.start == passage.leaf.span.start or text[span.start - 1] != "，":
            return span
        first = Span(span.start, min(end for end in (text.find("，", span.start, span.end), span.end) if end > span.start))
        if not marks(text, first, understood.terms, self.reader.segmenter):
            return span
        start = max(text.rfind(stop, passage.leaf.span.start, span.start - 1) for stop in "，。；！：") + 1
        start = max(start, passage.leaf.span.start)
        return Span(start, span.end) if span.end - start <= 2 * LONG else span

    def _with(self, span: Span, passage: int) -> Span:
        other = self.passages[passage].span
        return Span(min(span.start, other.start), max(span.end, other.end))

    def _same_sentence(self, span: Span, passage: int) -> bool:
        other = self.passages[passage]
        first = span if span.start < other.span.start else other.span
        joined = self._with(span, passage)
        ends = self.corpus.texts[other.file][first.end - 1] in "。！？!"
        return not ends and not other.more and joined.end - joined.start <= 2 * LONG

    def _beside(self, index: int, span: Span) -> list[int]:
        near = range(max(0, index - 3), min(len(self.passages), index + 4))
        return [n for n in near if span.end == self.passages[n].span.start or self.passages[n].span.end == span.start]

    def _fits(self, candidate: int, index: int, span: Span, scores: Scores) -> bool:
        a, b = self.passages[candidate], self.passages[index]
        joined = max(a.span.end, span.end) - min(a.span.start, span.start)
        follows_heading = b.is_heading and a.span.start == span.end
        good = follows_heading or float(scores[candidate]) >= NEIGHBOUR * float(scores[index])
        return good and not a.more and a.file == b.file and a.paragraph == b.paragraph and joined <= LONG


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Ranges in the order of the text, those with only blanks between them joined as long as they stay short."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else span
        if found and not text[last.end : span.start].strip() and span.end - last.start <= 2 * LONG:
            found[-1] = Span(last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def same_words(one: str, other: str) -> bool:
    """True if the shorter text's character bigrams are nearly all in the longer, punctuation apart.

    >>> same_words("最后，祝大家节日愉快，工作顺利！", "祝大家节日愉快、工作顺利。")
    True
    """
    bigrams = [{c[i : i + 2] for i in range(len(c) - 1)} for c in ("".join(filter(str.isalnum, t)) for t in (one, other))]
    small, large = sorted(bigrams, key=len)
    return bool(small) and len(small & large) / len(small) >= SAME and len(large) <= 1.6 * len(small)


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
    found = searchable(corpus, cut, unanswered, segmenter)
    sounds = homophones(found.known)
    has_asks = any(passage.asks for passage in cut)
    reader = Reader(corpus, segmenter, words, thesaurus(words.synonyms), sounds, found.known, has_asks=has_asks)
    return Engine(corpus, cut, found, reader, judge)
