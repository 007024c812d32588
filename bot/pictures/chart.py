"""What the charts share: title, legend, numbers, a sensible scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.errors import Mismatch
from bot.pictures.linebreak import Broken, width_of
from bot.pictures.printable import shortened
from bot.pictures.setting import Type, draw_line, draw_text, lay_out, text_width

MARGIN = 60
TITLE_HEIGHT = 150  # pixels from the upper edge to the chart
_TITLE_LIMIT = 80  # characters; what one line holds is decided by its width
_LABEL_LIMIT = 60  # characters
_LABEL_LEADING = 1.25  # ems
_TITLE_BASELINE = 88
_STEPS = (1, 2, 2.5, 5, 10)  # of a scale, times a power of ten

LABEL = Type("sans", 26, canvas.INK)
NOTE = Type("sans", 22, canvas.SOFT_INK)


def draw_title(draw: ImageDraw.ImageDraw, width: int, title: str) -> None:
    """The title with a short red rule before it and a thin one under it; a long one is cut."""
    kind = Type("serif", 42, canvas.INK)
    text = fitted(title, kind, width - 2 * MARGIN - 24, _TITLE_LIMIT)
    draw.rectangle((MARGIN, _TITLE_BASELINE - 36, MARGIN + 5, _TITLE_BASELINE + 4), fill=canvas.SEAL)
    draw_text(draw, MARGIN + 24, _TITLE_BASELINE, text, kind)
    draw.line((MARGIN, 118, width - MARGIN, 118), fill=canvas.FAINT, width=2)


def draw_legend(draw: ImageDraw.ImageDraw, right: int, baseline: int, entries: Sequence[tuple[str, str]]) -> None:
    """Entries (label, colour) in a row that ends at `right`."""
    for label, colour in reversed(entries):
        right -= round(text_width(label, NOTE))
        draw_text(draw, right, baseline, label, NOTE)
        draw.rectangle((right - 30, baseline - 18, right - 12, baseline), fill=colour)
        right -= 60


def fitted(text: str, kind: Type, width: float, limit: int = 40) -> str:
    """Printable text cut with an ellipsis to `width` pixels."""
    clean = shortened(text, limit, kind.face)
    while len(clean) > 1 and text_width(clean, kind) > width:
        clean = shortened(clean, len(clean) - 1, kind.face)
    return clean


def label_lines(text: str, width: float, kind: Type = LABEL) -> Broken:
    """A name in at most two lines of `width` pixels; the second ends with an ellipsis when more is left."""
    clean = shortened(text, _LABEL_LIMIT, kind.face)
    while len((broken := lay_out(clean, kind, width)).lines) > 2:
        clean = shortened(clean, len(clean) - 1, kind.face)
    return broken


def draw_label(draw: ImageDraw.ImageDraw, x: float, middle: float, label: Broken, anchor: float, kind: Type = LABEL) -> None:
    """The lines around the height `middle`; anchor 0.5 centres them on x, 1 ends them there."""
    first = middle + 0.36 * kind.pixels - (len(label.lines) - 1) * kind.pixels * _LABEL_LEADING / 2
    for index, line in enumerate(label.lines):
        left = x - anchor * width_of(line) * kind.pixels
        draw_line(draw, left, first + index * kind.pixels * _LABEL_LEADING, line, kind)


def label_width(labels: Sequence[Broken], kind: Type = LABEL) -> int:
    """Pixels of the widest line."""
    return round(max(width_of(line) for label in labels for line in label.lines or ((),)) * kind.pixels)


def number(value: float, digits: int) -> str:
    """The value with that many digits after the point, thousands apart; no number is an en dash."""
    return f"{value:,.{digits}f}" if math.isfinite(value) else "–"


def digits_for(values: Sequence[float]) -> int:
    """Digits after the point that tell these values apart: none for whole numbers, two up to 1, else one."""
    finite = [v for v in values if math.isfinite(v)]
    if all(v == int(v) for v in finite):
        return 0
    return 2 if max(map(abs, finite)) <= 1 else 1


def scale(highest: float, steps: int = 5) -> list[float]:
    """Round values from 0 to at least `highest`, about `steps` of them apart.

    >>> scale(37)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s for s in _STEPS if s * power >= rough * 0.999) * power
    return [round(step * i, 10) for i in range(math.ceil(highest / step * 0.999) + 1)]


def check_length(what: str, found: int, expected: int) -> None:
    """Raise Mismatch unless as many values as labels were given."""
    if found != expected:
        raise Mismatch(what, f"{found} values", f"{expected}, one a label")


def check_amounts(what: str, values: Sequence[float]) -> None:
    """Raise Mismatch unless all values are finite and not negative: lengths of bars."""
    for value in values:
        if not math.isfinite(value) or value < 0:
            raise Mismatch(what, repr(value), "a finite number, 0 or more")
