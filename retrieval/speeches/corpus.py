"""The speeches under their numbers: a part by its path, the words at a range, what lies around a position."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
    def described(self) -> Sequence[Numbered]:
        """The speeches of which the configuration may say something."""
        return self.speeches

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


def labelled(nodes: Iterable[Node]) -> list[Node]:
    """The labelled parts directly below, whatever unlabelled nodes lie between."""
    return [node for node in nodes if node.kind in LABELLED]


def corpus_of(speeches: Iterable[Numbered], texts: dict[str, str], fingerprint: str) -> Corpus:
    """The corpus of numbered speeches and the texts of their files."""
    numbered = tuple(speeches)
    return Corpus(numbered, texts, fingerprint, {n.number: n for n in numbered})
