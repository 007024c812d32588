"""A quote: a range of a file, where it stands, and what to mark in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.errors import UnknownReference
from retrieval.speeches.corpus import Corpus, Entry, Numbered
from retrieval.speeches.tree import LABELLED, Span

LONGEST = 4000  # characters of a quote that is asked for by its id
_PRINTED_NUMBER = re.compile(r"篇\d{1,3}[：:]\s*")  # 篇1：|五一  ✗第1篇
_ID = re.compile(r"(\d{1,7})\.(\d{1,9})\.(\d{1,9})")  # 6.1321.1362  ✗6.1321


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: speech number, headings above them as printed (outermost first), file and range.

    paragraph counts the printed paragraphs of the speech from 1; 0 for a title, salutation or standalone heading.
    number: the path of counts of the innermost labelled part, () outside any.
    printed: the title as printed, without its number, "" where none is. entry: what the configuration says about the speech.
    """

    speech: int
    title: str
    path: tuple[str, ...]
    number: tuple[int, ...]
    paragraph: int
    file: str
    span: Span
    printed: str
    entry: Entry


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


def source(corpus: Corpus, speech: int, span: Span) -> Source:
    """Where a range of a speech stands: at its first character."""
    numbered = corpus.speech(speech)
    around = corpus.at(speech, span.start)
    parts = [n for n in around if n.kind in LABELLED]
    leaf = around[-1] if around else None
    return Source(
        speech=speech,
        title=numbered.title,
        path=tuple(part.title for part in parts),
        number=parts[-1].number if parts else (),
        paragraph=leaf.paragraph + 1 if leaf else 0,
        file=numbered.speech.file,
        span=span,
        printed=_printed_title(corpus, numbered),
        entry=numbered.entry,
    )


def _printed_title(corpus: Corpus, numbered: Numbered) -> str:
    speech = numbered.speech
    words = [corpus.text(speech.file, node.span) for node in speech.nodes if node.kind == "title"]
    return _PRINTED_NUMBER.sub("", words[0]).strip() if words else ""


def quote(corpus: Corpus, speech: int, span: Span, score: float = 0.0) -> Quote:
    """The quote of a range, without marks."""
    where = source(corpus, speech, span)
    return Quote(f"{speech}.{span.start}.{span.end}", where, corpus.text(where.file, span), score=score)


def by_id(corpus: Corpus, identity: str) -> Quote:
    """The quote `speech.start.end`. Raises UnknownReference unless the range lies inside that speech and is not blank."""
    match = _ID.fullmatch(identity)
    numbers = corpus.numbers
    if match is None or int(match[1]) not in numbers:
        raise UnknownReference(identity, [str(n) for n in numbers])
    span = Span(int(match[2]), int(match[3]))
    around = corpus.speech(int(match[1])).speech.span
    if not (around.covers(span) and 0 < span.end - span.start <= LONGEST):
        raise UnknownReference(identity, [match[1]])
    return quote(corpus, int(match[1]), span)


def first_paragraph(corpus: Corpus, number: int) -> Quote:
    """What a speech begins with, where it is spoken of as a whole. Raises UnknownReference."""
    return quote(corpus, number, corpus.speech(number).speech.paragraphs[0])
