"""Names beside a picture: cut to the room there is, in one line or two."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures.linebreak import Broken, width_of
from bot.pictures.printable import shortened
from bot.pictures.setting import Cutter, Type, draw_line, lay_out, text_width

_LIMIT = 80  # characters
_LINES = 2
_LEADING = 1.25  # ems


def fitted(text: str, kind: Type, width: float) -> str:
    """Printable text cut with an ellipsis to `width` pixels."""
    clean = shortened(text, _LIMIT, kind.face)
    while len(clean) > 1 and text_width(clean, kind) > width:
        clean = shortened(clean, len(clean) - 1, kind.face)
    return clean


def label_lines(text: str, width: float, kind: Type, cut: Cutter | None = None) -> Broken:
    """A name in at most two lines of `width` pixels; the second ends with an ellipsis when more is left."""
    clean = shortened(text, _LIMIT, kind.face)
    while len((broken := lay_out(clean, kind, width, words=cut(clean) if cut else ())).lines) > _LINES:
        clean = shortened(clean, len(clean) - 1, kind.face)
    return broken


def draw_label(draw: ImageDraw.ImageDraw, x: float, middle: float, label: Broken, anchor: float, kind: Type) -> None:
    """The lines around the height `middle`; anchor 0.5 centres them on x, 1 ends them there."""
    first = middle + 0.36 * kind.pixels - (len(label.lines) - 1) * kind.pixels * _LEADING / 2
    for index, line in enumerate(label.lines):
        left = x - anchor * width_of(line) * kind.pixels
        draw_line(draw, left, first + index * kind.pixels * _LEADING, line, kind)


def label_width(labels: Sequence[Broken], kind: Type) -> int:
    """Pixels of the widest line."""
    return round(max(width_of(line) for label in labels for line in label.lines or ((),)) * kind.pixels)
