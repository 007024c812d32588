"""Finds the labels that number the parts of a speech: 一、 （二） 3. 一是 二要 第一， 首先 ——.

A label counts only as part of a series: it starts one (its number is 1) or continues the open one. That keeps out
第一次, the rest of a rejected enumeration, and years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.speeches.numerals import to_int
from retrieval.speeches.tree import Span

_N = "[一二三四五六七八九十]{1,3}"  # 三  十二  二十一|、  ✗百
# style -> pattern; only at the start of a printed line
STRONG = {
    "一、": re.compile(rf"({_N})、"),  # 一、|当前新形势下  ✗一是
    "（一）": re.compile(rf"[（(]({_N})[）)]"),  # （一）|扎实推进  ✗（1）
    "1、": re.compile(r"(\d{1,2})(?:、|[.．](?!\d))"),  # 1、|扎实搞好  1.|坚持  ✗1.5
    "（1）": re.compile(r"[（(](\d{1,2})[）)]"),  # （1）|坚持  ✗（一）
    "第一部分": re.compile(rf"第({_N})[章节编部](?:分)?[：:、，\s]?"),  # 第一部分：|回顾  第二章  ✗第一次
    "——": re.compile(r"()——"),  # ——|经济增长  ✗—
}
# also inside a line, after a stop; must have a second member
WEAK = {
    "一是": re.compile(rf"({_N})是"),  # 一是|匡正社会风气  ✗是
    "一要": re.compile(rf"({_N})要"),  # 二要|创业创新  ✗要
    "第一": re.compile(rf"第({_N})(?=[，,、：:]|[要是])"),  # 第一|，牢记使命  第三|要继续发扬  ✗第一次
    "首先": re.compile(r"(首先|其次|再次)"),  # 首先|要珍惜荣誉  ✗最后
}
# e.g. ——2024年|3月5日在第十四届全国人民代表大会第二次会议上  ——在第十九次全国代表大会上的报告  ✗——经济增长  ✗——在农村，办好学校
_BYLINE = re.compile(r"——\s*(?:一九|二[〇○]|\d{4}年|在[^，。；]{2,40}(?:报告|讲话|发言|致辞|上)$)")
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_AFTER = "。；;：:！!"  # what a label inside a line follows; the preview 「…座谈会，一是来看望大家」 follows ，
HEADING_MAX = 40  # inline headings have 4-28 characters, the longest item without one starts with 106


@dataclass(frozen=True, slots=True)
class Label:
    """A label in place: `span` covers the label itself (第一， includes its comma), `line` is the index of its line."""

    style: str
    number: int
    span: Span
    line: int
    starts_line: bool

    @property
    def strong(self) -> bool:
        return self.style in STRONG or self.style == "line"


def in_line(text: str, line: Span, index: int) -> list[Label]:
    """All candidates of one printed line, left to right."""
    found: list[Label] = []
    for position in range(line.start, line.end):
        starts_line = position == line.start
        if not starts_line and text[position - 1] not in _AFTER:
            continue
        label = _at(text, position, line, index, starts_line)
        if label:
            found.append(label)
    return found


def _at(text: str, position: int, line: Span, index: int, starts_line: bool) -> Label | None:
    patterns = {**STRONG, **WEAK} if starts_line else WEAK
    for style, pattern in patterns.items():
        match = pattern.match(text, position, line.end)
        if match is None or (style == "——" and _looks_like_byline(text, line)):
            continue
        number = _WORDS.get(match[1]) or to_int(match[1]) or 0
        end = match.end()
        if style == "第一" and end < line.end and text[end] in "，,、：:":
            end += 1
        return Label(style, number, Span(position, end), index, starts_line)
    return None


def _looks_like_byline(text: str, line: Span) -> bool:
    return _BYLINE.match(text, line.start, line.end) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """An accepted label with its place in the hierarchy: `level` counts from 0."""

    label: Label
    level: int
    continued: bool = False  # a later item continues the same series


def resolve(candidates: list[Label]) -> list[Item]:
    """Accepts labels by a stack of open series: a known style pops to its level, a new one is pushed.

    Series opened inside a line end with their line; weak series of one member are no series.
    """
    accepted: list[Item] = []
    stack: list[Label] = []
    for index, label in enumerate(candidates):
        label = _as_continued(label, stack)
        while stack and _ended(stack[-1], label):
            stack.pop()
        level = next((i for i, open_ in enumerate(stack) if open_.style == label.style), len(stack))
        if not _acceptable(label, stack[level] if level < len(stack) else None, candidates[index + 1 :]):
            continue
        if level < len(stack) and _next(stack[level], label):
            accepted = _mark_continued(accepted, stack[level], level)
        del stack[level:]
        stack.append(label)
        accepted.append(Item(label, level))
    return accepted


def _as_continued(label: Label, stack: list[Label]) -> Label:
    """第三 after 其次 belongs to the series of 首先."""
    open_words = [s for s in stack if s.style == "首先"]
    if label.style == "第一" and open_words and open_words[-1].number + 1 == label.number:
        return Label("首先", label.number, label.span, label.line, label.starts_line)
    return label


def _ended(open_: Label, label: Label) -> bool:
    """Series inside a line end with it, dash items with the first line that is none."""
    if _next(open_, label):
        return False
    gap = label.line - open_.line
    return (not open_.starts_line and gap > 0) or (open_.style == "——" and gap > 1)


def _next(earlier: Label, later: Label) -> bool:
    return earlier.style == later.style and (later.number == earlier.number + 1 or later.style in ("——", "line"))


def _acceptable(label: Label, open_: Label | None, following: list[Label]) -> bool:
    if label.style in ("——", "line"):
        return True
    if open_ is not None and _next(open_, label):
        return True
    if label.strong:
        return label.number == 1 or open_ is None or label.number > open_.number
    return label.number == 1 and _has_second(label, following)


def _has_second(label: Label, following: list[Label]) -> bool:
    styles = {"首先", "第一"} if label.style == "首先" else {label.style}
    later = next((f for f in following if f.style in styles), None)
    return later is not None and later.number == 2 and (label.starts_line or later.line == label.line)


def _mark_continued(accepted: list[Item], label: Label, level: int) -> list[Item]:
    for i in range(len(accepted) - 1, -1, -1):
        if accepted[i].label is label:
            accepted[i] = Item(label, level, continued=True)
            break
    return accepted
