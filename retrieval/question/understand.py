"""A question → what was recognised: references, scope, place, and the weighted terms that are left to search for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from retrieval.errors import UnknownReference
from retrieval.question.names import in_year
from retrieval.question.references import Mentions, Reference, References
from retrieval.question.wordlists import any_of
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.numerals import to_chinese, to_int
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter, Term, is_han
from retrieval.terms.sound import Homophones, unknown_bigrams
from retrieval.terms.synonyms import Group, Thesaurus

Place = Literal["", "opening", "closing"]
CHARACTER = 1.0  # single characters beside words and bigrams; tried .5-1: best with and without asks
# Of an official word for an everyday one, divided by the root of their number. Tried .2-.8 with and without the root on 2 500 asks put to
# the speeches without their asks: right first .374, in three .491; without synonyms .360, .470. Where asks are known they do nothing.
SYNONYM = 0.4
HOMOPHONE = 0.6  # tried 0-1 on a public set with one homophone in each question: R@1 .965; .958 at 0, .962 at .3, .963 at 1; clean .973
# Passages that a word must stand in to be read for two other characters. Tried 1-40 on 285 questions with one wrong homophone each: with 5
# right in three .937, called none .030 (.916, .051 without), with 1 the same, with 20 .928, .035; 1 respells twice as many right ones.
COMPOUND = 4  # letters of a term from which it may be two words: its kind, and two characters each
MEANT = 5
LONGEST = 1000  # characters of a question that are looked at; a person's have 4 to 60
REMEMBERED = 64  # questions, chosen: one in hand is understood twice, beside it the one before
_CONTENT = re.compile(r"[^\W_]")  # 劳  a  3  ✗。  ✗_
_SEVERAL = re.compile(r"[几两二三四五六七八3-8](?:[个点条项大件要种样层]|方面|部分)")  # 四点  几个|方面  3方面  ✗一点  ✗两年
# e.g. 来三|句讲创新的  给我两|句  多|找几|条  ✗来一句  ✗前三句
_QUOTES_WISHED = re.compile(r"(?:来|给|找|要|挑|选|发|整|推荐|摘)(?:我|个)?([两二三四五几2-5])(?=[句条](?!话?是))")
SEVERAL = 3  # quotes of 来几句, chosen: a card has as many to choose among
_THANKS = r"(?:[,，。.!?~ ]*(?:谢谢[你您了啦]?|多谢|[啊呀啦]))+(?=[。.!?~ ]*$)"  # 什么作用|,谢谢啦|!  什么作用|啊|  ✗谢谢劳模
_EDGES = " ,，.。!?~、;；:：…"
_KEYWORD_ASKED = re.compile(r"^(.{1,4}?)(?:了?吗|了?没有?|[呢吧啊呀嘛])$")  # 工会呢  工会了吗  劳模精神没有  ✗工会  ✗工会做什么呢
_DOUBLED = re.compile(r"(.)\1")  # 劳劳|模  ✗劳模
_NUMBER = re.compile(r"(?<![0-9.])([1-9][0-9]?)(?![0-9.])(?=(\w))")  # 4|个  12|项  ✗3.|2|个  ✗2015年  ✗4。


@dataclass(frozen=True, slots=True)
class Words:
    """The words about asking, from config/words.yaml, and the synonym groups."""

    asking: tuple[str, ...] = ()
    questioning: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    courtesies: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    repeating: tuple[str, ...] = ()
    defining: tuple[str, ...] = ()
    leaning: tuple[str, ...] = ()
    adding_nothing: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    subjectless: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    synonyms: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was understood as.

    text: the folded question that was searched for. references: what it names; `lookup`: it wants just that part.
    place: it asks about the opening or closing; without terms for just that. wants_list: it asks for several things.
    each: it asks what each speech says.
    terms: with their weights, typed ones 1. corrected: 劳摸 → 劳模.
    expanded: everyday word → official word.
    """

    question: str
    text: str
    references: tuple[Reference, ...] = ()
    lookup: bool = False
    place: Place = ""
    wants_list: bool = False
    each: bool = False
    terms: Mapping[str, float] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    expanded: tuple[tuple[str, str], ...] = ()

    @property
    def scope(self) -> tuple[int, ...]:
        """The speeches that the question is limited to; () for all."""
        return tuple(dict.fromkeys(r.number for r in self.references))

    @property
    def quotes_wished(self) -> int:
        """How many quotes are wished by their number: 3 of 来三句讲创新的, SEVERAL of 来几句; 0 where none is named."""
        found = _QUOTES_WISHED.search(self.question)
        return (SEVERAL if found[1] == "几" else to_int(found[1]) or 0) if found else 0


class Reader:
    """All that it takes to understand a question about one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        segmenter: Segmenter,
        words: Words,
        thesaurus: Thesaurus,
        homophones: Homophones,
        known: Mapping[str, int],
        *,
        has_asks: bool,
    ) -> None:
        self.segmenter = segmenter
        self.words = words
        self.register = corpus.register
        self._references = References(corpus, register=self.register)
        self.thesaurus = thesaurus
        self.homophones = homophones
        self._known = known
        self._texts = tuple(corpus.texts.values()) if has_asks else ()
        self._asking = any_of(words.asking)
        self._questioning = any_of(() if has_asks else words.questioning)
        self._reading = any_of(words.reading)
        self._each = any_of(words.each)
        self._listing = any_of(words.listing)
        before = rf"^(?:(?:{any_of(words.courtesies).pattern})[,，。.!?~ ]+)+"
        self._around = re.compile(rf"{before}|{_THANKS}")
        self._places: tuple[tuple[Place, re.Pattern[str]], ...] = (
            ("opening", any_of(words.opening)),
            ("closing", any_of(words.closing)),
        )
        self._remembered = lru_cache(REMEMBERED)(self._understood)

    def understand(self, question: str) -> Understood:
        """References and scope are cut out first, then the words about asking; the rest becomes terms."""
        return self._remembered(question)

    def _understood(self, question: str) -> Understood:
        found = self._references.find(self.without_courtesies(fold_question(question[:LONGEST])))
        typed, respelled = self._respelled(found.rest)
        found = self._references.find(typed) if respelled and not found.references else replace(found, rest=typed)
        found = self._with_year(found)
        if found.references and not self._asks_for_more(found.rest):
            return Understood(question, found.rest, found.references, lookup=True)
        place, rest = self._place(found.rest)
        asked = self._asking.sub("", rest) or rest
        each, asked = bool(self._each.search(asked)), self._each.sub("", asked)
        if (place or each) and not self._asks_for_more(asked):
            return Understood(question, asked, found.references, place=place, each=each)
        text = self._mended(self._questioning.sub(" ", _KEYWORD_ASKED.sub(r"\1", asked.strip(_EDGES)))).strip(_EDGES)
        terms, corrected, expanded = self._terms(text)
        wants_list = bool(_SEVERAL.search(text) or self._listing.search(text))
        return Understood(question, text, found.references, False, place, wants_list, each, terms, (*respelled, *corrected), expanded)

    def _with_year(self, found: Mentions) -> Mentions:
        """With the speeches of a year that is named; of several that whose place is named. Beside its speech it adds nothing."""
        numbers, rest = in_year(found.rest, self.register.years, self.register.prints)
        if found.references and not numbers and any(r.path or r.paragraph for r in found.references):
            return found
        spoken_of = {r.number for r in found.references}
        if found.references and numbers and not spoken_of <= set(numbers):
            return found
        all_named = tuple(map(Reference, numbers)) if numbers and not found.references else found.references
        named = [(r, place) for r in all_named if (place := self._place_of(r.number)) and place in rest]
        if len(named) == 1 and (numbers or len(all_named) > 1):
            return Mentions((named[0][0],), rest.replace(named[0][1], "", 1))
        return Mentions(all_named, rest)

    def _place_of(self, number: int) -> str:
        """Where a speech was given, folded; "" where that is not known, or there is no such speech."""
        try:
            return fold_question(self.register.place_of(number))
        except UnknownReference:
            return ""

    def without_courtesies(self, folded: str) -> str:
        """A message without 嗯，, 在吗？ before and 谢谢啦 after what it asks; unchanged if nothing else is in it."""
        rest = self._around.sub("", folded)
        return rest if _CONTENT.search(rest) else folded

    def _asks_for_more(self, text: str) -> bool:
        """False if a text only asks to see what was named before."""
        return bool(_CONTENT.search(self._asking.sub("", self._reading.sub("", text))))

    def _place(self, text: str) -> tuple[Place, str]:
        """The place named where a word begins (开场, but not in 公开场合), and the text without that name."""
        for place, pattern in self._places:
            for match in pattern.finditer(text):
                if any(word.start == match.start() for word in self.segmenter.words(text)):
                    return place, text[: match.start()] + text[match.end() :]
        return "", text

    def _mended(self, text: str) -> str:
        """Latin spellings of corpus words, numbers as the corpus writes them, doubled characters where the corpus has none such."""
        text = _NUMBER.sub(self._as_written, self.homophones.latin_to_words(text))
        if len(text) == 2:
            return text
        return _DOUBLED.sub(lambda m: m[0] if "b" + m[0] in self._known or not is_han(m[1]) else m[1], text)

    def _respelled(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Two words of one character that are neighbours nowhere in the corpus, replaced by its word that sounds like them."""
        respelled: list[tuple[str, str]] = []
        done = 0
        for first, second in pairwise(self.segmenter.words(text)):
            typed = text[first.start : second.end]
            if len(typed) == 2 and done <= first.start == second.start - 1 and "b" + typed not in self._known:
                bigrams = (bigram[1:] for bigram in self.homophones.of_bigram(typed))
                meant = next((word for word in bigrams if self._known.get("w" + word, 0) >= MEANT), typed)
                if meant != typed:
                    text, done = text[: first.start] + meant + text[second.end :], second.end
                    respelled.append((typed, meant))
        return text, respelled

    def _as_written(self, number: re.Match[str]) -> str:
        """4 before 个 as 四, if the corpus has 四个, but not 4个."""
        chinese = to_chinese(int(number[1]))
        follows = number[2]
        return chinese if "b" + number[0] + follows not in self._known and "b" + chinese[-1] + follows in self._known else number[0]

    def _terms(self, text: str) -> tuple[dict[str, float], tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        typed_terms = self.segmenter.terms(text)
        terms = {t.text: CHARACTER if t.text[0] == "c" else 1.0 for t in typed_terms}
        for compound in [term for term in terms if term[0] == "w" and len(term) > COMPOUND]:
            for part in self._parts(compound[1:]):
                terms.pop(compound, None)
                terms.setdefault(f"w{part}", 1.0)
        corrected = []
        for typed in unknown_bigrams(terms, self._known):
            for meant in self.homophones.of_bigram(typed[1:]):
                corrected.append((typed[1:], meant[1:]))
                terms.setdefault(meant, HOMOPHONE)
                terms.setdefault("w" + meant[1:], HOMOPHONE)
        for accidental in self._accidental(text, typed_terms):
            del terms[accidental]
        expanded = self.thesaurus.expand(text)
        many = Counter(word for word, _ in expanded)
        for word, other in expanded:
            for term in self.segmenter.terms(other):
                terms.setdefault(term.text, SYNONYM / many[word] ** 0.5)
        return terms, tuple(corrected), tuple(expanded)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The two words of the speeches that an unknown word is made of: 困难 and 职工 of 困难职工; () of all others, 雷锋精神 too."""
        if "w" + word in self._known:
            return ()
        cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return next((parts for parts in cuts if all(map(self._is_said, parts))), ())

    def _is_said(self, word: str) -> bool:
        """Whether it is a word of the speeches; where they have asks, also those have words of their own."""
        return "w" + word in self._known and (not self._texts or any(word in text for text in self._texts))

    def _accidental(self, text: str, terms: Sequence[Term]) -> frozenset[str]:
        """Bigrams over the border of two words that no passage has: 底怎 of 到底怎么. They tell nothing that the words do not."""
        bigrams = [t for t in terms if t.text[0] == "b" and t.text not in self._known]
        starts = {word.start for word in self.segmenter.words(text)} if bigrams else set()
        within = {t.text for t in bigrams if t.start + 1 not in starts}
        return frozenset(t.text for t in bigrams) - within
