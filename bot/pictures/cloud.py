"""The word cloud: words as large as their weight, packed around the middle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from PIL import ImageDraw

from bot.pictures import canvas
from bot.pictures.amounts import MOST
from bot.pictures.canvas import WIDTH
from bot.pictures.chart import TITLE_HEIGHT, draw_title
from bot.pictures.fonts import Face
from bot.pictures.picture_error import Empty
from bot.pictures.printable import shortened
from bot.pictures.typesetting import TextStyle, draw_text, text_width

MOST_WORDS = 80  # the heaviest, by eye; more would be too small to read on a telephone
_WORD_LIMIT = 12  # characters of one word, by eye
_FIELD = (960, 760)  # pixels for the words: the width without margins, and about as high as it is read at once
_MARGIN = 60
_LARGEST, _SMALLEST = 150, 24  # pixels of type, by eye; 24 of 1080 is 8 of a telephone's 360
_SIZE_STEP = 2  # pixels: 64 sizes at most, of which fonts keeps 16
_SHRINK = 0.93  # from one attempt to the next, until all words find a place; a steeper step leaves blank
_AIR = 0.16  # ems around a word, by eye
_CELL = 4  # pixels: the grid on which places are looked for; 80 words take 70 ms
_FLAT = 1.35  # the cloud is this much wider than high, by eye
_INK_RISE, _INK_DEPTH = 0.85, 0.10  # ems of Chinese characters over and under the baseline: Noto Serif draws up to 0.848 and 0.115
_FACE: Face = "serif"


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its type size and its box in pixels of the field (right and lower edge outside)."""

    word: str
    pixels: int
    box: tuple[int, int, int, int]


def word_cloud(words: Sequence[tuple[str, float]], title: str) -> bytes:
    """A PNG, 1080 pixels wide, of at most the 80 heaviest words; the same words give the same picture.

    TextStyle grows with the square root of the weight, so ink does with the weight. Words without visible text or
    with a weight that is not a positive number (1e15 at most) are left out, words over 12 characters cut.
    Raises Empty when no word is left.
    """
    placed = place(_heaviest(words))
    top = min(p.box[1] for p in placed)
    height = max(p.box[3] for p in placed) - top
    image, draw = canvas.new(WIDTH, TITLE_HEIGHT + height + _MARGIN)
    draw_title(draw, WIDTH, title)
    for rank, word in enumerate(placed):
        _draw(draw, word, TITLE_HEIGHT - top, canvas.PIGMENTS[rank % len(canvas.PIGMENTS)])
    return canvas.png(image)


def _first_scale(words: Sequence[tuple[str, float]]) -> float:
    """The scale at which the words would fill the field if nothing was lost between them, 1 at most."""
    sizes = [(text_width(word, TextStyle(_FACE, pixels, canvas.INK)), pixels) for word, pixels in _sizes(words, 1.0)]
    area = sum((width + _AIR * pixels) * (_INK_RISE + _INK_DEPTH + _AIR) * pixels for width, pixels in sizes)
    return min(1.0, math.sqrt(_FIELD[0] * _FIELD[1] / area))


def _sizes(words: Sequence[tuple[str, float]], scale: float) -> list[tuple[str, int]]:
    """TextStyle sizes in whole steps, so that few fonts are loaded."""
    ideal = (max(_SMALLEST, _LARGEST * math.sqrt(w / words[0][1])) * scale / _SIZE_STEP for _, w in words)
    return [(word, _SIZE_STEP * max(1, round(s))) for (word, _), s in zip(words, ideal, strict=True)]


def place(words: Sequence[tuple[str, float]]) -> list[Placed]:
    """Every word in a box of its own, as large as possible; `words` in falling weight."""
    scale = _first_scale(words)
    while (placed := _attempt(words, scale)) is None:
        scale *= _SHRINK
    return placed


def _heaviest(words: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Distinct printable words with the greatest of their weights, falling; equal ones by character."""
    valid = ((weight, word) for word, weight in words if 0 < weight <= MOST)
    weights: dict[str, float] = {}
    for weight, word in nlargest(2 * MOST_WORDS, valid):
        clean = shortened(word, _WORD_LIMIT, _FACE)
        if clean:
            weights.setdefault(clean, weight)
    if not weights:
        raise Empty("words")
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]


def _attempt(words: Sequence[tuple[str, float]], scale: float) -> list[Placed] | None:
    """All words at this scale, or None when one finds no place."""
    columns, rows = _FIELD[0] // _CELL, _FIELD[1] // _CELL
    taken = np.zeros((rows, columns), dtype=np.int32)
    placed = []
    for word, pixels in _sizes(words, scale):
        found = _settle(taken, word, pixels)
        if found is None:
            return None
        placed.append(found)
    return placed


def _settle(taken: np.ndarray[tuple[int, int], np.dtype[np.int32]], word: str, pixels: int) -> Placed | None:
    """Put the word where it is free and nearest to the middle, and mark its place as taken."""
    width = round(text_width(word, TextStyle(_FACE, pixels, canvas.INK)))
    height = round((_INK_RISE + _INK_DEPTH) * pixels)
    air = _AIR * pixels
    columns, rows = math.ceil((width + air) / _CELL), math.ceil((height + air) / _CELL)
    if columns > taken.shape[1] or rows > taken.shape[0]:
        return None
    sums = np.pad(taken, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    inside = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
    down = np.arange(inside.shape[0])[:, None] - (inside.shape[0] - 1) / 2
    across = np.arange(inside.shape[1])[None, :] - (inside.shape[1] - 1) / 2
    distance = np.where(inside == 0, (down * _FLAT) ** 2 + across**2, np.inf)
    best = int(distance.argmin())
    row, column = divmod(best, inside.shape[1])
    if not np.isfinite(distance[row, column]):
        return None
    taken[row : row + rows, column : column + columns] = 1
    left, top = column * _CELL + round(air / 2), row * _CELL + round(air / 2)
    return Placed(word, pixels, (left, top, left + width, top + height))


def _draw(draw: ImageDraw.ImageDraw, word: Placed, down: int, colour: str) -> None:
    left, top, _, _ = word.box
    x = (WIDTH - _FIELD[0]) // 2 + left
    draw_text(draw, x, top + down + _INK_RISE * word.pixels, word.word, TextStyle(_FACE, word.pixels, colour))
