"""Numbers that Word counts itself and prints before a paragraph, of which its text has nothing: 一、 (二) 3. (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError  # only the names; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bot.documents.zip_member import DamagedArchive, unpacked
from retrieval import to_chinese

LARGEST = 5_000_000  # bytes of either file; those of a report of a hundred pages have 60 000
LEVELS = 9  # as many as there are
MOST = 99  # the highest number in Chinese; higher ones are printed in digits
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STEMS, _CIRCLES = "甲乙丙丁戊己庚辛壬癸", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"


@dataclass(frozen=True, slots=True)
class ParagraphNumber:
    """What a paragraph says of its number: the list that counts it ("" where its style says that), and its level from 0."""

    listed: str = ""
    level: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class WordNumbering:
    """Counts the paragraphs of a document in order. lists: the scheme of each list; schemes: its levels; styles: as paragraphs."""

    lists: Mapping[str, str] = field(default_factory=dict)
    restarts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    schemes: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    styles: Mapping[str, ParagraphNumber] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: ParagraphNumber) -> str:
        """The number of the next paragraph, as it is printed; "" for none, and for a bullet."""
        listed, level = self._of(number)
        levels = self.schemes.get(self.lists.get(listed, ""), {})
        if level not in levels:
            return ""
        counts = self._counted(listed, level, levels)
        text = levels[level].text
        if levels[level].form in ("bullet", "none") or "%" not in text:
            return ""
        for one in range(LEVELS):
            if f"%{one + 1}" in text:
                of = levels.get(one, levels[level])
                text = text.replace(f"%{one + 1}", written(counts.get(one, of.start), of.form))
        return text

    def _of(self, number: ParagraphNumber) -> tuple[str, int]:
        if number.listed:
            return number.listed, number.level
        style = self.styles.get(number.style, ParagraphNumber())
        return style.listed, style.level

    def _counted(self, listed: str, level: int, levels: Mapping[int, _Level]) -> dict[int, int]:
        """The counts of the scheme, this paragraph among them; deeper ones begin anew."""
        counts = self._counts.setdefault(self.lists[listed], {})
        restart = self.restarts.get((listed, level))
        if restart is not None and (listed, level) not in self._begun:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        self._begun.add((listed, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return counts


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; in digits where it is none of these.

    >>> [written(4, form) for form in ("chineseCountingThousand", "decimalEnclosedCircle", "upperLetter", "lowerRoman", "decimal")]
    ['四', '④', 'D', 'iv', '4']
    """
    if form.startswith(("chinese", "japanese", "taiwanese", "ideographDigital", "korean")) and 0 < number <= MOST:
        return to_chinese(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= len(_CIRCLES):
        return _CIRCLES[number - 1]
    if form == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def word_numbering(raw: bytes) -> WordNumbering:
    """Of a .docx; of one whose numbers cannot be read, or that has none, such as prints none."""
    numbering, styles = _read(raw, _NUMBERING), _read(raw, _STYLES)
    if numbering is None:
        return WordNumbering()
    schemes = {_value(scheme, "abstractNumId", of_itself=True): dict(_levels(scheme)) for scheme in numbering.iter(f"{_W}abstractNum")}
    lists = {_value(one, "numId", of_itself=True): _value(one, "abstractNumId") for one in numbering.iter(f"{_W}num")}
    return WordNumbering(lists, dict(_restarts(numbering)), schemes, _of_styles(styles) if styles is not None else {})


def _read(raw: bytes, member: str) -> Element | None:
    parser = DefusedXMLParser(forbid_dtd=True)
    try:
        for chunk in unpacked(raw, member, LARGEST):
            parser.feed(chunk)
        root: Element = parser.close()
    except (DamagedArchive, ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return root


def _levels(scheme: Element) -> Iterator[tuple[int, _Level]]:
    for level in scheme.iter(f"{_W}lvl"):
        text = _value(level, "lvlText")
        yield _count(_value(level, "ilvl", of_itself=True)), _Level(_count(_value(level, "start"), 1), _value(level, "numFmt"), text)


def _restarts(numbering: Element) -> Iterator[tuple[tuple[str, int], int]]:
    for one in numbering.iter(f"{_W}num"):
        for override in one.iter(f"{_W}lvlOverride"):
            start = _value(override, "startOverride")
            if start:
                yield (_value(one, "numId", of_itself=True), _count(_value(override, "ilvl", of_itself=True))), _count(start, 1)


def _of_styles(styles: Element) -> dict[str, ParagraphNumber]:
    """Of the styles that number their paragraphs, and of those that are based on them."""
    own = {_value(style, "styleId", of_itself=True): style for style in styles.iter(f"{_W}style")}
    return {name: found for name in own if (found := _of_style(own, name)) is not None}


def _of_style(styles: Mapping[str, Element], name: str) -> ParagraphNumber | None:
    for _ in range(LEVELS):
        style = styles.get(name)
        if style is None:
            return None
        listed = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if listed is not None:
            level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            return ParagraphNumber(listed.get(f"{_W}val", ""), _count(level.get(f"{_W}val", "")) if level is not None else 0)
        name = _value(style, "basedOn")
    return None


def _value(element: Element, name: str, *, of_itself: bool = False) -> str:
    """The `w:val` of the first child of that name, or of itself the attribute; "" without it."""
    if of_itself:
        return element.get(f"{_W}{name}", "")
    child = element.find(f"{_W}{name}")
    return child.get(f"{_W}val", "") if child is not None else ""


def _count(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < LEVELS else otherwise
