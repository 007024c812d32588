"""A red seal, 原话 ("the very words"), as a stamp with worn edges."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bot.pictures.canvas import SEAL, SHARP
from bot.pictures.fonts import font

_CHARACTERS = "原话"
_WEAR = 11  # seed of the wear: the same stamp on every card


@lru_cache(maxsize=4)
def seal_mask(pixels: int) -> Image.Image:
    """Where the ink of a stamp `pixels` wide lies (mode L); taller than wide, for characters in a column."""
    width, height = pixels * SHARP, round(pixels * 1.72) * SHARP
    stamp = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(stamp)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), radius=width // 9, fill=255)
    size = round(width * 0.74)
    for row, character in enumerate(_CHARACTERS):
        centre = (width / 2, height * (0.27 + 0.46 * row))
        draw.text(centre, character, fill=0, font=font("serif", size), anchor="mm", stroke_width=SHARP // 2)
    worn = Image.composite(stamp, Image.new("L", stamp.size, 0), _wear(stamp.size))
    return worn.resize((width // SHARP, height // SHARP), Image.Resampling.LANCZOS)


def _wear(size: tuple[int, int]) -> Image.Image:
    """Small holes, as the grain of paper leaves them."""
    grain = np.random.default_rng(_WEAR).random((size[1] // SHARP, size[0] // SHARP))
    holes = Image.fromarray((grain > 0.03).astype(np.uint8) * 255).resize(size, Image.Resampling.BICUBIC)
    return holes.filter(ImageFilter.GaussianBlur(SHARP / 2)).point(lambda v: 255 if v > 120 else 90)


def stamp(image: Image.Image, right: int, bottom: int, pixels: int) -> None:
    """Press the seal on the picture, its lower right corner at (right, bottom)."""
    mask = seal_mask(pixels)
    place = (right - mask.width, bottom - mask.height)
    image.paste(SEAL, (*place, place[0] + mask.width, place[1] + mask.height), mask)
