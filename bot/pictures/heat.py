"""The heat map: how much each speech says of each theme, a number in every cell."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.amounts import MOST, check_amounts, check_length, digits_for, number
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import draw_label, label_lines, label_width
from bot.pictures.chart import LABEL, MARGIN, NOTE, TITLE_HEIGHT, draw_title
from bot.pictures.picture_error import check_count
from bot.pictures.typesetting import TextStyle, draw_text, text_width

MOST_ROWS, MOST_COLUMNS = 40, 12  # a picture 2 700 pixels high; cells 53 wide at least
_LABEL_WIDTH = 300  # pixels at most for the names of rows, by eye
_HEAD_HEIGHT = 96  # pixels: two lines of NOTE and air
_ROW_HEIGHT = 60  # pixels: two lines of LABEL
_GAP = 4
_COOL, _HOT = "#f1e7d6", "#8f2119"  # of the least and the greatest value
_GAMMA = 0.8  # by eye: small values stay apart


def heat_map(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], title: str) -> bytes:
    """A PNG, 1080 pixels wide: `values[row][column]` as colour and number; NaN is a cell without value.

    Raises TooLong over 40 rows or 12 columns, Empty without any, Mismatch when the shape does not fit the
    labels or a value is beyond 1e15.
    """
    check_count("rows", len(rows), MOST_ROWS)
    check_count("columns", len(columns), MOST_COLUMNS)
    _check_values(values, len(rows), len(columns))
    image, draw = canvas.new(WIDTH, TITLE_HEIGHT + _HEAD_HEIGHT + len(rows) * _ROW_HEIGHT + MARGIN)
    draw_title(draw, WIDTH, title)
    labels = [label_lines(row, _LABEL_WIDTH, LABEL) for row in rows]
    left = MARGIN + label_width(labels, LABEL) + 24
    edges = [left + round((WIDTH - MARGIN - left) * i / len(columns)) for i in range(len(columns) + 1)]
    for column, start, end in zip(columns, edges, edges[1:], strict=False):
        head = label_lines(column, end - start - 12, NOTE)
        draw_label(draw, (start + end - _GAP) / 2, TITLE_HEIGHT + _HEAD_HEIGHT / 2, head, 0.5, NOTE)
    top = TITLE_HEIGHT + _HEAD_HEIGHT
    for index, label in enumerate(labels):
        draw_label(draw, left - 24, top + (index + 0.5) * _ROW_HEIGHT - _GAP / 2, label, 1, LABEL)
    _draw_cells(draw, values, edges, top)
    return canvas.png(image)


def cell_colours(share: float) -> tuple[str, str]:
    """Ground and figure for a value at `share` (0-1) of the range; at least 4.5 : 1 apart."""
    ground = canvas.blend(_COOL, _HOT, share**_GAMMA)
    figure = max(("#000000", "#ffffff"), key=lambda colour: canvas.contrast(colour, ground))
    return ground, figure


def _check_values(values: Sequence[Sequence[float]], rows: int, columns: int) -> None:
    check_length("values", len(values), rows)
    for row in values:
        check_length("values of a row", len(row), columns)
        check_amounts("values of a row", [v for v in row if not (isinstance(v, float) and math.isnan(v))], least=-MOST)


def _draw_cells(draw: ImageDraw.ImageDraw, values: Sequence[Sequence[float]], edges: Sequence[int], top: int) -> None:
    known = [v for row in values for v in row if not math.isnan(v)]
    digits = digits_for(known)
    pixels = _number_size([number(v, digits) for v in known], edges[1] - edges[0] - _GAP)
    low, high = min([0.0, *known]), max(known, default=0.0)
    for index, row in enumerate(values):
        y = top + index * _ROW_HEIGHT
        for value, left, right in zip(row, edges, edges[1:], strict=False):
            share = 0.0 if math.isnan(value) or high <= low else (value - low) / (high - low)
            ground, figure = cell_colours(share)
            draw.rectangle((left, y, right - _GAP - 1, y + _ROW_HEIGHT - _GAP - 1), fill=ground)
            middle = (left + right - _GAP) / 2, y + (_ROW_HEIGHT - _GAP) / 2 + 0.37 * pixels
            draw_text(draw, *middle, number(value, digits), TextStyle("sans", pixels, figure), anchor=0.5)


def _number_size(texts: Sequence[str], room: float) -> int:
    """Pixels of type in which the longest number fits its cell."""
    widest = max((text_width(text, LABEL) for text in texts), default=1.0)
    return min(LABEL.pixels, int(LABEL.pixels * (room - 2 * _GAP) / widest))
