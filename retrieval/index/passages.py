"""Corpus → passages: the sentence-sized ranges that can be found and quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.index.clauses import pieces
from retrieval.speeches.asks import Ask
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.tree import LABELLED, Node, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A range that can be an answer.

    path: labelled parts around it, outermost first. leaf: the leaf it lies in. paragraph: index of the printed paragraph over the
    whole corpus, shared by all of its passages; headings standing alone are paragraphs of their own.
    more: further ranges when the passage is a list that runs through the speech. asks: what people ask that it answers.
    """

    speech: int
    file: str
    span: Span
    path: tuple[Node, ...]
    leaf: Node
    paragraph: int
    more: tuple[Span, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.leaf.kind == "heading"


def passages(corpus: Corpus, asks: Sequence[Ask] = ()) -> tuple[Passage, ...]:
    """All passages in the order of the texts, lists last. Ranges with asks are passages as they are; the rest is cut."""
    by_range: dict[tuple[str, Span, tuple[Span, ...]], list[str]] = {}
    for ask in asks:
        by_range.setdefault((ask.file, ask.span, ask.more), []).extend(ask.asks)
    single = {(file, span) for file, span, more in by_range if not more}
    found: list[Passage] = []
    lists: list[Passage] = []
    paragraphs: dict[tuple[int, int, int], int] = {}
    for numbered in corpus.speeches:
        file = numbered.speech.file
        for leaf, path in _leaves(numbered):
            own = sorted(span for f, span in single if f == file and leaf.span.covers(span))
            standalone = leaf.span.start if leaf.paragraph < 0 else -1
            paragraph = paragraphs.setdefault((numbered.number, leaf.paragraph, standalone), len(paragraphs))
            for span in _ranges(corpus.texts[file], leaf, own):
                questions = tuple(by_range.get((file, span, ()), ()))
                found.append(Passage(numbered.number, file, span, path, leaf, paragraph, asks=questions))
            lists += _lists(by_range, numbered, leaf, path, paragraph)
    return (*found, *lists)


def text_of(corpus: Corpus, passage: Passage) -> str:
    """A passage's words; of a list all of its ranges."""
    return "".join(corpus.text(passage.file, span) for span in (passage.span, *passage.more))


def _leaves(numbered: Numbered) -> list[tuple[Node, tuple[Node, ...]]]:
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


def _ranges(text: str, leaf: Node, own: list[Span]) -> list[Span]:
    if leaf.kind == "heading":
        return [leaf.span]
    found: list[Span] = []
    start = leaf.span.start
    for span in own:
        if span.start >= start:
            found += [*pieces(text, Span(start, span.start)), span]
            start = span.end
    return [*found, *pieces(text, Span(start, leaf.span.end))]


def _lists(
    by_range: dict[tuple[str, Span, tuple[Span, ...]], list[str]],
    numbered: Numbered,
    leaf: Node,
    path: tuple[Node, ...],
    paragraph: int,
) -> list[Passage]:
    return [
        Passage(numbered.number, file, span, path, leaf, paragraph, more, tuple(questions))
        for (file, span, more), questions in by_range.items()
        if more and file == numbered.speech.file and leaf.span.covers(span)
    ]
