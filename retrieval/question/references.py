"""The reference grammar: how people name a speech or a part of it.

    3   3.2   3-2   3:2   3 2   3.2.1   s3_2   number, then parts, with any dash, dot or blank
    三、2   四（二）   三（二）1                labels as printed
    第三篇   篇3   讲话三   第3个讲话   最后一篇   a speech
    咸阳那篇   咸阳的讲话   2014年那篇            aliases of the configuration, inferred years
    第三篇第二部分   第三篇二（一）   篇三之二      a part: 部分 点 节 条 方面 项 章 …
    第五篇第二、三点   第五篇前两点   …最后一点    several parts, or from the end
    第三篇第五段   第六篇最后一段   3.2p1         a printed paragraph
    4.1-4.3   三、2-4   第一篇到第三篇            ranges
    1.2, 4.3   第2篇和第5篇   1、2、3             lists, up to six references

Bare numbers count only when the message is nothing but references; inside a sentence a speech must be named as one. 第一次, 三个作用,
十一五, 第126个, 六稳六保 are none. `retrieval.question.spellings` has the pieces.

    message   = item {AND item} | text with named items
    item      = head step* [paragraph] {THROUGH end | AND sibling}
    head      = NTH_SPEECH | FAR | NUMBERED | NUMBERED_TALK | COMMAND | title | alias ALIAS_TAIL; in a bare message also BARE | alias
    step      = PART | PLAIN
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.errors import UnknownReference
from retrieval.question import spellings
from retrieval.question.late_pattern import FirstOf, LatePattern
from retrieval.question.names import ManyTitles, aliases, named_within, titles
from retrieval.question.spellings import MOST, numbers, ordinals, spread
from retrieval.question.wordlists import alternatives
from retrieval.speeches.corpus import Corpus, Register, labelled
from retrieval.terms.fold import fold_question

FAR_FROM = 1000  # from which a number alone names no speech
DEEPEST = 3  # section, point, sub-point
LONGEST = 1000  # characters that are read for references
MANY_TITLES = 500  # from which those of a message are looked up first: a pattern of 9 000 takes 20 ms for each message
REMEMBERED = 64  # titles of messages, chosen
LONGEST_LIST = 200  # characters; six references have at most 150
_PART = LatePattern(spellings.PART)
_PLAIN = LatePattern(spellings.PLAIN)
_PARAGRAPH = LatePattern(spellings.PARAGRAPH)
_BARE = LatePattern(spellings.BARE)
_COUNTED_SPEECH = LatePattern(spellings.COUNTED_SPEECH)
_THROUGH = re.compile(spellings.THROUGH)
_AND = re.compile(spellings.AND)
_AND_PART = re.compile(rf"{spellings.AND}(?=[第最倒首末尾(的])")  # 第二部分|和|第四部分  四(二)|、|(三)  ✗第二部分|和|工会
# 1.2, 3 is 1.2 and 1.3
_AND_NUMBER = re.compile(rf"\s?[,、和与及]\s?(?={spellings.NUMBER}\s?(?:\Z|[,;、和与及]))")  # 1.2|, |3  1.2|、|3和5  ✗1.2|、|3.1
# What every way to name a speech has, if not a name: a number, or one of these. A message without is not looked at any closer.
_HINT = "[0-9一二三四五六七八九十篇稿]|讲话"  # 3  三  篇|章  讲话  ✗劳模
_TRIMMED = " ,，、"
_OPENING = '#「『《【“"'
_CLOSING = ' .。?!~;,、」』》】”"'


@dataclass(frozen=True, slots=True)
class Reference:
    """A speech (path ()), a part of it, or a printed paragraph (1-based, negative from the end, 0 none)."""

    number: int
    path: tuple[int, ...] = ()
    paragraph: int = 0

    @property
    def as_asked(self) -> str:
        """What a message names it by; a number alone of four digits would be a year."""
        far = self.number >= FAR_FROM and not self.paragraph
        return f"/s{'_'.join(map(str, (self.number, *self.path)))}" if far else str(self)

    def __str__(self) -> str:
        tail = f"p{self.paragraph}" if self.paragraph else ""
        return ".".join(map(str, (self.number, *self.path))) + tail


@dataclass(frozen=True, slots=True)
class Mentions:
    """References of a text, and the text without them."""

    references: tuple[Reference, ...]
    rest: str


class _Cursor:
    """A place in a text that moves over what it takes."""

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = position

    def take(self, pattern: re.Pattern[str] | LatePattern | FirstOf) -> re.Match[str] | None:
        """The match that begins here, if there is one, and goes behind it."""
        match = pattern.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return match


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names of speeches with their numbers."""

    titles: Mapping[str, tuple[int, ...]]
    aliases: Mapping[str, tuple[int, ...]]


class References:
    """Finds references to the speeches of one corpus. Existence is not checked here: `corpus.part` does."""

    def __init__(self, corpus: Corpus, known: KnownNames | None = None, register: Register | None = None) -> None:
        """known: the names that it knows; those of the corpus when it is not given."""
        self._corpus = corpus
        self._numbers = corpus.numbers
        register = register or corpus.register
        every = titles(corpus) if known is None else known.titles
        self._many = ManyTitles(every) if len(every) > MANY_TITLES and known is None else None
        self._titles = {} if self._many else every
        self._looked_up = register if register.looked_up and known is None else None
        self._aliases = known.aliases if known else {} if self._looked_up else aliases(register)
        self._every = every
        self._with = lru_cache(REMEMBERED)(self._knowing)
        self._name = re.compile(alternatives(self._aliases))
        called, titled = alternatives(self._aliases), alternatives(self._titles)
        self._hint = re.compile("|".join((_HINT, called, titled)))
        named = LatePattern(spellings.titled(titled)), _COUNTED_SPEECH, LatePattern(spellings.called(called))
        self._named = FirstOf(named)
        self._any = FirstOf((*named, _BARE, LatePattern(spellings.beginning(called))))

    def find(self, text: str) -> Mentions:
        """At most six references in order, and what is left of the (folded) text."""
        folded = fold_question(text)
        some = self._many.within(folded) if self._many else ()
        called = named_within(self._looked_up, folded[:LONGEST]) if self._looked_up else {}
        if some or called:
            return self._with(some, tuple(called.items())).find(text)
        if not self._hint.search(folded):
            return Mentions((), folded.strip(_TRIMMED))
        only = self._list(folded.lstrip(_OPENING).rstrip(_CLOSING))
        return Mentions(_first(only), "") if only else self._mentions(folded)

    def _knowing(self, some: tuple[str, ...], called: tuple[tuple[str, tuple[int, ...]], ...]) -> References:
        """The same with these of the titles, and with these aliases where they are looked up."""
        known_titles = {title: self._every[title] for title in some} if self._many else self._titles
        return References(self._corpus, KnownNames(known_titles, dict(called) if self._looked_up else self._aliases))

    def _list(self, text: str) -> list[list[Reference]]:
        """The references of a message that is nothing else."""
        at = _Cursor(text)
        found: list[list[Reference]] = []
        while at.position < len(text) <= LONGEST_LIST:
            item = self._item(at, self._any)
            if not item or not (at.take(_AND) or at.position == len(text)):
                return []
            found.append(item)
        return found

    def _mentions(self, text: str) -> Mentions:
        """The speeches that a sentence names, with their parts; what joins two of them goes too."""
        at = _Cursor(text[:LONGEST])
        found: list[list[Reference]] = []
        rest, done = [], 0
        while head := self._named.search(at.text, at.position):
            at.position = head.start()
            item = self._item(at, self._named)
            if item:
                between, done = text[done : head.start()], at.position
                rest += [] if found and _AND.fullmatch(between) else [between]
                found.append(item)
        rest.append(text[done:])
        return Mentions(_first(found), " ".join(filter(None, (piece.strip() for piece in rest))).strip(_TRIMMED))

    def _item(self, at: _Cursor, heads: FirstOf) -> list[Reference]:
        """A speech with its parts, and the ranges and further parts that follow it; [] if none begins here."""
        head = at.take(heads)
        found = self._steps(at, self._speeches(head)) if head else []
        while found:
            start = at.position
            if at.take(_THROUGH) and (last := self._end(at, found[-1])):
                found = [*found[:-1], *_range(found[-1], last[0]), *last[1:]]
                continue
            at.position = start
            siblings = at.take(_AND_PART) or (heads is self._any and found[-1].path and at.take(_AND_NUMBER))
            further = self._beside(at, found[-1]) if siblings else []
            if not further:
                at.position = start
                break
            found += further
        return found if _are_whole(found) else found[:MOST]

    def _speeches(self, head: re.Match[str]) -> list[Reference]:
        groups = head.groupdict()
        if alias := groups.get("alias") or groups.get("about") or groups.get("short"):
            return [Reference(n) for name in self._name.findall(alias) for n in self._aliases[name]]
        if groups.get("title"):
            return [Reference(n) for n in self._titles[groups["title"]]]
        if groups.get("ordinal"):
            return self._counted_speeches(ordinals(head))
        if far := groups.get("far") or groups.get("farther"):
            below = tuple(int(count) for count in (groups["below"] or "").split("_") if count)
            return [Reference(int(far), below)] if int(far) in self._numbers else []
        number, *path = numbers(head[0])
        return [Reference(number, tuple(path))] if len(path) <= DEEPEST else []

    def _counted_speeches(self, counts: list[int]) -> list[Reference]:
        """Speeches by their numbers; those from the end only where there are so many."""
        return [Reference(n if n >= 0 else self._numbers[n]) for n in counts if n >= -len(self._numbers)][:MOST]

    def _steps(self, at: _Cursor, found: list[Reference]) -> list[Reference]:
        """The parts and the paragraph that follow, below each of `found`."""
        while True:
            start = at.position
            paragraph = at.take(_PARAGRAPH)
            if paragraph:
                return [replace(r, paragraph=n) for r in found for n in ordinals(paragraph)]
            below = self._below(at, found)[:MOST]
            if not below or len(below[0].path) > DEEPEST:
                at.position = start
                return found
            found = below

    def _below(self, at: _Cursor, found: list[Reference]) -> list[Reference]:
        part = at.take(_PART)
        if part:
            return [replace(r, path=(*r.path, n)) for r in found for n in self._counted(r, ordinals(part))]
        plain = at.take(_PLAIN)
        path = numbers(plain[0]) if plain else []
        return [replace(r, path=(*r.path, *path)) for r in found] if path else []

    def _counted(self, above: Reference, counts: list[int]) -> list[int]:
        """Counts from the front; those from the end only where there are parts."""
        try:
            nodes = self._corpus.part(above.number, above.path).children if above.path else self._corpus.speech(above.number).speech.nodes
        except UnknownReference:
            nodes = ()
        total = len(labelled(nodes))
        return [n if n >= 0 else total + 1 + n for n in counts if n >= -total]

    def _end(self, at: _Cursor, first: Reference) -> list[Reference]:
        """The end of a range: a speech with parts, or only the numbers that differ."""
        head = at.take(self._named)
        if head:
            return self._steps(at, self._speeches(head))
        bare = at.take(_BARE)
        return [_instead(first, numbers(bare[0]), 0)] if bare else self._beside(at, first)

    def _beside(self, at: _Cursor, first: Reference) -> list[Reference]:
        """Parts or paragraphs of the same speech as `first`, which may leave out what they share with it."""
        start = at.position
        found = self._steps(at, [Reference(first.number)])
        return [_instead(first, r.path, 1, r.paragraph) for r in found] if at.position > start else []


def _instead(first: Reference, counts: Sequence[int], kept: int, paragraph: int = 0) -> Reference:
    """`first` with `counts` for as many of its last numbers, but at least its `kept` first ones: 4.1 with 3 → 4.3."""
    whole = (first.number, *first.path)
    number, *path = (*whole[: max(kept, len(whole) - len(counts))], *counts)
    return Reference(number, tuple(path[:DEEPEST]), paragraph)


def _first(items: Sequence[Sequence[Reference]]) -> tuple[Reference, ...]:
    """The first six; of a name that more speeches share all of them."""
    found: dict[Reference, None] = {}
    for item in items:
        for reference in item:
            if len(found) < MOST or len(item) > MOST:
                found[reference] = None
    return tuple(found)


def _are_whole(found: Sequence[Reference]) -> bool:
    return all(not (reference.path or reference.paragraph) for reference in found)


def _range(first: Reference, last: Reference) -> list[Reference]:
    """All from one to the other if they differ in their last number; otherwise the two."""
    if first.paragraph or last.paragraph:
        alike = (first.number, first.path) == (last.number, last.path) and first.paragraph * last.paragraph > 0
        return [replace(first, paragraph=n) for n in spread(first.paragraph, last.paragraph)] if alike else [first, last]
    *above, low = (first.number, *first.path)
    *other, high = (last.number, *last.path)
    if above != other:
        return [first, last]
    return [Reference(n[0], n[1:]) for n in ((*above, count) for count in spread(low, high))]
