"""Draws broken lines on a picture: every cell at its place, edges straight when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from bot.pictures.cells import LONG_DASH, Cell, cells
from bot.pictures.fonts import Face, font
from bot.pictures.linebreak import Alignment, Broken, break_lines, space_between, width_of

Cutter = Callable[[str], Sequence[str]]  # printable text → its words in order

_LARGEST_GAP = 0.2  # ems between characters, by eye; a line that would need more is left ragged
# ⸺ is one stroke where two — leave a gap. It is 1.69 em wide and as high as for small letters: raise it.
_DASH_GLYPH, _DASH_WIDTH, _DASH_RAISE = "⸺", 1.69, 0.11


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks: face, size in pixels, colour."""

    face: Face
    pixels: int
    colour: str


def lay_out(text: str, style: TextStyle, width: float, alignment: Alignment = "ragged", words: Sequence[str] = ()) -> Broken:
    """Printable text broken into lines of at most `width` pixels, between `words` where that costs little."""
    measure = width / style.pixels
    return break_lines(cells(text, style.face, measure), measure, alignment, words)


def text_width(text: str, style: TextStyle) -> float:
    """Width in pixels of printable text on one line."""
    return width_of(cells(text, style.face, float("inf"))) * style.pixels


def draw_line(draw: ImageDraw.ImageDraw, x: float, baseline: float, line: Sequence[Cell], style: TextStyle, extra: float = 0.0) -> None:
    """The line with its ink beginning at x; `extra` ems of air in every gap."""
    if not line:
        return
    em = style.pixels
    x -= line[0].lead * em
    for cell, after in zip(line, [*line[1:], line[-1]], strict=True):
        _draw_cell(draw, x, baseline, cell, style)
        x += (cell.width + space_between(cell, after) + extra) * em


def draw_text(draw: ImageDraw.ImageDraw, x: float, baseline: float, text: str, style: TextStyle, anchor: float = 0.0) -> None:
    """Printable text on one line; anchor 0 puts its left end at x, 0.5 its middle, 1 its right end."""
    line = cells(text, style.face, float("inf"))
    draw_line(draw, x - anchor * width_of(line) * style.pixels, baseline, line, style)


def draw_block(
    draw: ImageDraw.ImageDraw,
    x: float,
    baseline: float,
    broken: Broken,
    style: TextStyle,
    leading: float,
    justify_to: float = 0.0,
) -> None:
    """All lines, `leading` pixels apart; all but the last are stretched to `justify_to` pixels if given."""
    for number, line in enumerate(broken.lines):
        last = number == len(broken.lines) - 1
        extra = 0.0 if last or not justify_to else stretch(line, justify_to / style.pixels)
        draw_line(draw, x, baseline + number * leading, line, style, extra)


def stretch(line: Sequence[Cell], measure: float) -> float:
    """Ems to add in every gap so that the line fills the measure; 0 where that would tear it apart."""
    gaps = len(line) - 1
    needed = (measure - width_of(line)) / gaps if gaps else 0.0
    return needed if 0 < needed <= _LARGEST_GAP else 0.0


def _draw_cell(draw: ImageDraw.ImageDraw, x: float, baseline: float, cell: Cell, style: TextStyle) -> None:
    em = style.pixels
    text = cell.text
    if text == LONG_DASH:
        text, x, baseline = _DASH_GLYPH, x + (2 - _DASH_WIDTH) / 2 * em, baseline - _DASH_RAISE * em
    draw.text((x, baseline), text, fill=style.colour, font=font(style.face, em), anchor="ls")
