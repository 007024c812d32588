"""The paper, the colours and the way to PNG that all pictures share."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

# Colours by eye; the contrasts are tested.
WIDTH = 1080  # pixels of every picture: three for each of a telephone's 360
PAPER = "#faf6ee"
INK = "#2a2522"
SOFT_INK = "#6f665d"  # sources, labels: 5.2 : 1 on the paper
FAINT = "#ddd3c3"  # rules, grids
SEAL = "#a8322a"

# Mineral pigments of Chinese painting: cinnabar, azurite, ochre, malachite, indigo, umber.
PIGMENTS = ("#a8322a", "#2f6079", "#a0702c", "#4c7a62", "#3a3f63", "#7a5440")

SHARP = 4  # drawn this many times larger and reduced, because Pillow does not smooth shapes; sixteen levels of grey


def new(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Blank paper and its pen."""
    image = Image.new("RGB", (width, height), PAPER)
    return image, ImageDraw.Draw(image)


def png(image: Image.Image) -> bytes:
    """The picture's file. The same picture gives the same bytes."""
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def contrast(colour: str, other: str) -> float:
    """Contrast ratio 1-21 of two `#rrggbb` colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(start: str, end: str, share: float) -> str:
    """The colour at `share` (0-1) of the way."""
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
