"""Names beside a picture: cut to the room there is, in one line or two."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures.linebreak import Broken, width_of
from bot.pictures.printable import shortened
from bot.pictures.typesetting import Cutter, TextStyle, draw_line, lay_out, text_width

_LIMIT = 80  # characters: more than two lines of the widest label, which hold 51
_LINES = 2
_LEADING = 1.25  # ems between baselines, the usual one of sans type


def fitted(text: str, style: TextStyle, width: float) -> str:
    """Printable text cut with an ellipsis to `width` pixels."""
    clean = shortened(text, _LIMIT, style.face)
    while len(clean) > 1 and text_width(clean, style) > width:
        clean = shortened(clean, len(clean) - 1, style.face)
    return clean


def label_lines(text: str, width: float, style: TextStyle, cut: Cutter | None = None) -> Broken:
    """A name in at most two lines of `width` pixels; the second ends with an ellipsis when more is left."""
    clean = shortened(text, _LIMIT, style.face)
    while len((broken := lay_out(clean, style, width, words=cut(clean) if cut else ())).lines) > _LINES:
        clean = shortened(clean, len(clean) - 1, style.face)
    return broken


def draw_label(draw: ImageDraw.ImageDraw, x: float, middle: float, label: Broken, anchor: float, style: TextStyle) -> None:
    """The lines around the height `middle`; anchor 0.5 centres them on x, 1 ends them there."""
    first = middle + 0.36 * style.pixels - (len(label.lines) - 1) * style.pixels * _LEADING / 2
    for index, line in enumerate(label.lines):
        left = x - anchor * width_of(line) * style.pixels
        draw_line(draw, left, first + index * style.pixels * _LEADING, line, style)


def label_width(labels: Sequence[Broken], style: TextStyle) -> int:
    """Pixels of the widest line."""
    return round(max(width_of(line) for label in labels for line in label.lines or ((),)) * style.pixels)
