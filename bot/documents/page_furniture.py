"""Takes what is printed on every page off the pages: running heads, feet, numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from bot.documents.line_breaks import PrintedLine

FurnitureKind = Literal["running", "number"]
_NAMED = r"第 ?\d{1,4} ?页(?:[，, /]*共 ?\d{1,4} ?页)?|[Pp]age \d{1,4}(?: (?:of|/) \d{1,4})?"  # 第 3 页  第3页 共9页  Page 3 of 9
_NUMBER = re.compile(rf"[-—–－·•~～ ]*\d{{1,4}}[-—–－·•~～ ]*|\d{{1,4}} ?/ ?\d{{1,4}}|{_NAMED}")  # - 3 -  — 12 —  12  3/9
_SURE_NUMBER = re.compile(rf"[-—–－·•]{{1,2}} ?\d{{1,4}} ?[-—–－·•]{{1,2}}|{_NAMED}")  # - 3 -  ✗12
_DIGITS = re.compile(r"\d+")
_DEEP = 2  # lines from the top and from the foot of a page, chosen
_SHARE = 0.3  # of the pages: heads of left and right pages are different ones
_LONGEST = 60  # characters of a running head, chosen


def without_furniture(pages: list[list[PrintedLine]]) -> list[tuple[FurnitureKind, str]]:
    """What was taken off, in order. The lists are changed."""
    taken: list[tuple[FurnitureKind, str]] = []
    running = _running(pages) if len(pages) > 1 else frozenset()
    for lines in pages:
        for edge in (0, -1):
            for _ in range(_DEEP):
                kind = _kind(lines[edge].words, running) if lines and len(pages) > 1 else None
                if kind is None:
                    break
                taken.append((kind, lines.pop(edge).words))
    return taken + (_numbers_inside(pages[0]) if len(pages) == 1 else [])


def _kind(words: str, running: frozenset[str]) -> FurnitureKind | None:
    if _NUMBER.fullmatch(words):
        return "number"
    return "running" if _same(words) in running else None


def _running(pages: list[list[PrintedLine]]) -> frozenset[str]:
    """Lines that stand at the top or foot of many pages, with signs in place of their numbers."""
    counts: Counter[str] = Counter()
    for lines in pages:
        edges = [*lines[:_DEEP], *lines[-_DEEP:]]
        counts.update({_same(line.words) for line in edges if len(line.words) <= _LONGEST})
    least = max(2, _SHARE * len(pages))
    return frozenset(words for words, count in counts.items() if count >= least and words)


def _same(words: str) -> str:
    return _DIGITS.sub("#", "".join(words.split()))


def _numbers_inside(lines: list[PrintedLine]) -> list[tuple[FurnitureKind, str]]:
    """Numbers of pages that were copied with the text of several; only what nobody writes as a line of his own."""
    found = [line for line in lines if _SURE_NUMBER.fullmatch(line.words)]
    lines[:] = [line for line in lines if not _SURE_NUMBER.fullmatch(line.words)]
    return [("number", line.words) for line in found]
