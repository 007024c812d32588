"""Stacked bars, one a day: how many questions were answered surely, nearly, not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.amounts import check_amounts, check_length, number, scale
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import fitted
from bot.pictures.chart import MARGIN, NOTE, TITLE_HEIGHT, draw_legend, draw_title
from bot.pictures.picture_error import check_count
from bot.pictures.typesetting import draw_text, text_width

HEIGHT = 720  # pixels: with WIDTH 3 : 2
MOST_DAYS, MOST_SERIES = 92, 6  # a quarter of a year; as many as there are colours
_TOP, _BASE = TITLE_HEIGHT + 80, HEIGHT - 110  # of the bars
_LEGEND_BASELINE = TITLE_HEIGHT + 30
_BAR = 0.72  # of the width of a day, by eye
_WIDEST_BAR = 60.0  # pixels, by eye
_COLOURS = ("#4c7a62", "#d09a45", "#b5aca0", "#2f6079", "#a8322a", "#3a3f63")  # malachite, ochre, ash first
_MOST_LABELS = 10  # dates under the bars, by eye: 96 pixels for each, which is 56 wide


def daily_bars(days: Sequence[date], series: Mapping[str, Sequence[int]], title: str) -> bytes:
    """A PNG of 1080 x 720: per day the values of all series stacked, the first one at the bottom.

    Raises TooLong over 92 days or 6 series, Empty without any, Mismatch when a series has not one value a
    day or a negative one.
    """
    check_count("days", len(days), MOST_DAYS)
    check_count("series", len(series), MOST_SERIES)
    for name, values in series.items():
        check_length(name, len(values), len(days))
        check_amounts(name, values)
    image, draw = canvas.new(WIDTH, HEIGHT)
    draw_title(draw, WIDTH, title)
    names = [fitted(name, NOTE, 600 / len(series)) for name in series]
    totals = [f"{name} {number(sum(v), 0)}" for name, v in zip(names, series.values(), strict=True)]
    draw_legend(draw, WIDTH - MARGIN, _LEGEND_BASELINE, list(zip(totals, _COLOURS, strict=False)))
    stacks = list(zip(*series.values(), strict=True))
    ticks = scale(max(map(sum, stacks)))
    left = _draw_grid(draw, ticks)
    _draw_stacks(draw, stacks, left, ticks[-1])
    _draw_dates(draw, days, left)
    return canvas.png(image)


def _draw_grid(draw: ImageDraw.ImageDraw, ticks: Sequence[float]) -> int:
    """Lines and their numbers; returns where the bars begin."""
    whole = [tick for tick in ticks if tick == int(tick)]
    left = MARGIN + round(text_width(number(ticks[-1], 0), NOTE)) + 16
    for tick in whole:
        y = round(_BASE - (_BASE - _TOP) * tick / ticks[-1])
        draw.line((left, y, WIDTH - MARGIN, y), fill=canvas.SOFT_INK if tick == 0 else canvas.FAINT, width=2)
        draw_text(draw, left - 14, y + 8, number(tick, 0), NOTE, anchor=1)
    return left


def _draw_stacks(draw: ImageDraw.ImageDraw, stacks: Sequence[Sequence[int]], left: int, highest: float) -> None:
    step = (WIDTH - MARGIN - left) / len(stacks)
    bar = min(_BAR * step, _WIDEST_BAR)
    for index, stack in enumerate(stacks):
        middle, below = left + (index + 0.5) * step, 0
        for value, colour in zip(stack, _COLOURS, strict=False):
            lower, upper = (round(_BASE - (_BASE - _TOP) * v / highest) for v in (below, below + value))
            if lower > upper:
                draw.rectangle((round(middle - bar / 2), upper, round(middle + bar / 2) - 1, lower - 1), fill=colour)
            below += value


def _draw_dates(draw: ImageDraw.ImageDraw, days: Sequence[date], left: int) -> None:
    """Month-day of the last day and of those a day, a week or more weeks before it."""
    step = (WIDTH - MARGIN - left) / len(days)
    every = next(n for n in (1, 7, 14) if len(days) <= n * _MOST_LABELS)
    for index in range(len(days) - 1, -1, -every):
        middle = left + (index + 0.5) * step
        draw.line((middle, _BASE + 2, middle, _BASE + 9), fill=canvas.SOFT_INK, width=2)
        text = f"{days[index]:%m-%d}"
        draw_text(draw, min(middle, WIDTH - MARGIN - text_width(text, NOTE) / 2), _BASE + 40, text, NOTE, anchor=0.5)
