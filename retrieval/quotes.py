"""A quote: a range of a file, where it stands, and what to mark in it."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.speech import Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: speech number, headings above them as printed (outermost first), file and range.

    paragraph counts the printed paragraphs of the speech from 1; 0 for a title, salutation or standalone heading.
    number: the path of counts of the innermost labelled part, () outside any.
    """

    speech: int
    title: str
    path: tuple[str, ...]
    number: tuple[int, ...]
    paragraph: int
    file: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to show: `text` is exactly the file's range `source.span`; marks are ranges of the file inside it.

    id: `speech.start.end`, stable as long as the file is. also: other places where the same words stand.
    """

    id: str
    source: Source
    text: str
    marks: tuple[Span, ...] = ()
    score: float = 0.0
    also: tuple[Source, ...] = ()
