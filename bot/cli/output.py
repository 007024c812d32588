"""Quotes and nodes as text for people and as JSON lines for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from bot.cli.places import lookup_json
from retrieval import Corpus, Node, Numbered, Quote, Source, Span, part_in_chinese

if TYPE_CHECKING:
    from retrieval import Answer

COLOURS = {"bold": "1", "faint": "2", "mark": "1;31", "head": "1;36", "bad": "31", "good": "32"}
KINDS = {"text": "paragraph"}  # as programs are told; headings belong to their part


class Printer:
    """Writes to a stream; colours only on a terminal, unless NO_COLOR is set."""

    def __init__(self, stream: TextIO | None = None, *, coloured: bool | None = None) -> None:
        self._stream = stream or sys.stdout
        wanted = self._stream.isatty() and not os.environ.get("NO_COLOR")
        self._coloured = wanted if coloured is None else coloured

    def paint(self, words: str, colour: str) -> str:
        """The words in a colour of COLOURS, if this stream has colours."""
        return f"\x1b[{COLOURS[colour]}m{words}\x1b[0m" if self._coloured and words else words

    def line(self, words: str = "", colour: str = "") -> None:
        """One line, at once."""
        print(self.paint(words, colour) if colour else words, file=self._stream, flush=True)

    def json(self, value: Mapping[str, Any]) -> None:
        """One JSON object on one line, at once."""
        print(json.dumps(value, ensure_ascii=False), file=self._stream, flush=True)

    def answer(self, answer: Answer) -> None:
        """An answer for people."""
        if answer.confidence == "near":
            self.line("不敢肯定这几句答得上，您看看：", "faint")
        if not answer.quotes:
            self.line("这几篇讲话里没有讲到这个。换个说法再问问，或者发 3.2、第三篇 看原文。", "faint")
        for quote in answer.quotes:
            self.quote(quote)

    def quote(self, quote: Quote) -> None:
        """A quote with its source."""
        for line in self._marked(quote).splitlines():
            self.line(f"│ {line}")
        self.line(f"  — {place(quote.source)}  [{reference(quote.source)}]", "faint")
        for also in quote.also:
            self.line(f"  — {place(also)}", "faint")
        self.line()

    def _marked(self, quote: Quote) -> str:
        words, position = [], quote.source.span.start
        for mark in quote.marks:
            words += [self._cut(quote, position, mark.start), self.paint(self._cut(quote, *mark), "mark")]
            position = mark.end
        return "".join([*words, self._cut(quote, position, quote.source.span.end)])

    @staticmethod
    def _cut(quote: Quote, start: int, end: int) -> str:
        first = quote.source.span.start
        return quote.text[start - first : end - first]


def place(source: Source) -> str:
    """Where a quote stands, on one line."""
    known = f"·{source.entry.place_and_year}" if source.entry.place_and_year else ""
    at = part_in_chinese(source.number) + (f"第{source.paragraph}段" if source.paragraph else "")
    return " · ".join(filter(None, (f"第{source.speech}篇{known}", at)))


def reference(source: Source) -> str:
    """The reference that shows the part: 3.2."""
    return ".".join(map(str, (source.speech, *source.number)))


def say_building() -> None:
    """On a terminal, why the first answer takes its time."""
    if sys.stderr.isatty():
        print("正在为这些讲话建立索引，只在内容或程序有变动时才需要……", file=sys.stderr, flush=True)


def answer_json(corpus: Corpus, answer: Answer) -> dict[str, Any]:
    """An answer as programs are told: `exact` has what was looked up word for word, `shown` whether a card shows a quote at once."""
    lookups = answer.literal.lookups if answer.literal else ()
    return {
        "question": answer.question,
        "answered": bool(answer.quotes),
        "confidence": answer.confidence if answer.quotes else "none",
        "exact": [lookup_json(corpus, found) for found in lookups],
        "quotes": [{**quote_json(quote), "shown": place < answer.shown} for place, quote in enumerate(answer.quotes)],
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    """A quote; `text` is exactly `file[start:end]`, marks are ranges of the file."""
    return {
        "id": quote.id,
        **_source_json(quote.source),
        "text": quote.text,
        "marks": [list(mark) for mark in quote.marks],
        "score": quote.score,
        "also": [_source_json(source) for source in quote.also],
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "speech": source.speech,
        "title": source.title,
        "path": list(source.path),
        "file": source.file,
        "start": source.span.start,
        "end": source.span.end,
    }


def outline_json(numbered: Numbered) -> list[dict[str, Any]]:
    """Every node of a speech but its headings, which belong to their parts."""
    return [_node_json(numbered, node) for node in numbered.speech.walk() if node.kind != "heading"]


def _node_json(numbered: Numbered, node: Node) -> dict[str, Any]:
    span: Span = node.span
    return {
        "speech": numbered.number,
        "kind": KINDS.get(node.kind, node.kind),
        "label": node.label,
        "heading": node.heading,
        "depth": node.depth,
        "file": numbered.speech.file,
        "start": span.start,
        "end": span.end,
    }


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines of aligned columns, the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_padded(cell, width, n > 0) for n, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]


def _width(words: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in words)


def _padded(words: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(words))
    return blanks + words if right else words + blanks
