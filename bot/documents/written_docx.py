"""A .docx of headings, words and what stands below them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FONT = "宋体"  # every Word has it; it is no part of the file
_BODY, _SMALL = 12, 9  # points, chosen: 小四 and 小五, the sizes of Chinese office papers


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A heading, and below it words with a line in small print each."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def docx_bytes(title: str, parts: Sequence[WrittenPart], now: float) -> bytes:
    """The file; it holds nothing but what is given. now: its date, seconds UTC."""
    import docx  # with lxml .2 s to load, and few files are written
    from docx.shared import Pt

    document = docx.Document()
    for style, size in (("Normal", _BODY), ("Title", 20), ("Heading 1", 15)):
        _set_font(document.styles[style], Pt(size))
    document.add_heading(_allowed(title), 0)
    for part in parts:
        document.add_heading(_allowed(part.heading), 1)
        for words, below in part.lines:
            paragraph = document.add_paragraph(_allowed(words))
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(0), True
            document.add_paragraph().add_run(f"—— {_allowed(below)}").font.size = Pt(_SMALL)
    about, moment = document.core_properties, datetime.fromtimestamp(now, UTC)
    about.author, about.comments, about.title, about.created, about.modified = "", "", _allowed(title), moment, moment
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_font(style: Any, size: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would come before ours
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), FONT)


def _allowed(text: str) -> str:
    """Without characters that XML does not know."""
    return "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )
