"""A text as typographic cells: what the line breaker may separate, and how wide each is.

Widths are in ems. A full-width mark carries half an em of blank, before an opening mark and behind a
closing one, that is taken away at the edge of a line and between two marks (《中文排版需求》, squeezing).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.pictures.fonts import Face, advance

CellKind = Literal["han", "latin", "opening", "closing", "blank"]

OPENING = "“‘（《〈【「『〔［｛"
CLOSING = "，。、；：！？”’）》〉】」』〕］｝"
NARROW_OPENING = "([{<"
NARROW_CLOSING = ",.;:!?)]}>%…·・～％℃°‰"  # as wide as the font draws them; no line begins with them either
LONG_DASH = "——"
HALF = 0.5  # ems of blank in a full-width mark: half of it (《中文排版需求》)
BLANK = 0.25  # ems between words, the usual word space
BESIDE_LATIN = 0.125  # ems between Chinese and western characters, by eye (《中文排版需求》: at most a quarter)

_HAN = (  # characters, kana and the marks among them
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u303f\u3040-\u30ff\u3100-\u31ff"
    r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_NO_WORD = _HAN + re.escape(OPENING + CLOSING + NARROW_OPENING + NARROW_CLOSING) + r'\s"—0-9'
_CELL = re.compile(
    rf"""(?P<dash>——)
    | (?P<blank>\ )
    | (?P<full>[{re.escape(OPENING + CLOSING)}])              # 《
    | (?P<dots>…+)                                            # ……
    | (?P<word>(?:[0-9]+(?:[.,:][0-9]+)*+                     # 43.2  1,000
        | [^{_NO_WORD}])++[%％‰℃°]*)                     # GDP  20%
    | (?P<one>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """`lead` and `trail`: blank inside `width` before and behind the ink that may be taken away."""

    text: str
    width: float
    kind: CellKind
    lead: float = 0.0
    trail: float = 0.0


def cells(text: str, face: Face, widest: float) -> list[Cell]:
    """The cells of printable text in order; their texts joined are the text. None is wider than `widest` ems.

    >>> [c.text for c in cells("从1950年——“劳模”", "serif", 20)]
    ['从', '1950', '年', '——', '“', '劳', '模', '”']
    """
    found: list[Cell] = []
    straight_quotes = 0
    for match in _CELL.finditer(text):
        piece = match.group()
        if piece == '"':
            straight_quotes += 1
            kind: CellKind = "opening" if straight_quotes % 2 else "closing"
            found.append(Cell(piece, advance(face, piece), kind))
        else:
            found.extend(_cut(piece, match.lastgroup or "one", face, widest))
    return found


def _cut(piece: str, group: str, face: Face, widest: float) -> Iterator[Cell]:
    cell = _cell(piece, group, face)
    if cell.width <= widest or len(piece) == 1:
        yield cell
        return
    half = len(piece) // 2
    yield from _cut(piece[:half], group, face, widest)
    yield from _cut(piece[half:], group, face, widest)


def _cell(piece: str, group: str, face: Face) -> Cell:
    if group == "dash":
        return Cell(piece, float(len(piece)), "han")  # an em each; the fonts' own — is narrower
    if group == "blank":
        return Cell(piece, BLANK, "blank", trail=BLANK)
    if piece in OPENING:
        return Cell(piece, 1.0, "opening", lead=HALF)
    if piece in CLOSING:
        return Cell(piece, 1.0, "closing", trail=HALF)
    return Cell(piece, advance(face, piece), _kind(piece, group))


def _kind(piece: str, group: str) -> CellKind:
    if piece in NARROW_OPENING:
        return "opening"
    if group == "dots" or piece in NARROW_CLOSING:
        return "closing"
    return "latin" if group == "word" else "han"
