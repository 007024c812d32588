"""What the contents of a speech list: labelled parts by their headings, every other paragraph of substance by its first words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval import Corpus, Node, Numbered

SUBSTANCE = 60  # characters of a paragraph that is listed: 谢谢大家！ and 祝大家节日快乐 are not
BEGINNING = 12  # characters of a part without a heading, in place of its title: one line of a telephone with its command


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A line of the contents: how deep it stands, its title or first words, the command that shows it."""

    depth: int
    title: str
    command: str


def parts_of(corpus: Corpus, numbered: Numbered) -> tuple[OutlinePart, ...]:
    """The labelled parts of a speech, all depths, and the paragraphs outside them, in the order of the text."""
    return tuple(part for node in numbered.speech.nodes for part in _parts(corpus, numbered, node))


def _parts(corpus: Corpus, numbered: Numbered, node: Node) -> Iterator[OutlinePart]:
    for inner in node.walk():
        words = corpus.text(numbered.speech.file, inner.span)
        beginning = words[:BEGINNING] + ("…" if len(words) > BEGINNING else "")
        if inner.number:
            title = inner.title if inner.heading else beginning
            yield OutlinePart(len(inner.number) - 1, title, "/s" + "_".join(map(str, (numbered.number, *inner.number))))
        elif not node.number and inner.kind == "text" and len(words) >= SUBSTANCE:
            yield OutlinePart(0, beginning, f"/s{numbered.number}p{inner.paragraph + 1}")
