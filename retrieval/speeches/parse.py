"""Reads one file: text → the speeches in it, as trees with exact spans.

The steps: printed lines; a new speech at each title line; title and salutation off the top; closing off the end; labels
resolved into a hierarchy; every line laid out under the part it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.speeches.dates import date_in
from retrieval.speeches.labels import HEADING_MAX, Item, Label, in_line, resolve
from retrieval.speeches.lines import logical_lines, sentences
from retrieval.speeches.numerals import to_int
from retrieval.speeches.tree import Node, NodeKind, Span, Speech

# e.g. 篇1：五一劳模座谈会领导讲话稿  第三篇：讲话  ✗第三篇讲话  ✗篇1：同志们，大家好
SPEECH_TITLE = re.compile(r"(?:第?篇|第)\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*篇?[：:][^。！；，]{1,40}$")
# e.g. 同志们，  各位劳模、同志们！  最后，|祝  祝|大家  ✗同志们的  ✗最后要
CLOSING = re.compile(r"(?:同志们|朋友们|各位[^，。！：]{0,10})[，！]|最后，|谢谢|祝")
# where the conclusion of a paragraph follows its last item: an address, or a call
CONCLUSION = re.compile(r"在这里|在此|总之|同志们|让我们")  # 在此|，我代表  让我们|携起手来  ✗在于
_PAUSE = re.compile("[，。]")  # ，  。  ✗、
_OPEN_END = re.compile("[。；！，]$")  # ；  ✗，|牢记
_HAN = re.compile("[㐀-鿿]")  # 劳  ✗a
_STOP = "。！？；!?;：:，,"
_NO_HEADING = re.compile(rf"[{_STOP}—\d]")  # ，|牢记  2|015  ✗、
# e.g. 各乡镇人民政府，县直各单位：  尊敬的各位来宾，女士们、先生们：  ✗各位：大家好
ADDRESSEES = re.compile(r"(?:各|尊敬的|全体)[^。！？；：:]{1,60}[：:]$")
_SALUTATION_MAX = 20
_SIGNED_MAX = 25  # characters of who signs, as in particulars
_LISTED = "•●■◆▪·※-*"  # what items of a list begin with
_FRONT_MAX = 40
_KINDS: tuple[NodeKind, ...] = ("section", "point", "subpoint")


def parse(text: str, file: str) -> tuple[Speech, ...]:
    """The speeches of one decoded file in order; none if it has no printed character."""
    lines = logical_lines(text)
    starts = [i for i, line in enumerate(lines) if SPEECH_TITLE.match(text[line.start : line.end])]
    bounds = sorted({0, *starts, len(lines)})
    return tuple(_speech(text, file, lines[a:b]) for a, b in pairwise(bounds))


def _speech(text: str, file: str, lines: list[Span]) -> Speech:
    front, body = _front(text, lines)
    match = SPEECH_TITLE.match(text[lines[0].start : lines[0].end])
    body_end = len(body) - _signed(text, body)
    items = _items(text, body[:body_end])
    labelled = {item.label.line for item in items}
    while body_end > 1 and body_end - 1 not in labelled and CLOSING.match(text, body[body_end - 1].start):
        body_end -= 1
    layout = _Layout(text, body, items, body_end)
    nodes = (*front, *layout.opening(), *layout.parts(), *layout.closing())
    return Speech(
        file=file,
        printed_number=(to_int(match[1]) or 0) if match else 0,
        span=Span(lines[0].start, lines[-1].end),
        nodes=nodes,
        paragraphs=tuple(layout.paragraphs),
    )


def _front(text: str, lines: list[Span]) -> tuple[list[Node], list[Span]]:
    """Title and salutation, and what is left. Without a salutation only a first line that is no sentence is a title."""
    for i, line in enumerate(lines[:8]):
        printed = text[line.start : line.end]
        if printed.endswith(("：", ":")) and len(printed) <= _SALUTATION_MAX and not _PAUSE.search(printed):
            front = [Node("title", before) for before in lines[:i]]
            return [*front, Node("salutation", line)], lines[i + 1 :]
        if ADDRESSEES.match(printed) and i:
            return [*(Node("title", before) for before in lines[:i]), Node("salutation", line)], lines[i + 1 :]
        if len(printed) > _FRONT_MAX or printed[-1] in _STOP or in_line(text, line, 0):
            break
    printed = text[lines[0].start : lines[0].end]
    if len(lines) > 1 and len(printed) <= _FRONT_MAX and printed[-1] not in _STOP and not in_line(text, lines[0], 0):
        return [Node("title", lines[0])], lines[1:]
    return [], lines


def _signed(text: str, body: list[Span]) -> int:
    """How many lines at the end are who signs, and the date: two, one, or none."""
    if len(body) < 2 or not _is_date(text[body[-1].start : body[-1].end]):
        return 0
    above = text[body[-2].start : body[-2].end]
    return 2 if len(body) > 2 and len(above) <= _SIGNED_MAX and not _NO_HEADING.search(above) else 1


def _is_date(printed: str) -> bool:
    found = date_in(printed)
    return found is not None and found.words == printed.strip("（）() ")


def _items(text: str, body: list[Span]) -> list[Item]:
    candidates: list[Label] = []
    for index, line in enumerate(body):
        found = in_line(text, line, index)
        if not any(label.starts_line for label in found) and _is_bare_heading(text, line):
            candidates.append(Label("line", 0, Span(line.start, line.start), index, True))
        candidates += found
    return resolve(candidates)


def _is_bare_heading(text: str, line: Span) -> bool:
    printed = text[line.start : line.end]
    return printed[0] not in _LISTED and 2 < len(printed) <= HEADING_MAX and not _NO_HEADING.search(printed) and bool(_HAN.search(printed))


@dataclass
class _Open:
    """A part under construction."""

    kind: NodeKind
    depth: int
    number: tuple[int, ...]
    item: Item | None = None
    label: str = ""
    heading: str = ""
    inline: bool = True
    children: list[Node] = field(default_factory=list)
    labelled: int = 0

    def close(self) -> Node:
        span = Span(self.children[0].span.start, self.children[-1].span.end)
        return Node(self.kind, span, self.depth, self.label, self.heading, self.number, -1, tuple(self.children))


@dataclass
class _Layout:
    """Lays the lines of a body out under its items."""

    text: str
    body: list[Span]
    items: list[Item]
    body_end: int
    paragraphs: list[Span] = field(default_factory=list)

    @property
    def _first(self) -> int:
        """The first line with a label; speeches without any have an opening of one paragraph."""
        if self.items:
            return self.items[0].label.line
        return min(1, self.body_end) if self.body_end > 1 else 0

    def opening(self) -> list[Node]:
        return self._plain("opening", 0, self._first)

    def closing(self) -> list[Node]:
        return self._plain("closing", self.body_end, len(self.body))

    def _plain(self, kind: NodeKind, start: int, end: int) -> list[Node]:
        if start == end:
            return []
        leaves = tuple(self._leaf(self.body[i], self._printed(i), 2) for i in range(start, end))
        return [Node(kind, Span(leaves[0].span.start, leaves[-1].span.end), 1, children=leaves)]

    def _printed(self, line: int) -> int:
        self.paragraphs.append(self.body[line])
        return len(self.paragraphs) - 1

    def _leaf(self, span: Span, paragraph: int, depth: int) -> Node:
        return Node("text", span, depth, paragraph=paragraph)

    def parts(self) -> list[Node]:
        root = _Open("section", 0, ())
        stack = [root]
        pending = list(self.items)
        for index in range(self._first, self.body_end):
            here = [item for item in pending if item.label.line == index]
            pending = pending[len(here) :]
            following = [*here, *pending]
            self._close_done(stack, following[0] if following else None, unlabelled=not here)
            self._lay_line(stack, index, here)
        _fold(stack, 1)
        return root.children

    def _close_done(self, stack: list[_Open], following: Item | None, unlabelled: bool) -> None:
        """Before an unlabelled line: leave parts that end with their own paragraph and are the last of their series."""
        while unlabelled and len(stack) > 1:
            top = stack[-1].item
            stays = top is None or not stack[-1].inline or (following is not None and self._keeps(top, following))
            if stays:
                return
            _fold(stack, len(stack) - 1)

    @staticmethod
    def _keeps(top: Item, following: Item) -> bool:
        return top.label.starts_line and (following.level > top.level or (following.level == top.level and top.continued))

    def _lay_line(self, stack: list[_Open], index: int, items: list[Item]) -> None:
        line = self.body[index]
        standalone = len(items) == 1 and self._standalone(line, items[0])
        paragraph = -1 if standalone else self._printed(index)
        starts = [item.label.span.start for item in items]
        if not starts or starts[0] > line.start:
            end = starts[0] if starts else line.end
            stack[-1].children.append(self._leaf(Span(line.start, end), paragraph, stack[-1].depth + 1))
        for item, start, end in zip(items, starts, [*starts, line.end][1:], strict=True):
            self._open(stack, item)
            is_last = end == line.end and not item.label.starts_line
            self._fill(stack, Span(start, end), paragraph, standalone, is_last)

    def _open(self, stack: list[_Open], item: Item) -> None:
        _fold(stack, item.level + 1)
        parent = stack[-1]
        parent.labelled += 1
        inside_top_paragraph = parent.depth == 0 and not item.label.starts_line
        depth = 2 if inside_top_paragraph else parent.depth + 1
        label = self.text[item.label.span.start : item.label.span.end]
        kind = _KINDS[min(depth, len(_KINDS)) - 1]
        stack.append(_Open(kind, depth, (*parent.number, parent.labelled), item, label))

    def _fill(self, stack: list[_Open], span: Span, paragraph: int, standalone: bool, is_last: bool) -> None:
        part = stack[-1]
        label_end = part.item.label.span.end if part.item else span.start
        heading_end = span.end if standalone else self._heading_end(label_end, span)
        part.inline = not standalone
        if heading_end > label_end:
            part.heading = self.text[label_end:heading_end].rstrip("。！；")
            part.children.append(Node("heading", Span(span.start, heading_end), part.depth + 1, paragraph=paragraph))
        start = heading_end if heading_end > label_end else span.start
        conclusion = self._conclusion(start, span.end) if is_last and start > span.start else span.end
        if start < conclusion:
            part.children.append(self._leaf(Span(start, conclusion), paragraph, part.depth + 1))
        if conclusion < span.end:
            _fold(stack, len(stack) - 1)
            stack[-1].children.append(self._leaf(Span(conclusion, span.end), paragraph, stack[-1].depth + 1))

    def _standalone(self, line: Span, item: Item) -> bool:
        printed = self.text[item.label.span.end : line.end]
        fits = 0 < len(printed) <= HEADING_MAX
        return item.label.starts_line and fits and not _OPEN_END.search(printed)

    def _heading_end(self, label_end: int, span: Span) -> int:
        """The end of an inline heading, its stop included; `label_end` when the item has none."""
        first = next(iter(sentences(self.text, Span(label_end, span.end))), Span(label_end, label_end))
        is_heading = first.end < span.end and first.end - label_end <= HEADING_MAX and self.text[first.end - 1] == "。"
        return first.end if is_heading else label_end

    def _conclusion(self, start: int, end: int) -> int:
        """Where the paragraph takes up its own thread again after the last item; `end` if it does not."""
        for sentence in sentences(self.text, Span(start, end))[1:]:
            if CONCLUSION.match(self.text, sentence.start) or self.text[sentence.end - 1] in "！!":
                return sentence.start
        return end


def _fold(stack: list[_Open], keep: int) -> None:
    """Closes the innermost parts until `keep` are open."""
    while len(stack) > keep:
        part = stack.pop()
        if part.children:
            stack[-1].children.append(part.close())
