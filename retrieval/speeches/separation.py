"""Tells the speeches of a text apart: by their numbered titles, else by a salutation below a title, where there are two or more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.speeches.lines import logical_lines
from retrieval.speeches.parse import SPEECH_TITLE
from retrieval.speeches.particulars import head_of
from retrieval.speeches.tree import Span

# e.g. 同志们：  各位劳模、同志们：  尊敬的各位来宾，女士们、先生们：  ✗一、同志们：
_SALUTATION = re.compile(r"(?:尊敬的)?(?:各位|同志|同学|朋友|女士|先生|老师|代表|委员|来宾|乡亲|战友|父老|全体)[^。；]{0,30}[：:]$")
# e.g. 讲话  致辞  ✗谈
_SPEECH_WORD = re.compile("讲话|致辞|致词|发言|报告|演讲|贺词|献词|开幕词|闭幕词|祝词|寄语|述职|动员|表态")
_MOST_ABOVE = 8  # lines of a head, chosen
_LONGEST = 40  # characters of a line of a title, as the parser has it


def separated(text: str) -> tuple[Span, ...]:
    """The range of each speech, together the whole text; one when nothing shows that there are more."""
    lines = logical_lines(text)
    for starts in (_numbered(text, lines), _saluted(text, lines)):
        if len(starts) > 1:
            bounds = [0, *starts[1:], len(text)]
            return tuple(Span(start, end) for start, end in pairwise(bounds))
    return (Span(0, len(text)),)


def _numbered(text: str, lines: Sequence[Span]) -> list[int]:
    return [line.start for line in lines if SPEECH_TITLE.match(text[line.start : line.end])]


def _saluted(text: str, lines: Sequence[Span]) -> list[int]:
    """Where the head above each salutation begins; a salutation without a title above it goes on with the same speech."""
    starts: list[int] = []
    last = -1
    for at, line in enumerate(lines):
        if _SALUTATION.match(text[line.start : line.end]):
            first = _head_above(text, lines, at, last)
            if first < at or not starts:
                starts.append(lines[first].start)
            last = at
    return starts


def _head_above(text: str, lines: Sequence[Span], at: int, last: int) -> int:
    """The first line of the head that ends above a line, the line itself if there is none."""
    first = at
    while first - 1 > last and at - first < _MOST_ABOVE:
        words = text[lines[first - 1].start : lines[first - 1].end]
        if len(words) > _LONGEST or words[-1] in "。！？；：，" or not head_of([words, "。"]):
            break
        first -= 1
    above = text[lines[first].start : lines[at].start]
    return first if _SPEECH_WORD.search(above) else at
