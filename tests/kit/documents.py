"""The documents as tests read them: pages, tables, code, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")))
CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Table:
    """A table below its heading row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def tables(name: str, first: str) -> list[Table]:
    """The tables of a page whose first heading is `first`."""
    found: list[Table] = []
    block: list[tuple[str, ...]] = []
    for line in [*page(name).splitlines(), ""]:
        if line.startswith("|"):
            block.append(tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")))
        elif block:
            found.append(Table(block[0], tuple(block[2:])))
            block = []
    return [table for table in found if table.head[0] == first]


def table(name: str, first: str) -> Table:
    """The only such table of a page."""
    (one,) = tables(name, first)
    return one


def shell_lines(name: str) -> list[str]:
    """What a page prints to be typed into a shell: the lines of its `sh` blocks."""
    blocks = [match[3] for match in _FENCE.finditer(page(name)) if match[2] == "sh"]
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def inline_code(name: str) -> list[str]:
    """Everything between backquotes outside of blocks."""
    return CODE.findall(_FENCE.sub("", page(name)))


def anchors(name: str) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = _HEADING.findall(_FENCE.sub("", page(name)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
