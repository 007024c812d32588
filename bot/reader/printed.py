"""A speech as it is printed: its paragraphs with the runs in them, which together are every character of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from retrieval import Node, Numbered, Span


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """Words of one leaf on one page of the original. end: after the blanks that follow them, where the next run begins."""

    span: Span
    end: int
    leaf: Node


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """Runs that stand together. number: as it is cited, 0 where it is not counted."""

    number: int
    runs: tuple[PrintedRun, ...]

    @property
    def kind(self) -> str:
        """Of its first leaf: title, salutation, heading or text."""
        return self.runs[0].leaf.kind


def printed_paragraphs(numbered: Numbered) -> tuple[PrintedParagraph, ...]:
    """All paragraphs of a speech, in its order."""
    groups = groupby(_runs(numbered), lambda run: (run.leaf.paragraph, run.leaf.span if run.leaf.paragraph < 0 else None))
    return tuple(PrintedParagraph(paragraph + 1, tuple(runs)) for (paragraph, _), runs in groups)


def _runs(numbered: Numbered) -> Iterator[PrintedRun]:
    leaves = [leaf for leaf in numbered.speech.leaves() if leaf.span.end > leaf.span.start]
    starts = [numbered.speech.span.start, *(leaf.span.start for leaf in leaves[1:]), numbered.speech.span.end]
    for leaf, (start, end) in zip(leaves, pairwise(starts), strict=True):
        cuts = [page for page in numbered.entry.pages if start < page < leaf.span.end]
        for first, last in pairwise([start, *cuts, end]):
            yield PrintedRun(Span(first, min(last, leaf.span.end)), last, leaf)


def within(spans: tuple[Span, ...], start: int, end: int) -> Iterator[tuple[int, Span]]:
    """Those of ascending ranges that do not overlap which reach into [start, end), with their index."""
    at = max(0, bisect_right(spans, Span(start, start)) - 1)
    while at < len(spans) and spans[at].start < end:
        if spans[at].end > start:
            yield at, spans[at]
        at += 1


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Ranges in order, those that overlap as one.

    >>> merged([Span(5, 9), Span(1, 3), Span(2, 4)])
    (Span(start=1, end=4), Span(start=5, end=9))
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
