"""Finds what stands in quotation marks of any kind, also mistyped, mixed or half-open ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.speeches.tree import Span

PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", "﹁": "﹂", "﹃": "﹄", "〝": "〞", "«": "»", "‹": "›", "<<": ">>"}
ALIKE_BOTH_ENDS = ('"', "＂", "''", "'", "＇", "``", "`")
CLOSERS = {**{closer: opener for opener, closer in PAIRS.items()}, "〟": "〝", "′": "‘", "″": "“"}
LONGEST = 3000  # characters of a quotation of several paragraphs; the longest paragraph of the speeches has 1 057
_APOSTROPHES = "'’"
_TOKENS = sorted({*PAIRS, *CLOSERS, *ALIKE_BOTH_ENDS} - set(_APOSTROPHES), key=len, reverse=True)
# an apostrophe between latin letters is none: don't
MARK = re.compile("|".join([*map(re.escape, _TOKENS), f"(?<![A-Za-z])[{_APOSTROPHES}]", f"[{_APOSTROPHES}](?![A-Za-z])"]))


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
    found = []
    at = 0
    while opener := MARK.search(text, at):
        close = _close(text, opener)
        at = opener.end()
        if close is None:
            continue
        inner = _trimmed(text, opener.end(), close.start)
        if inner.end > inner.start:
            found.append(Quoted(Span(opener.start(), close.end), inner))
            at = max(close.end, at)
    return tuple(found)


def _close(text: str, opener: re.Match[str]) -> Span | None:
    """The mark that closes the one that opens; an empty range at the end of the line if none does; None if it opens nothing."""
    end = _line_end(text, opener.end())
    rest = list(MARK.finditer(text, opener.end(), end))
    if opener[0] in PAIRS:
        balanced = _balanced(opener[0], rest) or _paragraphs_later(text, opener[0], end)
        if balanced:
            return balanced
    same = next((mark for mark in rest if mark[0] == opener[0]), None)
    if opener[0] in ALIKE_BOTH_ENDS and same:
        return Span(*same.span())
    if rest:
        return Span(*rest[0].span())
    return None if opener[0] in CLOSERS else Span(end, end)


def _balanced(opener: str, rest: list[re.Match[str]]) -> Span | None:
    depth = 1
    for mark in rest:
        depth += (mark[0] == opener) - (mark[0] == PAIRS[opener])
        if depth == 0:
            return Span(*mark.span())
    return None


def _paragraphs_later(text: str, opener: str, line_end: int) -> Span | None:
    """The mark that closes a quotation which runs over the end of its line; each of its paragraphs may open anew."""
    close = text.find(PAIRS[opener], line_end, line_end + LONGEST)
    if close < 0:
        return None
    between = re.sub(rf"(?m)^\s*{opener}", "", text[line_end:close])
    return None if opener in between else Span(close, close + len(PAIRS[opener]))


def _line_end(text: str, at: int) -> int:
    ends = [place for sign in "\n\r\u2028\u2029" if (place := text.find(sign, at)) >= 0]
    return min(ends, default=len(text))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
