"""Cuts a draft into what can be checked: its sentences, and the quotations inside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import numeric

from retrieval.exact.letters import letters
from retrieval.speeches.blanks import trimmed
from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span
from retrieval.terms.quoted import Quoted, quoted

# Letters from which words in quotation marks are a quotation, not a term: of 64 pieces that the speeches put in marks 45 have 2-5
# letters (“五一”, “关键一招”); those with 6 or more are mottos and quotations.
QUOTATION = 6
SENTENCE = 2  # letters; 好！ is nothing to check
_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"  # 12  三  十二|、  ✗①
_BULLET = re.compile(r"[-*•·▪●>#\s]+")  # - |劳动  ●  ✗劳动
_LABEL = re.compile(rf"(?:[（(]{_COUNT}[）)]|{_COUNT}[、.．)）]|[①-⑳])\s*")  # 1.  12、|劳动  （三）  ①  ✗一是  ✗2015年
_NOTE = re.compile(r"[（(\[【〔][^）)\]】〕]{0,30}[）)\]】〕][。.]?|(?:——|--).{0,30}")  # （第一篇）  ——第三篇  ✗第三篇
_LINE = re.compile(r"[^\r\n]+")  # 一、 珍惜荣誉。
# to the end of the line
_NOTHING = re.compile(r"[^\w\r\n]*(?:[\r\n]|\Z)")  # 。”  ✗。工会
_BREAK = re.compile(r"\r\n|[\r\n]")  # ✗。  ✗劳动


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a draft: its range, its words exactly as there, its line counted from 1.

    marked: it stands in quotation marks, which are not part of it. holds: the quotations inside a sentence.
    """

    line: int
    span: Span
    text: str
    marked: bool = False
    holds: tuple[Statement, ...] = ()


def statements(draft: str) -> tuple[Statement, ...]:
    """The sentences of a draft in order, with the quotations inside them; a quotation of several sentences joins these.

    Short words in quotation marks are quotations where a colon leads into them or nothing else is on their line. Left out are notes in
    brackets or behind a dash, and what has less than two letters.

    >>> for sentence in statements("他说：“劳动改变世界。劳动创造未来。”大家好！（第一篇）"):
    ...     print(sentence.text, [quotation.text for quotation in sentence.holds])
    他说：“劳动改变世界。劳动创造未来。” ['劳动改变世界。劳动创造未来。']
    大家好！ []
    """
    starts = [0, *(match.end() for match in _BREAK.finditer(draft))]
    marked = quoted(draft)
    quotations = [_statement(draft, starts, q.inner, marked=True) for q in marked if _is_quotation(draft, starts, q)]
    begins = [quotation.span.start for quotation in quotations]
    return tuple(
        _statement(draft, starts, span, quotations[bisect_left(begins, span.start) : bisect_left(begins, span.end)])
        for span in _sentences(draft, marked)
    )


def unlabelled(sentence: Statement) -> Statement:
    """A sentence without the number that it has in a list; the sentence itself if it has none.

    >>> unlabelled(statements("12. 劳动光荣")[0]).text, unlabelled(statements("一是劳动光荣")[0]).text
    ('劳动光荣', '一是劳动光荣')
    """
    label = _LABEL.match(sentence.text)
    if not label or label.end() == len(sentence.text):
        return sentence
    span = Span(sentence.span.start + label.end(), sentence.span.end)
    return Statement(sentence.line, span, sentence.text[label.end() :], holds=sentence.holds)


def _is_quotation(draft: str, starts: list[int], piece: Quoted) -> bool:
    if _letters(draft, piece.inner) < SENTENCE:
        return False
    before = draft[starts[bisect_right(starts, piece.outer.start) - 1] : piece.outer.start].strip()
    alone = not _LABEL.sub("", _BULLET.sub("", before, count=1)) and _NOTHING.match(draft, piece.outer.end)
    return bool(_letters(draft, piece.inner) >= QUOTATION or alone or before.endswith(("：", ":")))


def _statement(draft: str, starts: list[int], span: Span, holds: Sequence[Statement] = (), *, marked: bool = False) -> Statement:
    return Statement(bisect_right(starts, span.start), span, draft[span.start : span.end], marked, tuple(holds))


def _sentences(draft: str, marked: tuple[Quoted, ...]) -> Iterator[Span]:
    """Sentences; those that one quotation holds together are one."""
    begun: Span | None = None
    opens = [piece.outer.start for piece in marked]
    items = (item for match in _LINE.finditer(draft) for item in _items(draft, Span(*match.span())))
    for line in items:
        bullet = _BULLET.match(draft, *line)
        for sentence in sentences(draft, trimmed(draft, Span(bullet.end() if bullet else line.start, line.end))):
            whole = Span(begun.start, sentence.end) if begun else sentence
            last = bisect_left(opens, whole.end) - 1
            begun = whole if last >= 0 and whole.end < marked[last].outer.end else None
            if not begun and _letters(draft, whole) >= SENTENCE and not _NOTE.fullmatch(draft, *whole):
                yield whole
    if begun:
        yield begun


def _items(draft: str, line: Span) -> Iterator[Span]:
    """A line, or each item of those that are numbered in it from 1: 1.劳动光荣 2.劳动伟大."""
    numbered: list[re.Match[str]] = []
    for match in _ITEM.finditer(draft, *line):
        count = int(numeric(match["circled"])) if match["circled"] else int(match["figure"] or match["bracketed"])
        if count == len(numbered) + 1:  # other numbers are part of an item
            numbered.append(match)
    if len(numbered) < 2:
        yield line
        return
    starts = [line.start, *(match.start() for match in numbered if match.start() > line.start)]
    for start, end in zip(starts, [*starts[1:], line.end], strict=True):
        yield Span(start, start + len(draft[start:end].rstrip(_BETWEEN)))


# e.g. 1.|劳动光荣  2、|劳动伟大  （3）|工会  ②|工会  8.|3、工会  ✗2.5亿  ✗一是
_ITEM = re.compile(
    r"(?:(?<=^)|(?<=[\s;；:：。,，”\"]))(?:[（(](?P<bracketed>\d{1,2})[）)]|(?P<figure>\d{1,2})[、.．)）](?!\d(?!\d?[、)）]))|(?P<circled>[①-⑳]))",
    re.MULTILINE,
)
_BETWEEN = "；;，,、 \t"  # what stands between two items, and is of neither


def _letters(draft: str, span: Span) -> int:
    return len(letters(draft[span.start : span.end]).text)
