"""A document → the speeches in it as they will count: text, pages, particulars, parts; before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.documents.mended_text import MendedText, Oddity, mended
from bot.documents.read_document import ReadDocument, read_document
from bot.library.found_particulars import TitleFrom, found_particulars
from retrieval import Entry, Node, Numbered, Particulars, Span, Speech, corpus_of, parse, passages, separated

MOST_SPEECHES = 100  # of a document, chosen: a volume of speeches has some sixty
MOST_PARTS = 2000  # of a speech, chosen: the longest report has some 150


@dataclass(frozen=True, slots=True)
class BroughtSpeech:
    """One speech. text: what quotes are ranges of; printed: its number in the title; pages: where each page of the original begins.

    parts: its numbered parts, (depth, label with heading).
    """

    text: str
    printed: int
    pages: tuple[int, ...]
    title: str
    title_from: TitleFrom
    about: Particulars
    parts: tuple[tuple[int, str], ...]
    passages: int


@dataclass(frozen=True, slots=True)
class BroughtDocument:
    """name: as it was sent. speeches: in order. oddities: what was mended in the whole document."""

    name: str
    kind: str
    speeches: tuple[BroughtSpeech, ...]
    oddities: tuple[Oddity, ...]


class TooMuch(Exception):
    """A document has more speeches, or a speech more parts, than can be meant."""


def brought(raw: bytes, name: str) -> BroughtDocument:
    """The speeches in a document. Raises UnreadableDocument, TooMuch. Hostile ones can take any time and memory: see `sandbox`."""
    document = read_document(raw, name)
    whole = mended(document)
    spans = separated(whole.text)
    if len(spans) > MOST_SPEECHES:
        raise TooMuch(f"{len(spans)} speeches")
    speeches = tuple(_speech(whole, span, document, name, alone=len(spans) == 1) for span in spans)
    return BroughtDocument(name, document.kind, speeches, whole.oddities)


def _speech(whole: MendedText, span: Span, document: ReadDocument, name: str, *, alone: bool) -> BroughtSpeech:
    text = whole.text[span.start : span.end].strip() + "\n"
    start = span.start + len(whole.text[span.start : span.end]) - len(whole.text[span.start : span.end].lstrip())
    known = found_particulars(text, Span(0, len(text)), name, document.title if alone else "")
    speeches = parse(text, "")
    parts, count = _parts(text, speeches)
    printed = speeches[0].printed_number if speeches else 0
    pages = _pages(whole.page_starts, start, len(text))
    return BroughtSpeech(text, printed, pages, known.title, known.title_from, known.about, parts, count)


def _pages(starts: Sequence[int], start: int, length: int) -> tuple[int, ...]:
    """Where each page begins in a part of the text: 0 for those before it, none for those behind it."""
    return tuple(max(0, place - start) for place in starts if place < start + length)


def _parts(text: str, speeches: Sequence[Speech]) -> tuple[tuple[tuple[int, str], ...], int]:
    """Numbered parts, and how many passages can be found."""
    parts = [(node.depth, node.title.strip() or _beginning(text, node)) for speech in speeches for node in speech.walk() if node.number]
    if len(parts) > MOST_PARTS:
        raise TooMuch(f"{len(parts)} parts")
    numbered = [Numbered(at, speech, Entry(at, ""), "") for at, speech in enumerate(speeches, 1)]
    return tuple(parts), len(passages(corpus_of(numbered, {"": text}, "")))


def _beginning(text: str, node: Node) -> str:
    return text[node.span.start : node.span.start + 20].split("\n")[0]


def as_json(document: BroughtDocument) -> dict[str, Any]:
    """As plain JSON values; `from_json` reads them."""
    return asdict(document)


def from_json(row: dict[str, Any]) -> BroughtDocument:
    """The inverse of `as_json`."""
    return BroughtDocument(row["name"], row["kind"], tuple(_speeches(row["speeches"])), tuple(Oddity(**one) for one in row["oddities"]))


def _speeches(rows: Sequence[dict[str, Any]]) -> Iterator[BroughtSpeech]:
    for row in rows:
        parts = tuple((depth, title) for depth, title in row["parts"])
        yield BroughtSpeech(**{**row, "pages": tuple(row["pages"]), "parts": parts, "about": Particulars(**row["about"])})
