"""A question understood → every passage's score, and the best passages, in the parts that it names and anywhere."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.answer.by_meaning import ByMeaning
from retrieval.answer.passage_words import is_keyword, typed_words
from retrieval.answer.scope import Mask, Scope
from retrieval.index.candidates import Candidates, CandidateScope
from retrieval.index.meaning.meaning import Meant
from retrieval.index.passages import Passage
from retrieval.index.postings import Floats
from retrieval.index.search import PassageScores, Scores, best
from retrieval.index.searchable import Searchable
from retrieval.question.understand import Understood

# Passages that are taken from elsewhere, of all and of each speech that is named; of fewer all, so that the answers are the same. Of
# 10 000 the last one taken has .06 of the best one's score (median of 60 questions, .32 at the most); `engine.WORTH` is .4.
TAKEN = 2000
SEARCHED_APART = 6  # speeches that are searched one by one, as many as a message can list; those of a name or a year together
CANDIDATES = 12  # best passages looked at closely; 20 gave the same answers and took .2 ms more
PLACE = 1.3  # factor of passages in the opening or closing when the question asks for it; 1, 1.15 and 1.6 find fewer
SAID = 1.3  # factor of passages that have a keyword as typed: of the 700 most frequent words 697 find one first, 663 with 1
LIKELY = 0.05  # power to which a passage's odds by the classifier are a factor of its score; docs/numbers.md
BESIDE = 0.05  # the same once more for those beside the best; docs/numbers.md
LIST = 0.8  # factor of lists when the question asks for one thing: .747 right first without, .749 with (one writer against the others)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score."""

    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """Every passage's score. hits: the best passages inside the parts that the question names; anywhere: the best of all, best first.

    meant: what it means beside the passages without asks; None where meaning is not asked. odds: of the classifier.
    """

    scores: PassageScores
    allowed: Mask | None
    hits: tuple[Hit, ...]
    anywhere: tuple[Hit, ...]
    meant: Meant | None = None
    odds: Floats | None = None


Level = Callable[[Sequence[Hit], Meant], float]


@dataclass(frozen=True)
class Scorer:
    """Scores the passages of one corpus. by_meaning: those without asks; None where only words count.

    candidates: finds passages in place of the index at hand, `taken` of them, and raises IndexUnavailable where it cannot.
    """

    passages: Sequence[Passage]
    found: Searchable
    scope: Scope
    by_meaning: ByMeaning | None = None
    candidates: Candidates | None = None
    taken: int = TAKEN

    def ranked(self, understood: Understood, count: int = CANDIDATES, level: Level | None = None) -> Ranked:
        """The scores, and the `count` best passages inside the references, CANDIDATES of them anywhere.

        level: how high the best passage without asks stands, for the best ones with asks and what the question means beside the others.
        """
        by_words, allowed = self.by_words(understood), self.scope.inside(understood.references)
        odds = self.found.classifier.odds(understood.terms)
        meant = self.by_meaning.meant(understood, by_words) if self.by_meaning else None

        def scored(among: Mask | None) -> Scores:
            scores = self._likely(understood, by_words, odds, among)
            if self.by_meaning and meant:
                scores[self.by_meaning.rows] = 0
                height = level(self.hits(scores, None, CANDIDATES), meant) if level else 1.0
                scores[self.by_meaning.rows] = height * self.by_meaning.worth(meant)
            return scores

        scores = scored(allowed)
        hits = self.hits(scores, allowed, count)
        anywhere = self.hits(scored(None), None, CANDIDATES) if understood.references else hits
        return Ranked(scores, allowed, hits, anywhere, meant, odds)

    def _likely(self, understood: Understood, scores: Scores, odds: Floats | None, allowed: Mask | None) -> Scores:
        """Of passages with asks in the order that the classifier gives them too; the best of those allowed keeps its score.

        A keyword stands where it is typed.
        """
        asked, changed = self.found.classifier.passages, scores.copy()
        if odds is not None and not is_keyword(understood.text):
            factors = np.exp(LIKELY * (odds[:-1] - odds[:-1].max()))
            weighed = scores[asked] * factors
            best = int((weighed if allowed is None else weighed * allowed[asked]).argmax())
            changed[asked] = weighed / factors[best]
        return changed

    def scores(self, understood: Understood) -> PassageScores:
        """The scores by words of the passages, for what is asked of many of them."""
        return self.by_words(understood)

    def by_words(self, understood: Understood) -> Scores:
        """Every passage's score by words, with the factors for lists, for keywords as they were typed, and for openings and closings."""
        scores = self._searched(understood)
        if not understood.wants_list:
            scores = scores * self._list_factor
        if is_keyword(understood.text):
            scores = scores * np.where([understood.text in said for said in self.found.said], SAID, 1).astype(np.float32)
        if understood.place:
            scores = scores * np.where(self.scope.at(understood.place), PLACE, 1).astype(np.float32)
        return scores

    def _searched(self, understood: Understood) -> Scores:
        if self.candidates is None:
            return self.found.index.search(understood.terms)
        scores, weighed = np.zeros(len(self.passages), np.float32), self.candidates.weighed(understood.terms)
        for within in (None, *self._named(understood)):
            numbers, found = self.candidates.search(weighed, self.taken, within)
            scores[numbers] = found
        return scores

    def _named(self, understood: Understood) -> list[CandidateScope]:
        """The speeches that a question names, where not all passages are taken."""
        if len(self.passages) <= self.taken:
            return []
        rows = (np.flatnonzero(self._speeches == number) for number in understood.scope)
        ranges = [(int(of[0]), int(of[-1]) + 1) for of in rows if len(of)]
        return [CandidateScope(among=tuple(ranges))] if len(ranges) > SEARCHED_APART else [CandidateScope(passages=of) for of in ranges]

    def nearest(self, ranked: Ranked, count: int) -> Sequence[int]:
        """The `count` best passages inside the references, best first."""
        return [hit.passage for hit in self.hits(ranked.scores, ranked.allowed, count)]

    def positive(self, scores: PassageScores) -> Iterator[Hit]:
        """The passages with a score, in order."""
        return (Hit(passage, score) for passage, score in enumerate(np.asarray(scores).tolist()) if score > 0)

    def hits(self, scores: PassageScores, allowed: Mask | None, count: int) -> tuple[Hit, ...]:
        """The best of the passages allowed, best first; ties in the order of the texts."""
        of_all: Scores = np.asarray(scores)
        return tuple(Hit(i, float(of_all[i])) for i in best(of_all, allowed, count))

    def worth_showing(self, understood: Understood, ranked: Ranked, worth: float) -> tuple[Hit, ...]:
        """The hits to quote: of each speech one, where that was asked; none below `worth` of the first one's score."""
        each = understood.each and self.of_each_speech(understood, ranked)
        found = each or ranked.hits
        hits = tuple(hit for hit in found if hit.score >= worth * found[0].score)
        return hits if each or ranked.odds is None else self._beside_the_best(hits, ranked.odds)

    def _beside_the_best(self, hits: Sequence[Hit], odds: Floats) -> tuple[Hit, ...]:
        """Those after the best in the order that the classifier gives them once more, which knows what the best is not; none scores more
        than the one before."""
        least = int(odds[:-1].argmin())  # of what nobody asked of
        found = list(hits[:1])
        for hit in sorted(hits[1:], key=lambda hit: -hit.score * math.exp(BESIDE * float(odds[self._columns.get(hit.passage, least)]))):
            found.append(Hit(hit.passage, min(hit.score, found[-1].score)))
        return tuple(found)

    def of_each_speech(self, understood: Understood, ranked: Ranked) -> tuple[Hit, ...]:
        """The best hit of every speech that has a word of the question, best first; no lists, which are several quotes.

        The best of all need not have one, if the question is more than a keyword: it may say the same in other words.
        """
        words = typed_words(understood.terms)
        found: dict[int, Hit] = {}
        for hit in self.hits(ranked.scores, ranked.allowed, len(self.passages)):
            passage = self.passages[hit.passage]
            said = not words or any(word in self.found.said[hit.passage] for word in words)
            if not passage.more and (said or not (found or is_keyword(understood.text))):
                found.setdefault(passage.speech, hit)
        return tuple(found.values())

    @cached_property
    def _columns(self) -> Mapping[int, int]:
        """Where the odds of a passage are."""
        return {passage: column for column, passage in enumerate(self.found.classifier.passages.tolist())}

    @cached_property
    def _speeches(self) -> npt.NDArray[np.int32]:
        return np.array([p.speech for p in self.passages], np.int32)

    @cached_property
    def _list_factor(self) -> Scores:
        return np.array([LIST if p.more else 1 for p in self.passages], np.float32)
