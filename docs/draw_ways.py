"""Draws question.svg and tap.svg: the steps of design.md's tables, each in the column of its folder.

    python docs/draw_ways.py

Columns stand in the order of the layers. A test compares the pictures with the tables, and the tables with a real question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from draw_layers import ROOT, layers, picture

NAMES = ("question", "tap")  # the tables of design.md in order
EDGE, COLUMN, ROW, TOP, TEXT = 20, 80, 26, 44, 300  # pixels
DOT = 9
_STEP = re.compile(r"^\| (\d+) \| `([\w/]+\.py)` \| `([\w.]+)` \|", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One row of a table."""

    number: int
    file: str
    function: str

    @property
    def folder(self) -> str:
        """The folder's name, without its package."""
        return self.file.split("/")[1].removesuffix(".py")


def ways() -> tuple[list[Step], ...]:
    """The steps of each table."""
    found: list[list[Step]] = []
    for match in _STEP.finditer((ROOT / "docs" / "design.md").read_text(encoding="utf-8")):
        step = Step(int(match[1]), match[2], match[3])
        if step.number == 1:
            found.append([])
        found[-1].append(step)
    return tuple(found)


def drawn(steps: Sequence[Step]) -> str:
    """The picture of one way."""
    used = {step.folder for step in steps}
    columns = [name for package in ("bot", "retrieval") for layer in layers(package) for name in layer if name in used]
    places = [(EDGE + COLUMN * (columns.index(s.folder) + 0.5), TOP + ROW * (n + 0.5)) for n, s in enumerate(steps)]
    bottom, right = TOP + ROW * len(steps), EDGE + COLUMN * len(columns)
    shapes = [line for n, name in enumerate(columns) for line in column(name, EDGE + COLUMN * (n + 0.5), bottom)]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    shapes.append(f'<polyline points="{points}" fill="none" stroke="#a83c2c" stroke-width="1.5"/>')
    for step, (x, y) in zip(steps, places, strict=True):
        shapes.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{DOT}" fill="#a83c2c"/>')
        shapes.append(f'<text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle" style="fill:#fff;font-size:10px">{step.number}</text>')
        label = f"{Path(step.file).name} · {step.function}"
        shapes.append(f'<text x="{right + 10}" y="{y + 4:.0f}">{escape(label)}</text>')
    return picture(right + TEXT, bottom + 16, shapes)


def column(name: str, x: float, bottom: int) -> tuple[str, str]:
    """A folder's name and the line below it."""
    head = f'<text x="{x:.0f}" y="30" text-anchor="middle" style="font-weight:600;font-size:11px">{escape(name)}</text>'
    return head, f'<line x1="{x:.0f}" y1="38" x2="{x:.0f}" y2="{bottom}" stroke="#e7e5e4"/>'


if __name__ == "__main__":
    for name, steps in zip(NAMES, ways(), strict=True):
        (ROOT / "docs" / f"{name}.svg").write_text(drawn(steps), encoding="utf-8")
