"""A speech cut for reading: its stretches, pages that fit a message, the words around a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from retrieval.errors import UnknownReference
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.tree import LABELLED, Node, Span

LabelPath = tuple[int, ...]  # of counts; (0, n) is the n-th stretch outside labelled parts


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a speech. path: as in `actions.Part`; title: as printed, "" outside labelled parts.

    kind: "opening" and "closing" are what they say, "text" anything else without a label.
    """

    path: LabelPath
    title: str
    kind: str
    span: Span


def stretches(numbered: Numbered) -> tuple[Stretch, ...]:
    """The labelled parts at the top of a speech and what lies between them; together the whole speech.

    A speech in which nothing is labelled is one stretch.
    """
    found: list[Stretch] = []
    loose = 0
    for key, group in groupby(enumerate(numbered.speech.nodes), lambda pair: _separate(*pair)):
        nodes = [node for _, node in group]
        if nodes[0].kind in LABELLED:
            found += [Stretch(node.number, node.title, node.kind, node.span) for node in nodes]
            continue
        kind = key if isinstance(key, str) else "text"
        found.append(Stretch((0, loose), "", kind, Span(nodes[0].span.start, nodes[-1].span.end)))
        loose += 1
    return tuple(found)


def _separate(index: int, node: Node) -> str | int:
    """What keeps neighbours apart: title, salutation and opening go together, every labelled part stands alone."""
    if node.kind in LABELLED:
        return index
    return {"closing": "closing", "text": "text"}.get(node.kind, "opening")


def stretch(corpus: Corpus, number: int, path: LabelPath) -> Stretch:
    """The stretch at a path of any depth. Raises UnknownReference with the choices."""
    numbered = corpus.speech(number)
    if path[:1] == (0,):
        for found in stretches(numbered):
            if found.path == path:
                return found
        raise UnknownReference(str(number), [str(number)])
    node = corpus.part(number, path)
    return Stretch(node.number, node.title, node.kind, node.span)


def section_of(corpus: Corpus, number: int, position: int) -> Stretch:
    """The stretch at the top of a speech that holds a position. Raises UnknownReference."""
    for found in stretches(corpus.speech(number)):
        if found.span.start <= position < found.span.end:
            return found
    raise UnknownReference(str(number), [str(number)])


def neighbours(corpus: Corpus, number: int, path: LabelPath) -> tuple[LabelPath | None, LabelPath | None]:
    """The paths before and after: among the stretches, or among the parts of the same part."""
    if len(path) > 1 and path[0] != 0:
        siblings = [child.number for child in corpus.part(number, path[:-1]).children if child.number]
    else:
        siblings = [s.path for s in stretches(corpus.speech(number))]
    at = siblings.index(path)
    return (siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None)


def pages(text: str, span: Span, limit: int) -> tuple[Span, ...]:
    """Ranges of at most `limit` characters that hold all of a range but blanks where it is cut.

    Cut after a line that ends in the second half, else after a sentence, else after any line, else anywhere.

    >>> [tuple(p) for p in pages("一二。三\\n四五六", Span(0, 8), 5)]
    [(0, 4), (5, 8)]
    """
    return tuple(_pages(text, span, limit))


def _pages(text: str, span: Span, limit: int) -> Iterator[Span]:
    start, end = span
    while end - start > limit:
        window = text[start : start + limit + 1]
        line = max(0, window.rfind("\n"))
        sentence = max(window[:limit].rfind(stop) for stop in "。！？!?") + 1
        cut = start + (line if 2 * line >= limit else sentence or line or limit)
        yield _trimmed(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in " \n\r\t":
        end -= 1
    return Span(start, end)


def surroundings(corpus: Corpus, number: int, span: Span, limit: int) -> Span:
    """From the paragraph before a range to the one after, as far as `limit` characters allow."""
    speech = corpus.speech(number).speech
    text = corpus.texts[speech.file]
    before = [p.start for p in speech.paragraphs if p.end <= span.start][-1:]
    after = [p.end for p in speech.paragraphs if p.start >= span.end][:1]
    inside = [p for p in speech.paragraphs if p.start < span.end and span.start < p.end]
    own = Span(min([span.start, *(p.start for p in inside)]), max([span.end, *(p.end for p in inside)]))
    choices = (
        Span(min([own.start, *before]), max([own.end, *after])),
        Span(min([own.start, *before]), own.end),
        own,
    )
    for choice in choices:
        if choice.end - choice.start <= limit:
            return _trimmed(text, *choice)
    room = max(0, limit - (span.end - span.start)) // 2
    start, end = max(own.start, span.start - room), min(own.end, span.end + room)
    return _trimmed(text, start, min(end, start + limit))
