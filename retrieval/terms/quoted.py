"""Finds what stands in quotation marks of any kind, also mistyped, mixed or half-open ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from retrieval.speeches.tree import Span

PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", "﹁": "﹂", "﹃": "﹄", "〝": "〞", "«": "»", "‹": "›", "<<": ">>"}
ALIKE_BOTH_ENDS = ('"', "＂", "''", "'", "＇", "``", "`")
CLOSERS = {**{closer: opener for opener, closer in PAIRS.items()}, "〟": "〝", "′": "‘", "″": "“"}
FOLLOWING = 100  # marks of a line that are looked at to close one; a paragraph of the speeches has at most 16
LONGEST = 3000  # characters of a quotation of several paragraphs; the longest paragraph of the speeches has 1 057
_BREAK = re.compile("[\n\r\u2028\u2029]")  # ✗。  ✗劳动
_APOSTROPHE = "['’]"  # '  ’  ✗"
_TOKENS = sorted({*PAIRS, *CLOSERS, *ALIKE_BOTH_ENDS} - {"'", "’"}, key=len, reverse=True)
# An apostrophe between latin letters is none.
# e.g. “  <<  ''|a''  '|hello  rock|’| n  ✗don|'|t  ✗rock|’|n  ✗《  ✗a
MARK = re.compile("|".join([*map(re.escape, _TOKENS), f"(?<![A-Za-z]){_APOSTROPHE}", f"{_APOSTROPHE}(?![A-Za-z])"]))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece in quotation marks. outer: with its marks; inner: without them and without blanks at its ends. Ranges of the text."""

    outer: Span
    inner: Span


def quoted(text: str) -> tuple[Quoted, ...]:
    """The pieces in quotation marks, in order; of nested ones the outer; a mark that is never closed quotes to the end of its line.

    >>> text = "他说：“敢用‘关键一招’。”又说「干」，还有“螺丝钉"
    >>> [text[q.inner.start : q.inner.end] for q in quoted(text)]
    ['敢用‘关键一招’。', '干', '螺丝钉']
    """
    marks = [(Span(*match.span()), match[0]) for match in MARK.finditer(text)]
    ends = [*(match.start() for match in _BREAK.finditer(text)), len(text)]
    found: list[Quoted] = []
    for number, (opener, sign) in enumerate(marks):
        if found and opener.start < found[-1].outer.end:
            continue
        end = ends[bisect_left(ends, opener.start)]
        following = [mark for mark in marks[number + 1 : number + 1 + FOLLOWING] if mark[0].start < end]
        close = _close(text, sign, following, end)
        inner = _trimmed(text, opener.end, close.start) if close else opener
        if close and inner.end > inner.start:
            found.append(Quoted(Span(opener.start, close.end), inner))
    return tuple(found)


def _close(text: str, sign: str, following: list[tuple[Span, str]], line_end: int) -> Span | None:
    """The mark that closes one; an empty range at the end of the line if none does; None if it opens nothing."""
    if sign in PAIRS:
        balanced = _balanced(sign, following) or _paragraphs_later(text, sign, line_end)
        if balanced:
            return balanced
    same = next((span for span, other in following if other == sign), None)
    if sign in ALIKE_BOTH_ENDS and same:
        return same
    if following:
        return following[0][0]
    return None if sign in CLOSERS else Span(line_end, line_end)


def _balanced(sign: str, following: list[tuple[Span, str]]) -> Span | None:
    depth = 1
    for span, other in following:
        depth += (other == sign) - (other == PAIRS[sign])
        if depth == 0:
            return span
    return None


def _paragraphs_later(text: str, sign: str, line_end: int) -> Span | None:
    """The mark that closes a quotation which runs over the end of its line; each of its paragraphs may open anew."""
    close = text.find(PAIRS[sign], line_end, line_end + LONGEST)
    if close < 0:
        return None
    between = re.sub(rf"(?m)^\s*{sign}", "", text[line_end:close])
    return None if sign in between else Span(close, close + len(PAIRS[sign]))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
