"""The paragraphs of a .docx file: its main text in order, tables cell by cell; no notes, headers, or what was struck out.

Numbers that Word counts itself are put before their paragraphs where that is asked for: readers of the file see them.
"""

from __future__ import annotations

from xml.etree.ElementTree import ParseError  # only the name; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bot.documents.word_numbering import ParagraphNumber, WordNumbering, word_numbering
from bot.documents.zip_member import DamagedArchive, unpacked

LARGEST = 50_000_000  # bytes of XML unpacked: about two million characters of text
MOST_ELEMENTS = 1_000_000  # a run of text has about eight; expat keeps every name: 5 MB of different ones take 156 MB (bench_drafts)
DEEPEST = 500  # elements inside each other, chosen; of a table in a text box in a table there are about 40
MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text once more
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_OF_NUMBER = {  # what says how a paragraph is numbered, and the elements that it stands in; elsewhere it is of a change, or of a section
    f"{_W}pStyle": (f"{_W}p", f"{_W}pPr"),
    f"{_W}numId": (f"{_W}p", f"{_W}pPr", f"{_W}numPr"),
    f"{_W}ilvl": (f"{_W}p", f"{_W}pPr", f"{_W}numPr"),
}
_LEVELS = tuple("012345678")
_SETTINGS = (f"{_W}pPr", f"{_W}rPr", _FALLBACK)  # nothing in them is text


def paragraphs(raw: bytes, largest: int = LARGEST) -> list[str]:
    """The paragraphs, empty ones too; no more than the text itself is kept in memory. largest: bytes of XML. Raises DamagedArchive."""
    return [words for words, _ in _read(raw, largest)]


def numbered_paragraphs(raw: bytes) -> list[tuple[str, str]]:
    """The number that Word prints before each paragraph, "" for none, and the paragraph. Raises DamagedArchive."""
    found = _read(raw, LARGEST)
    numbering = word_numbering(raw) if any(number for _, number in found) else WordNumbering()
    labels = [numbering.label(number) if number else "" for _, number in found]  # one without words is counted too
    return [(label if words.strip() else "", words) for label, (words, _) in zip(labels, found, strict=True)]


def _read(raw: bytes, largest: int) -> list[tuple[str, ParagraphNumber | None]]:
    reader = _Reader()
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    try:
        for chunk in unpacked(raw, MAIN, largest):
            parser.feed(chunk)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DamagedArchive(str(error)) from error
    return reader.paragraphs()


class _Reader:
    """Takes the XML as it comes; a paragraph inside another, in a text box, comes after that."""

    def __init__(self) -> None:
        self._found: list[list[str]] = []
        self._numbers: list[dict[str, str]] = []  # what each says of its number
        self._now: list[int] = []  # which of them are open
        self._open: list[list[str]] = []
        self._tags: list[str] = []
        self._left = MOST_ELEMENTS
        self._passed_over = 0  # elements that are open in which nothing is text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if self._left < 0 or len(self._tags) == DEEPEST:
            raise ValueError(f"more than {MOST_ELEMENTS} elements, or {DEEPEST} inside each other")
        if self._now and tag in _OF_NUMBER and tuple(self._tags[-len(_OF_NUMBER[tag]) :]) == _OF_NUMBER[tag]:
            self._numbers[self._now[-1]][tag] = attributes.get(f"{_W}val", "")
        self._tags.append(tag)
        if self._passed_over or tag in _SETTINGS:
            self._passed_over += 1
        elif tag == f"{_W}p":
            self._open.append([])
            self._now.append(len(self._found))
            self._found.append(self._open[-1])
            self._numbers.append({})
        elif tag in _SIGNS and self._open:
            self._open[-1].append(_SIGNS[tag])

    def data(self, words: str) -> None:
        if self._open and not self._passed_over and self._tags[-1] == f"{_W}t":
            self._open[-1].append(words)

    def end(self, tag: str) -> None:
        self._tags.pop()
        if self._passed_over:
            self._passed_over -= 1
        elif tag == f"{_W}p":
            self._open.pop()
            self._now.pop()

    def close(self) -> None:
        """Nothing is left to be done; the parser asks for it."""

    def paragraphs(self) -> list[tuple[str, ParagraphNumber | None]]:
        return [("".join(pieces), _number(said)) for pieces, said in zip(self._found, self._numbers, strict=True)]


def _number(said: dict[str, str]) -> ParagraphNumber | None:
    level = said.get(f"{_W}ilvl", "")
    return ParagraphNumber(said.get(f"{_W}numId", ""), int(level) if level in _LEVELS else 0, said.get(f"{_W}pStyle", "")) if said else None
