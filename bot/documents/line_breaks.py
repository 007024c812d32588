"""Which lines go on with the paragraph before them: lines of print, of text wrapped at a width, and of pages that break at links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_LABEL = re.compile(  # 一、  （二）  3.  (4)  ①  第五条  第二部分  ——经济  • 项  问：  附：
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:[、．)）]|\.(?!\d))"
    r"|[①-⑳]|第[一二三四五六七八九十百\d]{1,4}[条章节编部篇]|——|[•●■◆▪·※]|[\u4e00-\u9fff]{1,8}[：:]"
)
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*$")  # 。  ！”
_CONTINUES = "。，、；：！？”’）》〉」』,.;!?)]"  # no line begins with these
_STOP = re.compile("[，。；！？]")
_SALUTATION = re.compile(r"[^，。；]{1,20}[：:]")  # 同志们：
_HEADED = 40  # characters of a heading at the most, as the parser has it
_WRAPPED_SHARE = 0.4  # of the lines reach the width; of headings and lists none do
_UNFINISHED_SHARE = 0.5  # of those, that end within a sentence
_NEAR = 4  # columns that a line may fall short: two characters that may not begin the next line
_NARROWEST, _WIDEST = 30, 160  # columns of wrapped text, chosen
_FEWEST = 4  # lines from which a width can be told, chosen


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line without its blanks. page: from 0. blank: empty lines before it on its page."""

    words: str
    page: int
    indented: bool = False
    blank: int = 0


def columns(words: str) -> int:
    """How wide it is: a Chinese character takes two.

    >>> columns("劳模ab")
    6
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in words)


@dataclass(frozen=True)
class Wrapping:
    """How the lines of a text are broken. full: columns of a full line, 0 where no width can be told.

    indents: whether paragraphs are indented; blocks: whether empty lines divide them.
    """

    lines: Sequence[PrintedLine]
    full: int
    indents: bool
    blocks: bool

    def continues(self, at: int) -> bool:
        """Whether the line goes on with the one before: the first rule that knows."""
        return next((said for rule in RULES if (said := rule(self, at)) is not None), False)

    @cached_property
    def with_stops(self) -> frozenset[int]:
        """Lines in a block, between empty lines, that holds sentences."""
        found: set[int] = set()
        block: list[int] = []
        for at, line in enumerate([*self.lines, PrintedLine("", -1, blank=1)]):
            if line.blank and block:
                if any(_STOP.search(self.lines[i].words) for i in block):
                    found.update(block)
                block = []
            block.append(at)
        return frozenset(found)


def wrapping_of(lines: Sequence[PrintedLine], printed: bool) -> Wrapping:
    """How they are broken. printed: lines of print, which always end at a margin."""
    widths = sorted(columns(line.words) + 4 * line.indented for line in lines)
    full = widths[int(len(widths) * 0.95)] if len(widths) >= _FEWEST else 0
    reaching = [line for line in lines if columns(line.words) + 4 * line.indented >= full - _NEAR]
    unfinished = sum(not _SENTENCE_END.search(line.words) for line in reaching)
    wrapped = len(reaching) >= _WRAPPED_SHARE * len(lines) and unfinished >= _UNFINISHED_SHARE * len(reaching)
    if not (_NARROWEST <= full <= _WIDEST and (wrapped or printed)):
        full = 0
    inner = lines[1:]
    indents = sum(line.indented for line in inner) >= 0.1 * len(inner)
    return Wrapping(lines, full, indents, _in_blocks(lines))


def _in_blocks(lines: Sequence[PrintedLine]) -> bool:
    """Whether an empty line follows where a sentence ends a line, every other time or more; broken quotations have none."""
    ended = [line for before, line in pairwise(lines) if _SENTENCE_END.search(before.words)]
    return bool(ended) and sum(line.blank > 0 for line in ended) >= 0.5 * len(ended)


BreakRule = Callable[[Wrapping, int], bool | None]


def _closing_mark(wrapping: Wrapping, at: int) -> bool | None:
    return True if wrapping.lines[at].words[0] in _CONTINUES else None


def _divided(wrapping: Wrapping, at: int) -> bool | None:
    return False if wrapping.lines[at].blank or wrapping.lines[at].indented else None


def _lone_sign(wrapping: Wrapping, at: int) -> bool | None:
    """The last character of a title that was too long: 政府工作报¶告."""
    return True if len(wrapping.lines[at].words) == 1 and wrapping.lines[at].words.isalnum() else None


def _labelled(wrapping: Wrapping, at: int) -> bool | None:
    return False if _LABEL.match(wrapping.lines[at].words) else None


def _address(wrapping: Wrapping, at: int) -> bool | None:
    before, line = wrapping.lines[at - 1].words, wrapping.lines[at].words
    return False if _SALUTATION.fullmatch(before) or _SALUTATION.fullmatch(line) else None


def _full_line(wrapping: Wrapping, at: int) -> bool | None:
    """In wrapped text a full line goes on, unless its sentence ends there and nothing else would show a new paragraph."""
    if not wrapping.full:
        return None
    before = wrapping.lines[at - 1]
    if columns(before.words) + 4 * before.indented < wrapping.full - _NEAR:
        return before.words[-1] in "，、"
    return not _SENTENCE_END.search(before.words) or wrapping.indents or wrapping.blocks


def _within_block(wrapping: Wrapping, at: int) -> bool | None:
    """Where empty lines divide paragraphs, a line inside of one was broken by its source: at a link, at a note."""
    before = wrapping.lines[at - 1].words
    if not wrapping.blocks or at not in wrapping.with_stops or _SENTENCE_END.search(before):
        return None
    return not (len(before) <= _HEADED and _LABEL.match(before))


RULES: tuple[BreakRule, ...] = (_closing_mark, _divided, _lone_sign, _labelled, _address, _full_line, _within_block)
