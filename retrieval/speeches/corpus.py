"""The speeches under their numbers: a part by its path, the words at a range, what lies around a position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from retrieval.errors import UnknownReference
from retrieval.speeches.tree import LABELLED, Node, Span, Speech


@dataclass(frozen=True, slots=True)
class Entry:
    """What the configuration says about one speech. `printed` is the number in its title line, 0 without a title.

    year is inferred from the words `year_basis`, 0 when unknown; aliases name the speech in a question. date, author: as the text prints
    them. original, sha256: the file that was brought and its checksum. pages: where each page of that begins in the text.
    """

    number: int
    file: str
    printed: int = 0
    title: str = ""
    short: str = ""
    place: str = ""
    level: str = ""
    year: int = 0
    year_basis: str = ""
    aliases: tuple[str, ...] = ()
    date: str = ""
    author: str = ""
    original: str = ""
    sha256: str = ""
    pages: tuple[int, ...] = ()

    def page(self, position: int) -> int:
        """The page of the original, from 1, that a position of the text is on; 0 where it has none."""
        return bisect_right(self.pages, position)

    @property
    def place_and_year(self) -> str:
        """张家界 2014, as much of it as is known."""
        return " ".join(filter(None, (self.place, str(self.year or ""))))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A speech under the number that people use for it."""

    number: int
    speech: Speech
    entry: Entry
    title: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All speeches in the order of their numbers; `texts` maps a file's name to its decoded text.

    fingerprint: 12 hexadecimal digits over names, texts and numbering.
    """

    speeches: Sequence[Numbered]
    texts: Mapping[str, str]
    fingerprint: str
    _by_number: Mapping[int, Numbered] = field(repr=False)

    @property
    def numbers(self) -> Sequence[int]:
        """Those of the speeches, in order."""
        return [numbered.number for numbered in self.speeches]

    @property
    def characters(self) -> int:
        """Of all speeches together."""
        return sum(numbered.speech.span.end - numbered.speech.span.start for numbered in self.speeches)

    @property
    def register(self) -> Register:
        """What the speeches are known by beside their words."""
        return Register(self)

    def titled(self) -> Iterator[tuple[int, str]]:
        """Numbers of speeches with their titles, configured and printed."""
        for numbered in self.speeches:
            yield numbered.number, numbered.entry.title
            yield from ((numbered.number, self.text(numbered.speech.file, n.span)) for n in numbered.speech.nodes if n.kind == "title")

    def speech(self, number: int) -> Numbered:
        """The speech of that number. Raises UnknownReference with the numbers that exist."""
        if number not in self._by_number:
            raise UnknownReference(str(number), [str(n) for n in self._by_number])
        return self._by_number[number]

    def part(self, number: int, path: Sequence[int]) -> Node:
        """The labelled part at `path`, (3, 2) for the second point of the third section.

        Raises UnknownReference with the references that exist beside it.
        """
        parts = labelled(self.speech(number).speech.nodes)
        found: Node | None = None
        for depth, count in enumerate(path):
            if not 1 <= count <= len(parts):
                prefix = ".".join(map(str, (number, *path[:depth])))
                choices = [f"{prefix}.{i + 1}" for i in range(len(parts))] or [prefix]
                raise UnknownReference(".".join(map(str, (number, *path))), choices)
            found = parts[count - 1]
            parts = labelled(found.children)
        if found is None:
            raise UnknownReference(str(number), [str(number)])
        return found

    def text(self, file: str, span: Span) -> str:
        """The words at a range, exactly as in the file."""
        return self.texts[file][span.start : span.end]

    def at(self, number: int, position: int) -> tuple[Node, ...]:
        """The nodes around a position, outermost first."""
        found: list[Node] = []
        beside = self.speech(number).speech.nodes
        while around := next((node for node in beside if node.span.start <= position < node.span.end), None):
            found.append(around)
            beside = around.children
        return tuple(found)


_WRITTEN_YEAR = re.compile("[0-9]{4}")  # 2015|年  ✗126


class Register:
    """What the speeches of a corpus are known by beside their words: years, places, aliases."""

    looked_up = False  # whether there may be so many names that those of a message are looked up first, with `within`

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def years(self) -> Mapping[int, Sequence[int]]:
        """The numbers of the speeches of each year that is known, ascending."""
        found: dict[int, list[int]] = {}
        for numbered in self._corpus.speeches:
            if numbered.entry.year:
                found.setdefault(numbered.entry.year, []).append(numbered.number)
        return found

    @cached_property
    def aliases(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers by the names that the configuration gives; empty where they are looked up."""
        found: dict[str, tuple[int, ...]] = {}
        for numbered in self._corpus.speeches:
            for alias in numbered.entry.aliases:
                found[alias] = (*found.get(alias, ()), numbered.number)
        return found

    @property
    def ends(self) -> tuple[int, int]:
        """The first speech in time and the last; (0, 0) where no year is known."""
        dated = sorted((year, number) for year, numbers in self.years.items() for number in numbers)
        return (dated[0][1], dated[-1][1]) if dated else (0, 0)

    def within(self, folded: str) -> Mapping[str, tuple[int, ...]]:  # noqa: ARG002
        """The aliases that stand in a folded text, where they are looked up."""
        return {}

    def place_of(self, number: int) -> str:
        """Where a speech was given, "" where that is not known."""
        return self._corpus.speech(number).entry.place

    def is_in_a_place(self, name: str) -> bool:
        """Whether the place of some speech has a name in it: 咸阳, not 二十大, which one is called by."""
        return any(name in numbered.entry.place for numbered in self._corpus.speeches)

    @property
    def places(self) -> Sequence[str]:
        """Each place that is known, in the order of the speeches."""
        return list(dict.fromkeys(n.entry.place for n in self._corpus.speeches if n.entry.place))

    def prints(self, year: int) -> bool:
        """Whether a text has these four digits."""
        return str(year) in self._printed

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(written_years(self._corpus.texts.values()))


def written_years(texts: Iterable[str]) -> set[str]:
    """The numbers of four digits in some texts.

    >>> written_years(["2015年", "第126个"])
    {'2015'}
    """
    return {year for text in texts for year in _WRITTEN_YEAR.findall(text)}


def labelled(nodes: Iterable[Node]) -> list[Node]:
    """The labelled parts directly below, whatever unlabelled nodes lie between."""
    return [node for node in nodes if node.kind in LABELLED]


def corpus_of(speeches: Iterable[Numbered], texts: dict[str, str], fingerprint: str) -> Corpus:
    """The corpus of numbered speeches and the texts of their files."""
    numbered = tuple(speeches)
    return Corpus(numbered, texts, fingerprint, {n.number: n for n in numbered})
