"""The paragraphs of an .odt file: its text in order, tables cell by cell; no notes, comments, or what was struck out."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError  # only the name; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bot.documents.docx import DEEPEST, MOST_ELEMENTS
from bot.documents.zip_member import DamagedArchive, member_names, unpacked

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MOST_BLANKS = 1000  # that one element may stand for, chosen
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_PASSED_OVER = (f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}automatic-styles", f"{_OFFICE}scripts")


def odt_paragraphs(raw: bytes, largest: int) -> list[str]:
    """The paragraphs, empty ones too. largest: bytes of XML. Raises DamagedArchive."""
    if _is_locked(raw, largest):
        raise DamagedArchive("a password", locked=True)
    reader = _OdtReader()
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    try:
        for chunk in unpacked(raw, CONTENT, largest):
            parser.feed(chunk)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DamagedArchive(str(error)) from error
    return ["".join(pieces) for pieces in reader.found]


def _is_locked(raw: bytes, largest: int) -> bool:
    return _MANIFEST in member_names(raw) and b"encryption-data" in b"".join(unpacked(raw, _MANIFEST, largest))


class _OdtReader:
    """Takes the XML as it comes; a paragraph inside another, in a frame, comes after that."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self._open: list[list[str]] = []
        self._depth = 0
        self._left = MOST_ELEMENTS
        self._passed_over = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > DEEPEST:
            raise ValueError(f"more than {MOST_ELEMENTS} elements, or {DEEPEST} inside each other")
        if self._passed_over or tag in _PASSED_OVER:
            self._passed_over += 1
        elif tag in _PARAGRAPHS:
            self._open.append([])
            self.found.append(self._open[-1])
        elif self._open:
            self._open[-1].append(self._sign(tag, attributes))

    @staticmethod
    def _sign(tag: str, attributes: dict[str, str]) -> str:
        if tag == f"{_TEXT}s":
            return " " * min(int(attributes.get(f"{_TEXT}c", "1")), _MOST_BLANKS)
        return _SIGNS.get(tag, "")

    def data(self, words: str) -> None:
        if self._open and not self._passed_over:
            self._open[-1].append(words)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._passed_over:
            self._passed_over -= 1
        elif tag in _PARAGRAPHS:
            self._open.pop()

    def close(self) -> None:
        """Nothing is left to be done; the parser asks for it."""
