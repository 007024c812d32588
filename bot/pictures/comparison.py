"""Grouped horizontal bars: several systems measured by the same measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.amounts import check_amounts, check_length, digits_for, number, scale
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import draw_label, fitted, label_lines, label_width
from bot.pictures.chart import LABEL, MARGIN, NOTE, TITLE_HEIGHT, draw_legend, draw_title
from bot.pictures.picture_error import check_count
from bot.pictures.typesetting import TextStyle, draw_text, text_width

MOST_SYSTEMS, MOST_MEASURES = 16, 5  # a picture 3 500 pixels high; more shades of one hue are not told apart
# Pixels, by eye.
_LABEL_WIDTH = 380  # at most for the names of systems
_BAR, _BAR_GAP, _GROUP_GAP = 30, 4, 30
_TOP = TITLE_HEIGHT + 66
_FOOT = 96
_VALUE_WIDTH = 90  # pixels right of the longest bar


def comparison_chart(systems: Sequence[str], measures: Mapping[str, Sequence[float]], title: str) -> bytes:
    """A PNG, 1080 pixels wide: one group a system in the order given, one bar a measure; best values in red.

    Raises TooLong over 16 systems or 5 measures, Empty without any, Mismatch when a measure has not one
    finite value from 0 a system.
    """
    check_count("systems", len(systems), MOST_SYSTEMS)
    check_count("measures", len(measures), MOST_MEASURES)
    for name, values in measures.items():
        check_length(name, len(values), len(systems))
        check_amounts(name, values)
    group = len(measures) * (_BAR + _BAR_GAP) + _GROUP_GAP
    image, draw = canvas.new(WIDTH, _TOP + group * len(systems) + _FOOT)
    draw_title(draw, WIDTH, title)
    names = [fitted(name, NOTE, 700 / len(measures)) for name in measures]
    draw_legend(draw, WIDTH - MARGIN, TITLE_HEIGHT + 30, list(zip(names, colours(len(names)), strict=True)))
    labels = [label_lines(system, _LABEL_WIDTH, LABEL) for system in systems]
    left = MARGIN + label_width(labels, LABEL) + 24
    ticks = scale(max(max(values) for values in measures.values()))
    _draw_grid(draw, ticks, left, _TOP + group * len(systems))
    for index, label in enumerate(labels):
        top = _TOP + index * group + _GROUP_GAP // 2
        draw_label(draw, left - 24, top + (group - _GROUP_GAP - _BAR_GAP) / 2, label, 1, LABEL)
        _draw_group(draw, [values[index] for values in measures.values()], measures, left, top, ticks[-1])
    return canvas.png(image)


def colours(count: int) -> list[str]:
    """One hue from dark to light, so that measures read as one family."""
    return [canvas.blend("#2f6079", "#b9cdd3", i / max(1, count - 1)) for i in range(count)]


def _draw_grid(draw: ImageDraw.ImageDraw, ticks: Sequence[float], left: int, bottom: int) -> None:
    digits = digits_for(ticks)
    for tick in ticks:
        x = _reach(tick, left, ticks[-1])
        draw.line((x, _TOP, x, bottom), fill=canvas.SOFT_INK if tick == 0 else canvas.FAINT, width=2)
        draw_text(draw, x, bottom + 38, number(tick, digits), NOTE, anchor=0.5)


def _draw_group(
    draw: ImageDraw.ImageDraw,
    values: Sequence[float],
    measures: Mapping[str, Sequence[float]],
    left: int,
    top: int,
    highest: float,
) -> None:
    """The bars of one system, each with its value at its end."""
    for value, every, colour in zip(values, measures.values(), colours(len(values)), strict=True):
        end = _reach(value, left, highest)
        if end > left:
            draw.rectangle((left + 1, top, end, top + _BAR - 1), fill=colour)
        best = len(every) > 1 and value == max(every)
        style = TextStyle("sans", 24, canvas.SEAL if best else canvas.SOFT_INK)
        text = number(value, digits_for(every))
        draw.rectangle((end + 8, top, end + 16 + text_width(text, style), top + _BAR), fill=canvas.PAPER)
        draw_text(draw, end + 12, top + 24, text, style)
        top += _BAR + _BAR_GAP


def _reach(value: float, left: int, highest: float) -> int:
    return left + round((WIDTH - MARGIN - _VALUE_WIDTH - left) * value / highest)
