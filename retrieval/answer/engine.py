"""The conductor: answers questions about a corpus with quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from retrieval.answer.case import Case
from retrieval.answer.checks import Confidence, Verdict, decide
from retrieval.answer.evidence import evidence
from retrieval.answer.judge import Judge
from retrieval.answer.passage_words import is_keyword, typed_words, words_said
from retrieval.answer.quoting import Quoter
from retrieval.answer.scope import Scope
from retrieval.answer.scoring import CANDIDATES, Hit, Ranked, Scorer
from retrieval.index.passages import Passage
from retrieval.index.searchable import Searchable
from retrieval.question.references import Reference
from retrieval.question.understand import Reader, Understood
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Span

TELLING = 10  # characters from which a passage of an opening or closing says something: 谢谢大家。 does not
WORTH = 0.4  # relative score from which a quote stands beside or after the best: 2.5 quotes a card instead of 3, nothing lost in hit@3

# Where nothing was searched for, and no check was asked.
PART_NAMED = Verdict("none", "part named")
NO_TERMS = Verdict("none", "no terms")
PLACE_NAMED, PLACE_EMPTY = Verdict("sure", "place named"), Verdict("none", "place empty")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: quotes best first (none if confidence is none), and how it came about.

    case: what the verdict rests on; None where nothing was searched for. more: there are further quotes after these.
    """

    question: str
    verdict: Verdict
    quotes: tuple[Quote, ...]
    understood: Understood
    case: Case | None = None
    more: bool = False

    @property
    def confidence(self) -> Confidence:
        """How sure it is."""
        return self.verdict.state


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
        return self._looked_up(understood) or self._placed(understood, top, skip) or self._searched(understood, top, skip)

    def within(self, understood: Understood, references: tuple[Reference, ...], top: int = 3) -> Answer:
        """The same question, asked of other speeches or parts only."""
        return self.answer(replace(understood, references=references, lookup=False), top)

    def _looked_up(self, understood: Understood) -> Answer | None:
        """No quotes, for a question that is a look-up or is asked of parts that do not exist."""
        if understood.references and not any(map(self.scope.exists, understood.references)):
            understood = replace(understood, lookup=True)
        return Answer(understood.question, PART_NAMED, (), understood) if understood.lookup else None

    def _placed(self, understood: Understood, top: int, skip: int) -> Answer | None:
        """For a question about nothing else the first words of the speeches, or their last: of one `top` passages, of several one each."""
        if not understood.place or understood.terms:
            return None
        found = self._telling(understood)
        each = top + skip if len(found) == 1 else 1
        spans = [(n, s) for n, of in found.items() for s in (of[:each] if understood.place == "opening" else of[-each:])]
        quotes = tuple(quote(self.corpus, n, s, 1.0) for n, s in spans[skip : skip + top])
        return Answer(understood.question, PLACE_NAMED if quotes else PLACE_EMPTY, quotes, understood, more=len(spans) > skip + top)

    def _telling(self, understood: Understood) -> dict[int, list[Span]]:
        """By speech the passages of the opening or closing that say something."""
        at, allowed = self.scope.at(understood.place), self.scope.inside(understood.references)
        found: dict[int, list[Span]] = {}
        for passage in (self.passages[i] for i in np.flatnonzero(at if allowed is None else at & allowed)):
            if not passage.more and passage.span.end - passage.span.start >= TELLING:
                found.setdefault(passage.speech, []).append(passage.span)
        return found

    def _searched(self, understood: Understood, top: int, skip: int) -> Answer:
        """What the best passages say, with the verdict of the checks."""
        if not understood.terms:
            return Answer(understood.question, NO_TERMS, (), understood)
        ranked = self.scorer.ranked(understood, CANDIDATES + skip)
        case = self.case(understood, ranked)
        verdict = decide(case)
        if verdict.state == "none":
            return Answer(understood.question, verdict, (), understood, case)
        hits = self._worth_showing(understood, ranked)
        quotes, more = self._quoter.quotes(understood, hits, ranked.scores, top + skip)
        return Answer(understood.question, verdict, tuple(quotes[skip:]), understood, case, more)

    def case(self, understood: Understood, ranked: Ranked) -> Case:
        """What the checks look at, for a question and what was found for it."""
        hits, text, words = ranked.hits[:CANDIDATES], understood.text, typed_words(understood.terms)
        passage = self.found.said[hits[0].passage] if hits else ""
        here = evidence(self.found, self.passages, understood, hits)
        anywhere = evidence(self.found, self.passages, understood, ranked.anywhere) if understood.references else here
        return Case(
            understood=understood,
            hits=hits,
            highest=ranked.anywhere[0].score if ranked.anywhere else 0.0,
            passage=passage,
            said=words_said(text, passage, self.reader.segmenter) if is_keyword(text) else None,
            words=words,
            on_subject=any("w" + word in self.found.subject for word in words),
            often_asked=bool(words) and all("w" + word in self.found.asked for word in words),
            evidence=here,
            anywhere=anywhere,
            judgement=self.judge.judgement(here, anywhere),
        )

    def _worth_showing(self, understood: Understood, ranked: Ranked) -> tuple[Hit, ...]:
        """The hits to quote: of each speech one, where that was asked; none that is far weaker than the first."""
        hits = (understood.each and self.scorer.of_each_speech(understood, ranked)) or ranked.hits
        return tuple(hit for hit in hits if hit.score >= WORTH * hits[0].score)

    def range_of(self, reference: Reference) -> Span:
        """The range that a reference names. Raises UnknownReference with the choices."""
        return self.scope.range_of(reference)

    @cached_property
    def scope(self) -> Scope:
        """The passages by the part that they stand in."""
        return Scope(self.corpus, self.passages)

    @cached_property
    def scorer(self) -> Scorer:
        """What scores the passages."""
        return Scorer(self.passages, self.found, self.scope)

    @cached_property
    def _quoter(self) -> Quoter:
        return Quoter(self.corpus, self.passages, self.reader.segmenter)
