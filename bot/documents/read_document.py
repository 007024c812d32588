"""A document of any kind that is read → its pages as text: the kind is known by the bytes, only text by its name as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from bot.documents.document import LARGEST, Reason, UnreadableDocument, plain_text, refuse_others
from bot.documents.docx import LARGEST as LARGEST_XML
from bot.documents.docx import MAIN, numbered_paragraphs
from bot.documents.epub import CONTAINER, book
from bot.documents.html_text import page_of_html
from bot.documents.markdown import words_of_markdown
from bot.documents.odt import CONTENT, odt_paragraphs
from bot.documents.pdf import DamagedPdf, LockedPdf, PdfReaderMissing, printed_pages
from bot.documents.zip_member import DamagedArchive, member_names

DocumentKind = Literal["txt", "md", "docx", "pdf", "html", "odt", "rtf", "epub"]
READ_SUFFIXES = ("txt", "md", "markdown", "docx", "pdf", "html", "htm", "xhtml", "odt", "rtf", "epub")
MOST_CHARACTERS = 5_000_000  # of a document, chosen: five times the 49 longest reports together
_LEAST_ON_A_PAGE = 8  # characters a page on the average; a scan has none, or a stamp
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)  # <!DOCTYPE html
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)  # <meta charset="gb2312
_BEGINNING = 4096  # bytes in which a page says its encoding; browsers look at 1024
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}  # what is labelled so has characters of the larger set


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was read. pages: one, except of a .pdf; title and author as the file's properties have them.

    numbered: the lines that begin with a number that the program counted which wrote the file.
    """

    kind: DocumentKind
    pages: tuple[str, ...]
    title: str = ""
    author: str = ""
    numbered: tuple[str, ...] = ()


def read_document(raw: bytes, name: str) -> ReadDocument:
    """The text of a document. Raises UnreadableDocument. Hostile ones can take any time and memory: see `sandbox`."""
    if len(raw) > LARGEST:
        raise UnreadableDocument(name, "too large")
    found = _reader_of(raw, name)(raw, name)
    if sum(map(len, found.pages)) > MOST_CHARACTERS:
        raise UnreadableDocument(name, "too much")
    if not any(map(str.isalnum, "".join(found.pages))):
        raise UnreadableDocument(name, "scan" if found.kind == "pdf" and found.pages else "empty")
    return found


Reading = Callable[[bytes, str], ReadDocument]


def _reader_of(raw: bytes, name: str) -> Reading:
    """By the first bytes; of text by the ending of its name."""
    if b"%PDF-" in raw[:1024]:
        return _pdf
    if raw.startswith(b"PK\x03\x04"):
        return _zipped(raw, name)
    if raw.lstrip()[:5] == b"{\\rtf":
        return _rtf
    refuse_others(raw, name)
    suffix = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if suffix in ("html", "htm", "xhtml") or _HTML.match(raw):
        return _html
    return _markdown if suffix in ("md", "markdown") else _plain


def _zipped(raw: bytes, name: str) -> Reading:
    try:
        names = frozenset(member_names(raw))
    except DamagedArchive as error:
        raise _told(name, error) from error
    for member, reading in ((MAIN, _docx), (CONTAINER, _epub), (CONTENT, _odt)):
        if member in names:
            return reading
    raise UnreadableDocument(name, "archive")


def _told(name: str, error: DamagedArchive) -> UnreadableDocument:
    reason: Reason = "locked" if error.locked else "archive" if error.other else "damaged"
    return UnreadableDocument(name, reason)


def _plain(raw: bytes, name: str) -> ReadDocument:
    return ReadDocument("txt", (plain_text(raw, name),))


def _markdown(raw: bytes, name: str) -> ReadDocument:
    words, title, author = words_of_markdown(plain_text(raw, name))
    return ReadDocument("md", (words,), title, author)


def _html(raw: bytes, name: str) -> ReadDocument:
    try:
        page = page_of_html(_decoded(raw, name))
    except ValueError as error:
        raise UnreadableDocument(name, "too much") from error
    return ReadDocument("html", ("\n".join(page.lines),), page.title, page.author)


def _decoded(raw: bytes, name: str) -> str:
    """By the encoding that the page names, if it is that."""
    named = _CHARSET.search(raw[:_BEGINNING])
    encoding = named[1].decode("ascii").lower() if named else "utf-8"
    try:
        return raw.decode(_WIDER.get(encoding, encoding)).lstrip("\ufeff")
    except (LookupError, UnicodeError):
        return plain_text(raw, name)


def _docx(raw: bytes, name: str) -> ReadDocument:
    try:
        found = numbered_paragraphs(raw)
    except DamagedArchive as error:
        raise _told(name, error) from error
    lines = [label + (" " if label[-1:].isalnum() else "") + words for label, words in found]
    numbered = tuple(line for line, (label, _) in zip(lines, found, strict=True) if label)
    return ReadDocument("docx", ("\n".join(lines),), numbered=numbered)


def _odt(raw: bytes, name: str) -> ReadDocument:
    try:
        return ReadDocument("odt", ("\n".join(odt_paragraphs(raw, LARGEST_XML)),))
    except DamagedArchive as error:
        raise _told(name, error) from error


def _epub(raw: bytes, name: str) -> ReadDocument:
    try:
        found = book(raw, LARGEST_XML)
    except DamagedArchive as error:
        raise UnreadableDocument(name, "locked" if error.locked else "damaged") from error
    return ReadDocument("epub", ("\n\n".join(found.chapters),), found.title, found.author)


def _rtf(raw: bytes, name: str) -> ReadDocument:
    try:
        from striprtf.striprtf import rtf_to_text  # in the extra `documents`
    except ImportError:
        raise UnreadableDocument(name, "no reader") from None
    try:
        words = str(rtf_to_text(raw.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableDocument(name, "damaged") from error
    return ReadDocument("rtf", (words,))


def _pdf(raw: bytes, name: str) -> ReadDocument:
    try:
        found = printed_pages(raw)
    except PdfReaderMissing:
        raise UnreadableDocument(name, "no reader") from None
    except LockedPdf as error:
        raise UnreadableDocument(name, "locked") from error
    except DamagedPdf as error:
        raise UnreadableDocument(name, "damaged") from error
    if sum(map(len, found.pages)) < _LEAST_ON_A_PAGE * len(found.pages):
        raise UnreadableDocument(name, "scan")
    return ReadDocument("pdf", found.pages, found.title, found.author)
