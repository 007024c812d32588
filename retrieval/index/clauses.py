"""Cuts long sentences into groups of clauses that can be quoted alone."""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span

LONGEST = 85  # 46 of the 246 sentences of the six speeches exceed 90 characters; accepted answers have at most 66
TARGET = 60  # of the pieces; a card shows three
SHORTEST = 15
_SEMICOLON = re.compile(r"[；;：:][”’]?")  # ；  ：”  ✗，
_COMMA = re.compile(r"，")  # ，  ✗、
_QUOTED = re.compile(r"“[^“”]*”|（[^（）]*）")  # “开门红”|的  （二）  ✗“开门红


def pieces(text: str, span: Span) -> list[Span]:
    """Sentence-sized ranges that tile the span: sentences, the long ones cut at semicolons, then at commas."""
    found: list[Span] = []
    for sentence in sentences(text, span):
        found += [sentence] if sentence.end - sentence.start <= LONGEST else _cut(text, sentence)
    return found


def _cut(text: str, sentence: Span) -> list[Span]:
    quoted = [m.span() for m in _QUOTED.finditer(text, *sentence)]
    outside = [p for p in _ends(_SEMICOLON, text, sentence) if not any(a < p < b for a, b in quoted)]
    groups: list[Span] = []
    for part in _between(sentence, outside):
        groups += [part] if part.end - part.start <= LONGEST else _balanced(text, part, quoted)
    return _joined(groups)


def _ends(pattern: re.Pattern[str], text: str, span: Span) -> list[int]:
    return [m.end() for m in pattern.finditer(text, *span)]


def _between(span: Span, cuts: list[int]) -> list[Span]:
    bounds = sorted({span.start, *cuts, span.end})
    return [Span(a, b) for a, b in pairwise(bounds)]


def _balanced(text: str, part: Span, quoted: list[tuple[int, int]]) -> list[Span]:
    """Cuts at the commas nearest to equal parts of about TARGET characters."""
    commas = [p for p in _ends(_COMMA, text, part) if p < part.end and not any(a < p < b for a, b in quoted)]
    if not commas:
        return [part]
    count = max(2, round((part.end - part.start) / TARGET))
    step = (part.end - part.start) / count
    ideal = [part.start + step * i for i in range(1, count)]
    return _between(part, [min(commas, key=lambda c: abs(c - at)) for at in ideal])


def _joined(groups: list[Span]) -> list[Span]:
    """Joins what is too short to stand alone to its left neighbour."""
    found: list[Span] = []
    for group in groups:
        last = found[-1] if found else None
        if last and min(group.end - group.start, last.end - last.start) < SHORTEST and group.end - last.start <= LONGEST + 10:
            found[-1] = Span(last.start, group.end)
        else:
            found.append(group)
    return found
