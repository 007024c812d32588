"""The pages of a .pdf with a text layer: a line of print a line, with a mark before those that are indented."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

INDENT = "\u3000\u3000"  # before a line that begins further right than its page's others
MOST_PAGES = 2000  # chosen: twice the longest printed volume of reports
_INDENTED = 1.2  # characters further right: paragraphs are indented by two, a first letter in italics by none
_CENTRED = 8  # characters: what begins still further right is a heading or a signature, of which no indent is told


class LockedPdf(Exception):
    """It has a password."""


class DamagedPdf(Exception):
    """It cannot be opened, or has more than MOST_PAGES."""


class PdfReaderMissing(Exception):
    """The extra `documents` is not installed."""


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The text of each page, "" for one without; title and author as the file's properties have them."""

    pages: tuple[str, ...]
    title: str = ""
    author: str = ""


def printed_pages(raw: bytes) -> PrintedPages:
    """Nothing that the file holds is run, nothing that it refers to loaded. Raises LockedPdf, DamagedPdf, PdfReaderMissing."""
    try:
        import pypdfium2  # in the extra `documents`
    except ImportError:
        raise PdfReaderMissing from None
    try:
        document = pypdfium2.PdfDocument(raw)
        if len(document) > MOST_PAGES:
            raise DamagedPdf(f"more than {MOST_PAGES} pages")
        about = document.get_metadata_dict()
        return PrintedPages(tuple(_page(document, number) for number in range(len(document))), about["Title"], about["Author"])
    except pypdfium2.PdfiumError as error:
        raise (LockedPdf if "password" in str(error).lower() else DamagedPdf)(str(error)) from error


def _page(document: Any, number: int) -> str:
    page = document[number]
    printed = page.get_textpage()
    try:
        return _lines(printed)
    finally:
        printed.close()
        page.close()


def _lines(printed: Any) -> str:
    text, count = printed.get_text_range(errors="ignore"), printed.count_chars()
    placed = []
    position = 0
    for line in text.split("\n"):
        at = position + len(line) - len(line.lstrip())
        if line.strip() and at < count:
            left, _, right, _ = printed.get_charbox(at)
            placed.append((line.rstrip("\r"), left, right - left))
        position += len(line) + 1
    if not placed:
        return ""
    margin, width = min(left for _, left, _ in placed), median(width for _, _, width in placed) or 1.0
    return "\n".join(_marked(line, (left - margin) / width) for line, left, _ in placed)


def _marked(line: str, further: float) -> str:
    """further: how many characters right of the others it begins."""
    words = line.strip()
    return INDENT + words if _INDENTED < further < _CENTRED else words
