"""Reads pictures back: sizes, colours, where the ink is."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image


def opened(png: bytes) -> Image.Image:
    image = Image.open(BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image


def pixels_of(image: Image.Image, colour: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of all pixels of exactly this colour."""
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    rows, columns = np.nonzero((np.asarray(image) == wanted).all(axis=2))
    return rows, columns


def count(image: Image.Image, colour: str) -> int:
    return len(pixels_of(image, colour)[0])
