"""Horizontal bars, one a speech: how often a wording stands in its text and in its headings."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.amounts import check_amounts, check_length, number
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import draw_label, fitted, label_lines, label_width
from bot.pictures.chart import LABEL, MARGIN, NOTE, TITLE_HEIGHT, draw_legend, draw_title
from bot.pictures.picture_error import check_count
from bot.pictures.typesetting import draw_text

MOST_BARS = 40  # a picture 3 100 pixels high, as a heat map may be
IN_TEXT, IN_HEADINGS = canvas.PIGMENTS[1], canvas.PIGMENTS[2]
# Pixels, by eye.
_LABEL_WIDTH = 320
_BAR, _ROW = 40, 72
_TOP = TITLE_HEIGHT + 60
_VALUE_WIDTH = 90  # right of the longest bar


def count_bars(labels: Sequence[str], in_text: Sequence[int], in_headings: Sequence[int], names: tuple[str, str], title: str) -> bytes:
    """A PNG, 1080 pixels wide: a bar a label in the order given, what is in headings after what is in the text, the sum at its end.

    names: of both parts, in the legend. Raises TooLong over 40 labels, Empty without any, Mismatch when there is not one amount a label.
    """
    check_count("labels", len(labels), MOST_BARS)
    for name, values in zip(names, (in_text, in_headings), strict=True):
        check_length(name, len(values), len(labels))
        check_amounts(name, values)
    image, draw = canvas.new(WIDTH, _TOP + _ROW * len(labels) + MARGIN)
    draw_title(draw, WIDTH, title)
    shown = [fitted(name, NOTE, 300) for name in names]
    draw_legend(draw, WIDTH - MARGIN, TITLE_HEIGHT + 30, list(zip(shown, (IN_TEXT, IN_HEADINGS), strict=True)))
    lines = [label_lines(label, _LABEL_WIDTH, LABEL) for label in labels]
    left = MARGIN + label_width(lines, LABEL) + 24
    pairs = list(zip(in_text, in_headings, strict=True))
    most = max(1, *map(sum, pairs))
    draw.line((left, _TOP, left, _TOP + _ROW * len(labels)), fill=canvas.SOFT_INK, width=2)
    for index, (label, pair) in enumerate(zip(lines, pairs, strict=True)):
        middle = _TOP + (index + 0.5) * _ROW
        draw_label(draw, left - 24, middle, label, 1, LABEL)
        _draw_bar(draw, pair, left + 2, middle, (WIDTH - MARGIN - _VALUE_WIDTH - left) / most)
    return canvas.png(image)


def _draw_bar(draw: ImageDraw.ImageDraw, pair: tuple[int, int], left: float, middle: float, unit: float) -> None:
    """Both parts end to end, `unit` pixels for each time, and the sum."""
    start = left
    for amount, colour in zip(pair, (IN_TEXT, IN_HEADINGS), strict=True):
        end = start + amount * unit
        if round(end) > round(start):
            draw.rectangle((round(start), round(middle - _BAR / 2), round(end) - 1, round(middle + _BAR / 2) - 1), fill=colour)
        start = end
    draw_text(draw, start + 12, middle + 9, number(sum(pair), 0), LABEL)
