"""A read document → one text with a paragraph a line, and what was mended on the way; its words stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.documents.line_breaks import PrintedLine, wrapping_of
from bot.documents.page_furniture import without_furniture
from bot.documents.read_document import ReadDocument

OddityKind = Literal["invisible", "header", "page number", "broken line", "hyphen", "damaged sign", "automatic number"]
_NEW_LINE = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")  # \r\n  \r
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff]"
)
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z]-$"), re.compile(r"[a-z]")  # devel-  opment
_NEEDS_BLANK = re.compile(r"[A-Za-z0-9,.;:%)]$"), re.compile(r"[A-Za-z0-9(]")  # two words of another language
_EXAMPLE = 24  # characters, chosen
_BETWEEN = "\n\n"  # paragraphs: the parser takes lines apart that a blank one divides


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that was mended, or, of a damaged sign, is left as it is: how often, and the first of them."""

    kind: OddityKind
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class MendedText:
    """page_starts: where each page begins in the text, () for a document without pages."""

    text: str
    page_starts: tuple[int, ...]
    oddities: tuple[Oddity, ...]


def mended(document: ReadDocument) -> MendedText:
    """The text that quotes will be ranges of."""
    seen = _Seen()
    seen.note("automatic number", next(iter(document.numbered), ""), len(document.numbered))
    pages = [page for whole in document.pages for page in _cleaned(whole, seen).split("\f")]
    lines = [_printed_lines(page, number) for number, page in enumerate(pages)]
    for kind, taken in without_furniture(lines):
        seen.note("page number" if kind == "number" else "header", taken)
    text, starts = _joined([line for page in lines for line in page], document.kind == "pdf", len(pages), seen)
    return MendedText(text, starts if len(pages) > 1 else (), seen.oddities())


class _Seen:
    """What was noted so far."""

    def __init__(self) -> None:
        self._counts: Counter[OddityKind] = Counter()
        self._examples: dict[OddityKind, str] = {}

    def note(self, kind: OddityKind, example: str, count: int = 1) -> None:
        if count:
            self._counts[kind] += count
            self._examples.setdefault(kind, example[:_EXAMPLE])

    def oddities(self) -> tuple[Oddity, ...]:
        return tuple(Oddity(kind, count, self._examples[kind]) for kind, count in self._counts.items())


def _cleaned(text: str, seen: _Seen) -> str:
    """Without signs that nobody sees; a form feed stays, it ends a page."""
    found = _INVISIBLE.findall(text)
    if found:
        at = text.index(found[0])
        seen.note("invisible", f"U+{ord(found[0]):04X} {_INVISIBLE.sub('', text[max(0, at - 6) : at + 8])}", len(found))
    seen.note("damaged sign", "\ufffd", text.count("\ufffd"))
    return _INVISIBLE.sub("", _NEW_LINE.sub("\n", text))


def _printed_lines(page: str, number: int) -> list[PrintedLine]:
    lines, blank = [], 0
    for raw in page.split("\n"):
        words = raw.strip()
        if not words:
            blank += 1
            continue
        lines.append(PrintedLine(words, number, indented=raw.startswith(("\u3000", "\u2003", "  ", "\t", "\xa0\xa0")), blank=blank))
        blank = 0
    return lines


def _joined(lines: Sequence[PrintedLine], printed: bool, pages: int, seen: _Seen) -> tuple[str, tuple[int, ...]]:
    """Paragraphs of the lines, and where each page begins."""
    wrapping = wrapping_of(lines, printed)
    pieces: list[str] = []
    length = 0
    first: dict[int, int] = {}
    for at, line in enumerate(lines):
        between = _BETWEEN if at else ""
        if at and wrapping.continues(at):
            between = _inside(pieces, line.words, seen)
            length = length - 1 if between == "-" else length
            between = between.strip("-")
            if not printed:
                seen.note("broken line", f"{lines[at - 1].words[-10:]}¶{line.words[:10]}")
        length += len(between)
        first.setdefault(line.page, length)
        pieces += [between, line.words]
        length += len(line.words)
    return "".join(pieces) + "\n", _starts(first, pages, length)


def _inside(pieces: list[str], words: str, seen: _Seen) -> str:
    """What stands between two lines of a paragraph; "-" when the hyphen before was taken away."""
    before = pieces[-1]
    if _LATIN_END.search(before) and _LATIN_START.match(words):
        seen.note("hyphen", f"{before[-10:]}¶{words[:10]}")
        pieces[-1] = before[:-1]
        return "-"
    return " " if _NEEDS_BLANK[0].search(before) and _NEEDS_BLANK[1].match(words) else ""


def _starts(first: dict[int, int], pages: int, length: int) -> tuple[int, ...]:
    """A page without text begins where the next one does."""
    starts, following = [], length
    for page in reversed(range(pages)):
        following = first.get(page, following)
        starts.append(following)
    return tuple(reversed(starts))
