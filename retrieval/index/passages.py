"""The sentence-sized ranges of a corpus that can be found and quoted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.quotes import Source
from retrieval.speeches.tree import LABELLED, Node, Span
from retrieval.terms.looked_up import LookedUp


@dataclass(frozen=True, slots=True)
class Passage:
    """A range that can be an answer.

    path: labelled parts around it, outermost first. leaf: the leaf it lies in. paragraph: index of the printed paragraph over the
    whole corpus, shared by all of its passages; headings standing alone are paragraphs of their own.
    more: further ranges when the passage is a list that runs through the speech.
    """

    speech: int
    file: str
    span: Span
    path: tuple[Node, ...]
    leaf: Node
    paragraph: int
    more: tuple[Span, ...] = ()

    def overlaps(self, source: Source) -> bool:
        """Whether some of it stands in a quote of this source."""
        return self.speech == source.speech and self.span.start < source.span.end and source.span.start < self.span.end

    @property
    def is_heading(self) -> bool:
        return self.leaf.kind == "heading"

    @property
    def around(self) -> Span:
        """The text that it stands in: of a heading all that it heads."""
        return self.path[-1].span if self.is_heading and self.path else self.leaf.span


class PassagesBySpeech(LookedUp[Passage]):
    """Passages that are looked up rather than held, and known by speech."""

    @abstractmethod
    def of_speech(self, speech: int) -> Sequence[Passage]:
        """Those of one speech in order, over one tree."""


def passages_of(passages: Sequence[Passage], speech: int) -> Sequence[Passage]:
    """Those of one speech in order, without lists."""
    if isinstance(passages, PassagesBySpeech):
        return passages.of_speech(speech)
    return [passage for passage in passages if passage.speech == speech and not passage.more]


def text_of(corpus: Corpus, passage: Passage) -> str:
    """A passage's words; of a list all of its ranges."""
    return "".join(corpus.text(passage.file, span) for span in (passage.span, *passage.more))


def leaves(numbered: Numbered) -> list[tuple[Node, tuple[Node, ...]]]:
    """Quotable leaves with the labelled parts around them. Titles and salutations are no answers."""
    found: list[tuple[Node, tuple[Node, ...]]] = []

    def visit(node: Node, path: tuple[Node, ...]) -> None:
        if not node.children and node.kind in ("text", "heading"):
            found.append((node, path))
        inner = (*path, node) if node.kind in LABELLED else path
        for child in node.children:
            visit(child, inner)

    for node in numbered.speech.nodes:
        visit(node, ())
    return found


def place_of(numbered: Numbered, place: str) -> Span:
    """The opening or closing; of a speech without one its first or last printed paragraph."""
    marked = [node.span for node in numbered.speech.nodes if node.kind == place]
    paragraphs = numbered.speech.paragraphs
    if not (marked or paragraphs):
        return Span(0, 0)
    return marked[0] if marked else paragraphs[0 if place == "opening" else -1]
