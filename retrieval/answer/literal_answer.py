"""Wordings that a message asks for literally: looked up before anything is ranked, and quoted with the sentences around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answer.answer_kinds import BESIDE_ITS_PLACE, kind_missing
from retrieval.answer.checks import Verdict
from retrieval.answer.cutting import cut
from retrieval.exact.concordance import Occurrence
from retrieval.exact.exact_text import ExactText, Lookup
from retrieval.exact.letters import letters
from retrieval.exact.originals import closest_in
from retrieval.question.literal import BY_ITSELF, LiteralQuestion
from retrieval.question.spellings import MOST
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote, quote, source
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter

FOUND, FOUND_NEAR = Verdict("sure", "wording found"), Verdict("near", "wording found")
ABSENT, ABSENT_NEAR = Verdict("none", "wording absent"), Verdict("near", "wording absent")
ALTERED = 0.25  # of a sentence's letters, that its original may have others for where nothing is asked of it
BESIDE_THE_POINT = frozenset({"quoted", "length"})  # what is not asked of the wording itself


@dataclass(frozen=True, slots=True)
class Literal:
    """What was asked literally, and what was found of each wording."""

    question: LiteralQuestion
    lookups: tuple[Lookup, ...]

    @property
    def found(self) -> tuple[Occurrence, ...]:
        """Every place of every wording in the scope that was asked for."""
        return tuple(place for lookup in self.lookups for place in lookup.places)

    @property
    def absent(self) -> bool:
        """Whether one of the wordings stands nowhere in the scope."""
        return any(not lookup.places for lookup in self.lookups)

    @property
    def decides(self) -> bool:
        """Whether the lookup is the answer; else the message asks something more, or may have meant it in other words."""
        if not self.lookups or self.question.wants in BESIDE_THE_POINT:
            return False
        if self.question.because == BY_ITSELF:
            return all(lookup.places or (lookup.near and _is_nearly(lookup)) for lookup in self.lookups)
        told = any(lookup.places or lookup.elsewhere or lookup.near for lookup in self.lookups)
        return self.question.strict or told

    @property
    def meant(self) -> Literal:
        """The same, as if nothing but the wordings had been asked for."""
        return replace(self, question=replace(self.question, wants="where", strict=True))

    @property
    def verdict(self) -> Verdict:
        """Sure if all wordings stand in the scope; near if there is something to show in their place."""
        if not self.absent:
            return FOUND
        return ABSENT_NEAR if self.shown else ABSENT

    def answered(self, question: str, quotes: Sequence[Quote]) -> Verdict:
        """The verdict on a question; near where it asks which book or meeting a wording is from, and no quote has one."""
        said = "".join(fold_question(quote.text) for quote in quotes)
        lacks = self.verdict == FOUND and kind_missing(fold_question(question), said, BESIDE_ITS_PLACE)
        return FOUND_NEAR if lacks else self.verdict

    @property
    def shown(self) -> tuple[Occurrence, ...]:
        """The places to show: in the scope, else elsewhere, else of the closest originals; of what comes closest both, speech by speech."""
        if self.question.wants == "closest":
            nearest = ([lookup.near.place] if lookup.near else [] for lookup in self.lookups)
            return tuple(place for lookup, near in zip(self.lookups, nearest, strict=True) for place in (*lookup.places, *near))
        elsewhere = tuple(place for lookup in self.lookups for place in lookup.elsewhere)
        return self.found or elsewhere or tuple(lookup.near.place for lookup in self.lookups if lookup.near)

    def foremost(self, corpus: Corpus, question: str) -> tuple[str, tuple[int, ...]]:
        """Which end a question asks for: most, fewest, earliest, latest; and the speeches there that have its one wording; else "", ()."""
        frame = question.replace(self.lookups[0].text, "") if len(self.lookups) == 1 else ""
        end = next((name for name, asked in _ENDS.items() if asked.search(frame)), "")
        counts = Counter(place.speech for place in self.found)
        years = {number: year for number in counts if (year := corpus.speech(number).entry.year)}
        values = years if end in ("earliest", "latest") else counts if self.question.wants == "most" else {}
        if not end or len(values) < 2:
            return "", ()
        edge = (min if end in ("earliest", "fewest") else max)(values.values())
        return end, tuple(number for number, value in values.items() if value == edge)

    def in_order(self, corpus: Corpus, question: str, relevance: Callable[[Occurrence], float]) -> list[Occurrence]:
        """The places to show, those of the speeches that the question asks for first, the most telling before others."""
        _, first = self.foremost(corpus, question)
        return sorted(self.shown, key=lambda place: (place.speech not in first, relevance(place)))


_ENDS = {
    "earliest": re.compile("最[早先初]|第一次|首次|头一[回次]"),  # 最早  头一回  ✗最多
    "latest": re.compile("最[晚近新]|最后一次"),  # 最近  ✗最早
    "fewest": re.compile("最少"),  # 最少  ✗最多
    "most": re.compile("[最更][多常频爱]|多$"),  # 最多  更常  ✗最少
}


def _is_nearly(lookup: Lookup) -> bool:
    """Whether a wording and its original differ in few letters, or in their order alone."""
    if lookup.near and Counter(letters(lookup.text).text) == Counter(letters(lookup.near.text).text):
        return True
    changed = sum(max(change.end - change.start, len(change.words)) for change in lookup.near.changed) if lookup.near else len(lookup.text)
    return changed <= ALTERED * len(lookup.text)


def looked_up(exact: ExactText, asked: LiteralQuestion, within: Sequence[tuple[int, Span]], corpus: Corpus) -> Literal:
    """Every wording, in the parts that the message names; of what comes closest one after the other."""
    if asked.wants == "closest" and within:
        alone = [(one, replace(exact.look_up(word, (one,)), elsewhere=())) for word in asked.wordings for one in within]
        return Literal(asked, tuple(found if found.places else _nearest(corpus, one[0], found) for one, found in alone))
    return Literal(asked, tuple(_near_in(corpus, exact.look_up(wording, within), within) for wording in asked.wordings))


def rare_word(exact: ExactText, literal: Literal, segmenter: Segmenter) -> Literal | None:
    """Of a wording that stands nowhere, and that nothing comes close to, its rarest word that does: 下岗 of 下岗工人; None without one."""
    if literal.shown:
        return None
    words = [word.text for wording in literal.question.wordings for word in segmenter.words(wording)]
    halves = (half for word in words if len(word) == COMPOUND for half in (word[:2], word[2:]))
    counts = {word: len(exact.concordance.find(word)) for word in (*words, *halves) if len(word) > 1}
    said = [word for word, count in counts.items() if 0 < count <= RARE]
    if not said:
        return None
    word = min(said, key=lambda one: counts[one])
    return replace(literal, question=replace(literal.question, wordings=(word,)), lookups=(exact.look_up(word),)).meant


COMPOUND = 4  # characters of a word that may be two: 下岗工人
RARE = 4  # places of a word that tells what a wording is about, chosen: 下岗 has 1, 工人 23


def _near_in(corpus: Corpus, found: Lookup, within: Sequence[tuple[int, Span]]) -> Lookup:
    """With what comes closest in the speeches that were asked, if the closest of all stands in none of them."""
    speeches = {number for number, _ in within}
    if not found.near or not 0 < len(speeches) <= MOST or found.near.place.speech in speeches:
        return found
    nearer = (closest_in(corpus, number, found.text) for number in sorted(speeches))
    best = next(filter(None, nearer), None)
    return replace(found, near=best) if best else found


def _nearest(corpus: Corpus, number: int, found: Lookup) -> Lookup:
    """With what comes closest in one speech."""
    return replace(found, near=closest_in(corpus, number, found.text))


def quotes_of(corpus: Corpus, places: Sequence[Occurrence]) -> tuple[Quote, ...]:
    """The sentences around the places, the places marked; of headings only where nothing else has them; the same words once."""
    found: dict[str, Quote] = {}
    spans: set[tuple[int, Span]] = set()
    for place in [place for place in places if not place.heading] or places:
        span = sentences_around(corpus, place)
        if (place.speech, span) in spans:
            continue
        spans.add((place.speech, span))
        plain = quote(corpus, place.speech, span, 1.0)
        words = "".join(filter(str.isalnum, plain.text))
        known = found.get(words)
        marks = tuple(other.span for other in places if other.speech == place.speech and span.covers(other.span))
        found[words] = _joined(corpus, known, place.speech, span) if known else _marked(plain, marks)
    return tuple(found.values())


def sentences_around(corpus: Corpus, place: Occurrence) -> Span:
    """Whole sentences around a place, within its leaf if it lies in one."""
    leaves = [node.span for node in corpus.at(place.speech, place.span.start) if not node.children]
    around = leaves[-1] if leaves and leaves[-1].covers(place.span) else place.span
    return cut(corpus.texts[place.file], around, place.span)


def _marked(plain: Quote, marks: tuple[Span, ...]) -> Quote:
    return Quote(plain.id, plain.source, plain.text, marks, plain.score)


def _joined(corpus: Corpus, known: Quote, speech: int, span: Span) -> Quote:
    return Quote(known.id, known.source, known.text, known.marks, known.score, (*known.also, source(corpus, speech, span)))
