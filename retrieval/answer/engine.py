"""The conductor: answers questions about a corpus with quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.answer.checks import asks_without, has_numbers, words_said
from retrieval.answer.judge import Confidence, Evidence, Judge
from retrieval.answer.quoting import Hit, Quoter
from retrieval.errors import UnknownReference
from retrieval.index.passages import Passage
from retrieval.index.search import Scores, best
from retrieval.index.searchable import Searchable
from retrieval.question.references import Reference
from retrieval.question.understand import CHARACTER, Place, Reader, Understood
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question

CANDIDATES = 12  # best passages looked at closely; 20 gave the same answers and took .2 ms more
PLACE = 1.3  # factor of passages in the opening or closing when the question asks for it
TELLING = 10  # characters from which a passage of an opening or closing says something: 谢谢大家。 does not
ELSEWHERE = 0.85  # of the best score anywhere: below it a named speech does not say it, another does; the 33 questions of three sets that
# name a speech and get a right sure answer have .89 and more
KEYWORD = 4  # characters up to which a question is a keyword: the passage has it or not, whatever the judge says
# Of passages that have a keyword as it was typed. Of the 700 most frequent words 663 find one first with 1, 696 with 1.15, 697 with 1.3-2.
SAID = 1.3
NAME = 3  # characters from which a word that the passage says makes it near: of 1 353 questions about anything else one has such a word
WORTH = 0.4  # relative score from which a quote stands beside or after a sure one: 2.5 quotes a card instead of 3, nothing lost in hit@3
LIST = 0.8  # factor of lists when the question asks for one thing: .747 right first without, .749 with (one writer against the others)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: quotes best first (none if confidence is none), and how it came about.

    anywhere: the evidence of all speeches, where `evidence` is that of the speeches that the question names.
    more: there are further quotes after these.
    """

    question: str
    confidence: Confidence
    quotes: tuple[Quote, ...]
    understood: Understood
    evidence: Evidence | None = None
    anywhere: Evidence | None = None
    more: bool = False


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
        """Like `ask`, for what was understood already; what is asked of parts of which none exists is a look-up."""
        if understood.references and not any(map(self._range, understood.references)):
            understood = replace(understood, lookup=True)
            return Answer(understood.question, "none", (), understood)
        if understood.place and not understood.terms:
            return self._answer_place(understood, top, skip)
        if understood.lookup or not understood.terms:
            return Answer(understood.question, "none", (), understood)
        scores = self.scores(understood)
        hits = _hits(scores, self.allowed(understood), CANDIDATES + skip)
        evidence = self.evidence(understood, hits)
        everywhere = _hits(scores, None, CANDIDATES) if understood.references else hits
        anywhere = self.evidence(understood, everywhere) if understood.references else evidence
        elsewhere = bool(hits) and hits[0].score < ELSEWHERE * everywhere[0].score
        confidence = self._state(understood, hits[0], evidence, anywhere, elsewhere=elsewhere) if hits else "none"
        if understood.each:
            hits = self._of_each_speech(scores, understood) or hits
        if confidence == "sure" or understood.each:
            hits = [hit for hit in hits if hit.score >= WORTH * hits[0].score]
        if confidence == "none":
            return Answer(understood.question, confidence, (), understood, evidence, anywhere)
        quotes, more = self._quoter.quotes(understood, hits, scores, top + skip)
        return Answer(understood.question, confidence, tuple(quotes[skip:]), understood, evidence, anywhere, more)

    def _state(self, understood: Understood, first: Hit, evidence: Evidence, anywhere: Evidence, *, elsewhere: bool) -> Confidence:
        """The judge's verdict, but what names the subject is not far from it, and what the best passage says itself has the last word."""
        passage = self.found.said[first.passage]
        verdict = self.judge.state(evidence, anywhere)
        words = {term for term, weight in understood.terms.items() if term[0] == "w" and weight >= 1}
        known = not self.found.subject.isdisjoint(words) or any(len(w) > NAME and w[1:] in passage for w in words)
        if len(understood.text) <= KEYWORD:
            said = words_said(understood.text, passage, self.reader.segmenter)
            if said == "all":
                return "sure"
            verdict = "near" if said == "none" and verdict == "sure" else verdict
            known = known or (bool(words) and words <= self.found.asked)
        denied = understood.each and asks_without(fold_question(understood.question))
        unproved = elsewhere or denied or not has_numbers(understood.text, passage)
        if verdict == "sure" and unproved:
            return "near"
        return "near" if verdict == "none" and known else verdict

    def _of_each_speech(self, scores: Scores, understood: Understood) -> list[Hit]:
        """The best hit of every speech that has a word of the question, best first; no lists, which are several quotes.

        The best of all need not have one, if the question is more than a keyword: it may say the same in other words.
        """
        words = [term[1:] for term, weight in understood.terms.items() if term[0] == "w" and weight >= 1]
        found: dict[int, Hit] = {}
        for hit in _hits(scores, self.allowed(understood), len(self.passages)):
            passage = self.passages[hit.passage]
            said = not words or any(word in self.found.said[hit.passage] for word in words)
            if not passage.more and (said or not (found or len(understood.text) <= KEYWORD)):
                found.setdefault(passage.speech, hit)
        return list(found.values())

    def within(self, understood: Understood, references: tuple[Reference, ...], top: int = 3) -> Answer:
        """The same question, asked of other speeches or parts only."""
        return self.answer(replace(understood, references=references, lookup=False), top)

    def scores(self, understood: Understood) -> Scores:
        """Every passage's score, with the factors for lists, for keywords as they were typed, and for openings and closings."""
        scores = self.found.index.search(understood.terms)
        if not understood.wants_list:
            scores = scores * self._list_factor
        if len(understood.text) <= KEYWORD:
            scores = scores * np.where([understood.text in said for said in self.found.said], SAID, 1).astype(np.float32)
        if understood.place:
            scores = scores * np.where(self._at_place(understood.place), PLACE, 1).astype(np.float32)
        return scores

    @cached_property
    def _quoter(self) -> Quoter:
        return Quoter(self.corpus, self.passages, self.reader.segmenter)

    @cached_property
    def _list_factor(self) -> Scores:
        return np.array([LIST if p.more else 1 for p in self.passages], np.float32)

    def _at_place(self, place: Place) -> npt.NDArray[np.bool_]:
        spans = {n.number: _place_of(n, place) for n in self.corpus.speeches}
        return np.array([spans[p.speech].covers(p.span) for p in self.passages])

    def _answer_place(self, understood: Understood, top: int, skip: int) -> Answer:
        """The first words of the speeches asked for, or their last: of one speech `top` passages, of several one each."""
        at = self._at_place(understood.place)
        allowed = self.allowed(understood)
        inside = np.flatnonzero(at if allowed is None else at & allowed)
        found: dict[int, list[Span]] = {}
        for passage in (self.passages[i] for i in inside):
            if not passage.more and passage.span.end - passage.span.start >= TELLING:
                found.setdefault(passage.speech, []).append(passage.span)
        each = top + skip if len(found) == 1 else 1
        spans = [(n, s) for n, of in found.items() for s in (of[:each] if understood.place == "opening" else of[-each:])]
        quotes = tuple(quote(self.corpus, n, s, 1.0) for n, s in spans[skip : skip + top])
        return Answer(understood.question, "sure" if quotes else "none", quotes, understood, more=len(spans) > skip + top)

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


def _hits(scores: Scores, allowed: npt.NDArray[np.bool_] | None, count: int) -> list[Hit]:
    return [Hit(i, float(scores[i])) for i in best(scores, allowed, count)]


def _place_of(numbered: Numbered, place: Place) -> Span:
    """The opening or closing; of a speech without one its first or last printed paragraph."""
    marked = [node.span for node in numbered.speech.nodes if node.kind == place]
    paragraphs = numbered.speech.paragraphs
    if not (marked or paragraphs):
        return Span(0, 0)
    return marked[0] if marked else paragraphs[0 if place == "opening" else -1]
