"""A speech as a frozen tree of spans.

    Speech
    ├── title, salutation                     leaves
    ├── opening ▸ text                        everything before the first label
    ├── section ▸ heading, text, point ▸ ...  labelled parts, up to three deep
    └── closing ▸ text

The leaves tile the speech: nothing but blanks lies between them. A printed paragraph may hold several leaves, because
points often begin in its middle; leaves of one printed paragraph share `paragraph`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

NodeKind = Literal["title", "salutation", "opening", "closing", "section", "point", "subpoint", "heading", "text"]
LABELLED: tuple[NodeKind, ...] = ("section", "point", "subpoint")


class Span(NamedTuple):
    """Half-open range of code points in the decoded file."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """True if `other` lies inside.

        >>> Span(0, 5).covers(Span(2, 5))
        True
        """
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a speech.

    label: as printed (一、, 二是, 第三). heading: as printed, without label and closing stop; "" when it has none.
    number: the path of counts among labelled parts, (3, 2) for the second point of the third section.
    paragraph: index into `Speech.paragraphs` (leaves of running text), else -1.
    """

    kind: NodeKind
    span: Span
    depth: int = 0
    label: str = ""
    heading: str = ""
    number: tuple[int, ...] = ()
    paragraph: int = -1
    children: tuple[Node, ...] = ()

    @property
    def title(self) -> str:
        """Label and heading as printed: 二、应当如何充分地发挥劳模的重要作用."""
        return self.label + self.heading

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech of a file; `span` runs from its first to its last printed character."""

    file: str
    printed_number: int
    span: Span
    nodes: tuple[Node, ...]
    paragraphs: tuple[Span, ...]

    def walk(self) -> Iterator[Node]:
        """Every node, in the order of the text."""
        for node in self.nodes:
            yield from node.walk()

    def leaves(self) -> Iterator[Node]:
        """The nodes without children, which tile the speech."""
        return (node for node in self.walk() if not node.children)
