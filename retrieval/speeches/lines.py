"""Cuts a decoded file into logical lines and a line into sentences."""

from __future__ import annotations

import re

from retrieval.speeches.blanks import trimmed
from retrieval.speeches.labels import STRONG
from retrieval.speeches.tree import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")  # 一、 珍惜荣誉。
_CONTINUES = "。，、；：！？”’）》〉"  # no line begins with these unless its source broke it
_STOPS = re.compile(r"[。！？!][”’」』）)]*|\?[”’」』）)]*$")  # 。”|当前  ！  ?”  ✗小康|?|建功
_WITHIN = re.compile("[，。；]")  # ，  ✗、
_MIN_BROKEN = 20  # a line cut short by its source is a long one; a short one without a stop is a heading


def logical_lines(text: str) -> list[Span]:
    """The printed lines with content, each without blanks around it; lines that a source broke in two are one."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = trimmed(text, Span(*match.span()))
        if line.start == line.end:
            continue
        if lines and _broken(text, lines[-1], line):
            lines[-1] = Span(lines[-1].start, line.end)
        else:
            lines.append(line)
    return lines


def _broken(text: str, before: Span, line: Span) -> bool:
    if text[line.start] in _CONTINUES:
        return True
    if text.count("\n", before.end, line.start) > 1 or any(p.match(text, before.start) for p in STRONG.values()):
        return False
    unfinished = text[before.end - 1] not in "。！？!?；;：:”）)》" and before.end - before.start >= _MIN_BROKEN
    return unfinished and _WITHIN.search(text, before.start, before.end) is not None


def sentences(text: str, span: Span) -> list[Span]:
    """Cuts at 。！？! and a closing ?; quotes and brackets that close after the stop stay with it.

    >>> t = "“劳动最光荣。”大家好！再见"
    >>> [t[a:b] for a, b in sentences(t, Span(0, len(t)))]
    ['“劳动最光荣。”', '大家好！', '再见']
    """
    found: list[Span] = []
    start = span.start
    for match in _STOPS.finditer(text, span.start, span.end):
        piece = trimmed(text, Span(start, match.end()))
        if piece.start < piece.end:
            found.append(piece)
        start = match.end()
    rest = trimmed(text, Span(start, span.end))
    return [*found, rest] if rest.start < rest.end else found
