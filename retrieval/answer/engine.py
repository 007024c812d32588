"""The conductor: answers questions about a corpus with quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from retrieval.answer.by_meaning import ByMeaning
from retrieval.answer.case import Case
from retrieval.answer.checks import Confidence, Verdict, decide
from retrieval.answer.evidence import evidence
from retrieval.answer.judge import Judge, Judgement
from retrieval.answer.literal_answer import ABSENT_NEAR, FOUND_NEAR, Literal, looked_up, quotes_of, rare_word
from retrieval.answer.merging import level
from retrieval.answer.passage_words import asks_without, core, is_keyword, says, says_around, typed_words, words_said
from retrieval.answer.proposed_questions import ProposedQuestions
from retrieval.answer.quoting import Quoter
from retrieval.answer.recipients import told_whom
from retrieval.answer.scope import Scope
from retrieval.answer.scoring import CANDIDATES, Hit, Ranked, Scorer
from retrieval.errors import IndexUnavailable
from retrieval.exact.concordance import Occurrence
from retrieval.exact.exact_text import ExactText
from retrieval.index.candidates import Candidates
from retrieval.index.meaning.meaning import PassageMeaning
from retrieval.index.message_kinds import MessageKinds
from retrieval.index.passages import Passage
from retrieval.index.searchable import Searchable
from retrieval.question.literal import BY_ITSELF, CLAIMED, RETOLD, LiteralReader
from retrieval.question.references import Reference
from retrieval.question.understand import Reader, Understood
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question

TELLING = 10  # characters from which a passage of an opening or closing says something: 谢谢大家。 does not
WORTH = 0.3  # relative score from which a quote stands beside or after the best, docs/numbers.md
MOST_PLACES = 500  # of a wording that quotes are made of, chosen: 劳动 has 167 in the six speeches, 27 000 in a million passages
RELATED_TO = 40  # passages that are compared with one, chosen
NEAR_SHOWN = 3  # quotes of a near answer that are shown at once: of 167 to unseen writers the first is right 75 times, one of three 112

# Where nothing was searched for, and no check was asked.
PART_NAMED = Verdict("none", "part named")
NO_TERMS = Verdict("none", "no terms")
PLACE_NAMED, PLACE_EMPTY = Verdict("sure", "place named"), Verdict("none", "place empty")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: quotes best first (none if confidence is none), and how it came about.

    case: what the verdict rests on; None where nothing was searched for. more: there are further quotes after these.
    shown: how many of the first quotes a card shows at once. literal: what was looked up word for word.
    """

    question: str
    verdict: Verdict
    quotes: tuple[Quote, ...]
    understood: Understood
    case: Case | None = None
    more: bool = False
    shown: int = 1
    literal: Literal | None = None

    @property
    def confidence(self) -> Confidence:
        """How sure it is."""
        return self.verdict.state


@dataclass(frozen=True)
class Engine:
    """Everything that is known about one corpus; immutable, safe to use from several threads.

    proposed: of each passage the questions that may be proposed, a line each. kinds: of messages that are no questions.
    meaning: of the passages without asks, where models of it are installed. candidates: finds passages in place of the index at hand.
    """

    corpus: Corpus
    passages: Sequence[Passage]
    found: Searchable
    reader: Reader
    judge: Judge
    proposed: Sequence[str]
    kinds: MessageKinds
    meaning: PassageMeaning | None = None
    candidates: Candidates | None = None

    def ask(self, question: str, top: int = 3, skip: int = 0) -> Answer:
        """The best `top` quotes after the first `skip`, with how sure the answer is.

        A question that only names a part is answered with no quotes: `understood.lookup` says what to show.
        """
        return self.answer(self.reader.understand(question), top, skip)

    def answer(self, understood: Understood, top: int = 3, skip: int = 0, *, weak: bool = False) -> Answer:
        """Like `ask`, for what was understood; what is asked of parts of which none exists is a look-up. weak: also what no card shows."""
        literal = self._literal(understood)
        if literal and literal.decides:
            return self._literally(understood, literal, top, skip)
        answer = self._looked_up(understood) or self._placed(understood, top, skip) or self._searched(understood, top, skip, weak=weak)
        if literal is None or (literal.question.wants != "quoted" and literal.question.strict):
            return answer
        if answer.verdict.state == "none" and not literal.absent:  # nothing is denied above the very words
            return replace(self._literally(understood, literal.meant, top, skip), verdict=FOUND_NEAR)
        if answer.verdict.state == "none" and (near := rare_word(self.exact, literal, self.reader.segmenter)):
            return replace(self._literally(understood, near, top, skip), literal=literal, verdict=ABSENT_NEAR)
        never_sure = literal.absent and answer.verdict.state == "sure"
        return replace(answer, literal=literal, verdict=ABSENT_NEAR if never_sure else answer.verdict)

    def _literal(self, understood: Understood) -> Literal | None:
        """What the message asks literally, looked up; None for an ordinary question."""
        asked = self.literal_reader.read(understood.question)
        if asked is None or (understood.each and asks_without(fold_question(understood.question))):
            return None
        existing = [reference for reference in asked.references if self.scope.exists(reference)]
        found = looked_up(self.exact, asked, [(reference.number, self.range_of(reference)) for reference in existing], self.corpus)
        return None if asked.because in (BY_ITSELF, CLAIMED, RETOLD) and not found.decides else found

    def _literally(self, understood: Understood, literal: Literal, top: int, skip: int) -> Answer:
        """The sentences around the places of a wording, or around what comes closest to it."""
        quotes = quotes_of(self.corpus, literal.in_order(self.corpus, understood.question, self._relevance(literal))[:MOST_PLACES])
        first = {quote.source.speech: quote for quote in reversed(quotes)} if understood.each else {}
        ordered = [*sorted(first.values(), key=quotes.index), *(quote for quote in quotes if quote not in first.values())]
        some, shown, told = tuple(ordered[skip : skip + top]), max(len(first) - skip, 1), literal.answered(understood.question, quotes)
        return Answer(understood.question, told, some, understood, None, len(quotes) > skip + top, shown, literal)

    def within(self, understood: Understood, references: tuple[Reference, ...], top: int = 3) -> Answer:
        """The same question, asked of other speeches or parts only."""
        return self.answer(replace(understood, references=references, lookup=False), top)

    def _looked_up(self, understood: Understood) -> Answer | None:
        """No quotes, for a question that is a look-up or is asked of parts that do not exist."""
        if understood.references and not any(map(self.scope.exists, understood.references)):
            understood = replace(understood, lookup=True)
        return Answer(understood.question, PART_NAMED, (), understood) if understood.lookup else None

    def _relevance(self, literal: Literal) -> Callable[[Occurrence], float]:
        """Orders places by what the passages around them say of the wordings, the most telling first; by nothing without an index."""
        understood = self.reader.understand(" ".join(literal.question.wordings))
        here: dict[int, list[tuple[Span, float]]] = {}
        with suppress(IndexUnavailable):  # words are found in the texts, whatever has become of it
            for hit in self.scorer.positive(self.scorer.scores(understood)):
                here.setdefault(self.passages[hit.passage].speech, []).append((self.passages[hit.passage].span, hit.score))

        def relevance(place: Occurrence) -> float:
            return -max((score for span, score in here.get(place.speech, ()) if span.covers(place.span)), default=0.0)

        return relevance

    def _placed(self, understood: Understood, top: int, skip: int) -> Answer | None:
        """For a question about nothing else the first words of the speeches, or their last: of one `top` passages, of several one each."""
        if not understood.place or understood.terms:
            return None
        found = self._telling(understood)
        each = top + skip if len(found) == 1 else 1
        spans = [(n, s) for n, of in found.items() for s in (of[:each] if understood.place == "opening" else of[-each:])]
        quotes = tuple(quote(self.corpus, n, s, 1.0) for n, s in spans[skip : skip + top])
        verdict, more = PLACE_NAMED if quotes else PLACE_EMPTY, len(spans) > skip + top
        return Answer(understood.question, verdict, quotes, understood, more=more, shown=len(quotes) if len(found) > 1 else 1)

    def _telling(self, understood: Understood) -> dict[int, list[Span]]:
        """By speech the passages of the opening or closing that say something."""
        at, allowed = self.scope.at(understood.place), self.scope.inside(understood.references)
        found: dict[int, list[Span]] = {}
        for passage in (self.passages[i] for i in np.flatnonzero(at if allowed is None else at & allowed).tolist()):
            if not passage.more and passage.span.end - passage.span.start >= TELLING:
                found.setdefault(passage.speech, []).append(passage.span)
        return found

    def _searched(self, understood: Understood, top: int, skip: int, *, weak: bool) -> Answer:
        """What the best passages say, with the verdict of the checks."""
        if not understood.terms:
            return Answer(understood.question, NO_TERMS, (), understood)
        ranked, case = self._found_for(understood, CANDIDATES + skip)
        verdict = decide(case)
        if verdict.state == "none":
            return Answer(understood.question, verdict, (), understood, case)
        hits = self.scorer.worth_showing(understood, ranked, 0 if weak else WORTH)
        quotes, more, of_first = self._quoter.quotes(understood, hits, ranked.scores, top + skip)
        least = NEAR_SHOWN if verdict.state == "near" else 1
        shown = len(quotes) - skip if understood.each else max(of_first - skip, least)
        return Answer(understood.question, verdict, tuple(quotes[skip:]), understood, case, more, shown)

    def _found_for(self, understood: Understood, candidates: int) -> tuple[Ranked, Case]:
        """What was found and what the verdict rests on; kept until the next question, for an answer's further pages are counted then."""
        last = self._last.get("found")
        if last is None or last[0] is not understood or last[1] != candidates:
            ranked = self.scorer.ranked(understood, candidates, partial(level, self.found, self.passages, self.judge, understood))
            ranked = told_whom(self.corpus, self.passages, understood.text, ranked)
            last = self._last["found"] = (understood, candidates, ranked, self.case(understood, ranked))
        return last[2], last[3]

    @cached_property
    def _last(self) -> dict[str, tuple[Understood, int, Ranked, Case]]:
        return {}

    def case(self, understood: Understood, ranked: Ranked) -> Case:
        """What the checks look at, for a question and what was found for it."""
        hits, text, words = ranked.hits[:CANDIDATES], core(understood.text), typed_words(understood.terms)
        passage = self.found.said[hits[0].passage] if hits else ""
        content = words - set(self.reader.words.small)
        subject = bool(content and hits) and all("w" + word in self.found.subject for word in content)
        speaking = partial(evidence, self.found, self.passages, understood, odds=ranked.odds)
        here = speaking(self._alike(hits))
        anywhere = speaking(self._alike(ranked.anywhere)) if understood.references else here
        return Case(
            understood=understood,
            hits=hits,
            highest=ranked.anywhere[0].score if ranked.anywhere else 0.0,
            passage=passage,
            said=words_said(text, passage, self.reader.segmenter) if is_keyword(text) else "all" if says(passage, text) else None,
            words=words,
            on_subject=any("w" + word in self.found.subject for word in words),
            only_subject=subject and says_around(self.corpus, self.passages[hits[0].passage], content),
            often_asked=bool(words) and all("w" + word in self.found.asked for word in words),
            evidence=here,
            anywhere=anywhere,
            judgement=self._by_meaning(ranked) or self.judge.judgement(here, anywhere),
        )

    def _alike(self, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Those that are scored as the first is, by asks or by meaning: others tell nothing about its lead."""
        by = self.scorer.by_meaning
        return tuple(hit for hit in hits if by.has(hit.passage) == by.has(hits[0].passage)) if by else hits

    def _by_meaning(self, ranked: Ranked) -> Judgement | None:
        """What meaning says to the best passage; None where that is found by words alone."""
        by, meant = self.scorer.by_meaning, ranked.meant
        if not (by and meant and ranked.hits and by.has(ranked.hits[0].passage)):
            return None
        right = by.right(meant, ranked.hits[0].passage, ranked.allowed)
        return Judgement(meant.related, right, right, meant.is_related, is_answered=True, is_right=meant.is_right(right))

    def nearest(self, understood: Understood, count: int) -> Sequence[int]:
        """The `count` best passages inside the references, best first; for the question just answered they are scored already."""
        last = self._last.get("found")
        return self.scorer.nearest(last[2] if last and last[0] is understood else self.scorer.ranked(understood), count)

    @cached_property
    def proposed_questions(self) -> ProposedQuestions:
        """Those to go on with."""

        def found(text: str) -> Sequence[Hit]:
            asked = self.reader.understand(text)
            return self.scorer.hits(self.scorer.scores(asked), None, RELATED_TO) if asked.terms else ()

        def answers(ask: str, passage: int) -> bool:
            answer = self.ask(ask, 1)
            return answer.confidence == "sure" and self.passages[passage].overlaps(answer.quotes[0].source)

        return ProposedQuestions(self.proposed, found, answers)

    def speeches_with(self, word: str) -> Sequence[int]:
        """The numbers of the speeches that have a word, whatever marks stand between its letters."""
        return sorted({place.speech for place in self.exact.concordance.find(word)})

    def count_of(self, word: str) -> int:
        """How often a word stands in the texts of all speeches."""
        return len(self.exact.concordance.find(word))

    def said_somewhere(self, word: str) -> bool:
        """Whether some passage has a word."""
        return any(word in said for said in self.found.said)

    def range_of(self, reference: Reference) -> Span:
        """The range that a reference names. Raises UnknownReference with the choices."""
        return self.scope.range_of(reference)

    @cached_property
    def exact(self) -> ExactText:
        """Looks wordings up."""
        return ExactText(self.corpus)

    @cached_property
    def literal_reader(self) -> LiteralReader:
        """Reads what is asked literally."""
        return LiteralReader(self.corpus)

    @cached_property
    def scope(self) -> Scope:
        """The passages by the part that they stand in."""
        return Scope(self.corpus, self.passages)

    @cached_property
    def scorer(self) -> Scorer:
        """What scores the passages."""
        by = ByMeaning(self.passages, self.found, self.meaning) if self.meaning else None
        return Scorer(self.passages, self.found, self.scope, by, self.candidates)

    @cached_property
    def _quoter(self) -> Quoter:
        return Quoter(self.corpus, self.passages, self.reader.segmenter)
