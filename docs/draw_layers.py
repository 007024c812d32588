"""Draws layers.svg: the folders of bot/ and retrieval/ in the layers that pyproject.toml holds them to.

    python docs/draw_layers.py

What stands below a name is the first sentence of its docstring. A test compares the picture with the code.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH, EDGE, GAP = 960, 20, 10  # pixels
LINE, HEAD, PADDING = 16, 26, 10
CHARACTER = 6.3  # of the small text, on average
RULE = "Each layer imports only from those below it. bot/ imports retrieval/ as a whole, never its folders."
STYLE = (
    "text { font: 12px system-ui, sans-serif; fill: #57534e } .name { font-weight: 600; font-size: 14px; fill: #1c1917 } "
    ".title { font-weight: 700; font-size: 17px; fill: #1c1917 } "
    "rect { fill: #fff; stroke: #d6d3d1 } .ground { fill: #faf8f5; stroke: none }"
)


def layers(package: str) -> list[list[str]]:
    """The layers of a package, the highest first, each with its folders and files."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (found,) = (c for c in contracts if c["type"] == "layers" and c["containers"] == [package])
    return [layer.split(" | ") for layer in found["layers"]]


def about(package: str, name: str) -> str:
    """The first sentence of what a folder or file says about itself."""
    folder = ROOT / package / name
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
    return first.split(". ")[0].rstrip(".").replace("`", "")


def drawn() -> str:
    """The picture."""
    shapes: list[str] = []
    bottom = EDGE
    for package, title in (("bot", "bot/ — everything with a person, a clock, a state or a network"),
                           ("retrieval", "retrieval/ — what the speeches say, pure")):  # fmt: skip
        shapes.append(f'<text class="title" x="{EDGE}" y="{bottom + 18}">{escape(title)}</text>')
        bottom += 32
        for layer in layers(package):
            height, boxes = row(package, layer, bottom)
            shapes += boxes
            bottom += height + GAP
        bottom += GAP
    shapes.append(f'<text x="{EDGE}" y="{bottom + 6}">{escape(RULE)}</text>')
    return picture(WIDTH, bottom + 24, shapes)


def row(package: str, layer: list[str], top: int) -> tuple[int, list[str]]:
    """One layer: its height, and a box for each of its names."""
    width = (WIDTH - 2 * EDGE - GAP * (len(layer) - 1)) / len(layer)
    words = [textwrap.wrap(about(package, name), int((width - 2 * PADDING) / CHARACTER)) for name in layer]
    height = HEAD + LINE * max(map(len, words)) + PADDING
    boxes = [box for n, name in enumerate(layer) for box in a_box(name, words[n], EDGE + n * (width + GAP), top, width, height)]
    return height, boxes


def a_box(name: str, words: list[str], left: float, top: int, width: float, height: int) -> Iterator[str]:
    """A rectangle with a name and what it is for."""
    yield f'<rect x="{left:.0f}" y="{top}" width="{width:.0f}" height="{height}" rx="8"/>'
    yield f'<text class="name" x="{left + PADDING:.0f}" y="{top + 20}">{escape(name)}</text>'
    for n, line in enumerate(words):
        yield f'<text x="{left + PADDING:.0f}" y="{top + HEAD + 12 + LINE * n}">{escape(line)}</text>'


def picture(width: int, height: int, shapes: list[str]) -> str:
    """An SVG file."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    ground = f'<rect class="ground" width="{width}" height="{height}" rx="12"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", ground, *shapes, "</svg>"]) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "layers.svg").write_text(drawn(), encoding="utf-8")
