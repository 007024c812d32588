"""The paragraphs of a .docx file: its main text in order, tables cell by cell; no notes, headers, or what was struck out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # nosec B405  only names; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 50_000_000  # bytes of XML unpacked: about two million characters of text
MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text once more
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class DamagedDocx(Exception):
    """It is no .docx that can be read. other: it is an archive of something else."""

    def __init__(self, message: str, *, other: bool = False) -> None:
        super().__init__(message)
        self.other = other


def paragraphs(raw: bytes) -> list[str]:
    """The paragraphs, empty ones too. Raises DamagedDocx."""
    try:
        return list(_paragraphs(fromstring(_unpacked(raw), forbid_dtd=True)))
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise DamagedDocx(str(error)) from error


def _unpacked(raw: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if MAIN not in archive.namelist():
                raise DamagedDocx(f"no {MAIN}", other=True)
            with archive.open(MAIN) as file:
                xml = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DamagedDocx(str(error)) from error
    if len(xml) > LARGEST:
        raise DamagedDocx(f"more than {LARGEST} bytes of XML")
    return xml


def _paragraphs(node: Element) -> Iterator[str]:
    """In the order of the text; a text box inside a paragraph comes after it."""
    for child in node:
        if child.tag == f"{_W}p":
            yield "".join(_words(child))
            yield from (text for inner in child for text in _paragraphs(inner))
        elif child.tag != _FALLBACK:
            yield from _paragraphs(child)


def _words(paragraph: Element) -> Iterator[str]:
    for child in paragraph:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in (f"{_W}p", f"{_W}pPr", f"{_W}rPr", _FALLBACK):
            yield from _words(child)
