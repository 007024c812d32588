"""Corpus → passages, and the questions that people ask of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.index.clauses import pieces
from retrieval.index.passages import Passage, leaves
from retrieval.speeches.asks import Ask
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.tree import Node, Span

Range = tuple[str, Span, tuple[Span, ...]]  # file, range, further ranges of a list


def passages(corpus: Corpus, asks: Sequence[Ask] = ()) -> tuple[Passage, ...]:
    """All passages in the order of the texts, lists last. Ranges with asks are passages as they are; the rest is cut."""
    asked = dict.fromkeys((ask.file, ask.span, ask.more) for ask in asks)
    single = {(file, span) for file, span, more in asked if not more}
    found: list[Passage] = []
    lists: list[Passage] = []
    paragraphs: dict[tuple[int, int, int], int] = {}
    for numbered in corpus.speeches:
        file = numbered.speech.file
        for leaf, path in leaves(numbered):
            own = sorted(span for f, span in single if f == file and leaf.span.covers(span))
            standalone = leaf.span.start if leaf.paragraph < 0 else -1
            paragraph = paragraphs.setdefault((numbered.number, leaf.paragraph, standalone), len(paragraphs))
            found += [Passage(numbered.number, file, s, path, leaf, paragraph) for s in _ranges(corpus.texts[file], leaf, own)]
            lists += _lists(asked, numbered, leaf, path, paragraph)
    return (*found, *lists)


def proposed_of(passages: Iterable[Passage], asks: Sequence[Ask]) -> list[tuple[str, ...] | None]:
    """What was written to be proposed for each passage, () for none; None for those of files for which nothing was."""
    files = {ask.file for ask in asks if ask.proposed}
    by_range = {(ask.file, ask.span, ask.more): ask.proposed for ask in asks if ask.proposed}
    return [by_range.get((p.file, p.span, p.more), ()) if p.file in files else None for p in passages]


def asks_of(passages: Iterable[Passage], asks: Iterable[Ask]) -> list[list[str]]:
    """What people ask that each passage answers."""
    by_range: dict[Range, list[str]] = {}
    for ask in asks:
        by_range.setdefault((ask.file, ask.span, ask.more), []).extend(ask.asks)
    return [by_range.get((passage.file, passage.span, passage.more), []) for passage in passages]


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


def _lists(asked: Iterable[Range], numbered: Numbered, leaf: Node, path: tuple[Node, ...], paragraph: int) -> list[Passage]:
    return [
        Passage(numbered.number, file, span, path, leaf, paragraph, more)
        for file, span, more in asked
        if more and file == numbered.speech.file and leaf.span.covers(span)
    ]
