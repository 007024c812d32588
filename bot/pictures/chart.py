"""What the charts share: title and legend."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.captions import fitted
from bot.pictures.typesetting import TextStyle, draw_text, text_width

# Pixels, by eye.
MARGIN = 60
TITLE_HEIGHT = 150  # from the upper edge to the chart
_TITLE_BASELINE = 88

LABEL = TextStyle("sans", 26, canvas.INK)
NOTE = TextStyle("sans", 22, canvas.SOFT_INK)


def draw_title(draw: ImageDraw.ImageDraw, width: int, title: str) -> None:
    """The title with a short red rule before it and a thin one under it; a long one is cut."""
    style = TextStyle("serif", 42, canvas.INK)
    text = fitted(title, style, width - 2 * MARGIN - 24)
    draw.rectangle((MARGIN, _TITLE_BASELINE - 36, MARGIN + 5, _TITLE_BASELINE + 4), fill=canvas.SEAL)
    draw_text(draw, MARGIN + 24, _TITLE_BASELINE, text, style)
    draw.line((MARGIN, 118, width - MARGIN, 118), fill=canvas.FAINT, width=2)


def draw_legend(draw: ImageDraw.ImageDraw, right: int, baseline: int, entries: Sequence[tuple[str, str]]) -> None:
    """Entries (label, colour) in a row that ends at `right`."""
    for label, colour in reversed(entries):
        right -= round(text_width(label, NOTE))
        draw_text(draw, right, baseline, label, NOTE)
        draw.rectangle((right - 30, baseline - 18, right - 12, baseline), fill=colour)
        right -= 60
