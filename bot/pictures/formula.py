"""A formula as several speeches say it, one below the other, with what was struck out and put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import fitted
from bot.pictures.cells import Cell
from bot.pictures.chart import MARGIN, TITLE_HEIGHT, draw_title
from bot.pictures.linebreak import Broken, space_between
from bot.pictures.picture_error import check_count
from bot.pictures.printable import printable
from bot.pictures.seal import stamp
from bot.pictures.typesetting import TextStyle, draw_line, draw_text, lay_out

PieceKind = Literal["kept", "struck", "put in"]

LIMIT = 900  # characters of all versions: a picture 3 000 pixels high, chosen
MOST_VERSIONS = 12  # chosen, as many as columns of a map
# Pixels, by eye.
_LABEL = TextStyle("sans", 28, canvas.SOFT_INK)
_STYLES: dict[PieceKind, TextStyle] = {
    "kept": TextStyle("serif", 44, canvas.INK),
    "struck": TextStyle("serif", 44, canvas.SOFT_INK),
    "put in": TextStyle("serif", 44, canvas.SEAL),
}
_LEADING, _LABEL_HEIGHT, _BETWEEN, _FOOT = 74, 62, 44, 130
_TEXT_WIDTH = WIDTH - 2 * MARGIN
_RAISE, _DROP, _PEN = 0.36, 0.2, 4  # ems from the baseline to the lines through and under the text; their width in pixels


@dataclass(frozen=True, slots=True)
class _Row:
    """A version laid out: the kind of every character of `text`, the lines it is broken into."""

    label: str
    text: str
    kinds: tuple[PieceKind, ...]
    broken: Broken

    @property
    def height(self) -> int:
        """Pixels with its label."""
        return _LABEL_HEIGHT + _LEADING * len(self.broken.lines)


def formula_card(title: str, versions: Sequence[tuple[str, Sequence[tuple[str, PieceKind]]]], foot: str) -> bytes:
    """A PNG, 1080 pixels wide: of each version a label and its pieces; struck ones soft and crossed out, those put in red and underlined.

    foot: one line below, cut to the width. Raises TooLong over LIMIT characters or MOST_VERSIONS versions, Empty without any.
    """
    check_count("versions", len(versions), MOST_VERSIONS)
    rows = [_laid(label, pieces) for label, pieces in versions]
    check_count("formula", sum(len(row.text) for row in rows), LIMIT)
    height = TITLE_HEIGHT + sum(row.height + _BETWEEN for row in rows) + _FOOT
    image, draw = canvas.new(WIDTH, height)
    draw_title(draw, WIDTH, title)
    top = TITLE_HEIGHT
    for row in rows:
        draw_text(draw, MARGIN, top + 40, fitted(row.label, _LABEL, _TEXT_WIDTH), _LABEL)
        _draw_row(draw, row, top + _LABEL_HEIGHT + 46)
        top += row.height + _BETWEEN
    draw.line((MARGIN, top, WIDTH - MARGIN, top), fill=canvas.FAINT, width=2)
    draw_text(draw, MARGIN, top + 64, fitted(foot, _LABEL, _TEXT_WIDTH - 120), _LABEL)
    stamp(image, WIDTH - MARGIN, top + 112, 56)
    return canvas.png(image)


def _laid(label: str, pieces: Sequence[tuple[str, PieceKind]]) -> _Row:
    shown = [(printable(text, "serif"), kind) for text, kind in pieces]
    text = "".join(words for words, _ in shown)
    kinds = tuple(kind for words, kind in shown for _ in words)
    return _Row(label, text, kinds, lay_out(text, _STYLES["kept"], _TEXT_WIDTH))


def _draw_row(draw: ImageDraw.ImageDraw, row: _Row, baseline: float) -> None:
    at = 0
    for number, line in enumerate(row.broken.lines):
        x = MARGIN - line[0].lead * _STYLES["kept"].pixels
        for cell, after in zip(line, [*line[1:], None], strict=True):
            at = row.text.index(cell.text, at)  # blanks at the ends of lines are left out
            x = _draw_piece(draw, x, baseline + number * _LEADING, (cell, after), row.kinds[at])
            at += len(cell.text)


def _draw_piece(draw: ImageDraw.ImageDraw, x: float, baseline: float, pair: tuple[Cell, Cell | None], kind: PieceKind) -> float:
    """A cell with the line through or under it, and the blank to the one after it; where that begins."""
    cell, after = pair
    style = _STYLES[kind]
    em = style.pixels
    draw_line(draw, x + cell.lead * em, baseline, [cell], style)
    end = x + (cell.width + (space_between(cell, after) if after else 0)) * em
    if kind != "kept":
        height = baseline + (_DROP if kind == "put in" else -_RAISE) * em
        draw.line((x, height, end, height), fill=style.colour, width=_PEN)
    return end
