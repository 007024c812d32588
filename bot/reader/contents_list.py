"""The contents of a speech: every labelled part, below the one around it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reader.markup import Html, tag
from bot.reader.speech_text import part_id
from retrieval import Corpus, Node, contents

_BEGINNING = 20  # characters of a part without a heading, in place of its title, chosen


def contents_list(corpus: Corpus, number: int) -> Html:
    """Nested lists of links; "" where nothing is labelled."""
    tops = [node for node in contents(corpus, number) if len(node.number) == 1]
    return tag("div", _list(corpus, number, tops), lang="zh-CN") if tops else Html()


def _list(corpus: Corpus, number: int, nodes: Sequence[Node]) -> Html:
    rows = [
        tag("li", tag("a", part_title(corpus, number, node), href=f"#{part_id(node)}"), _list(corpus, number, _below(node)))
        for node in nodes
    ]
    return tag("ol", *rows) if rows else Html()


def _below(node: Node) -> list[Node]:
    return [child for child in node.children if child.number]


def part_title(corpus: Corpus, number: int, node: Node) -> str:
    """Label and heading as printed; the first words of a part that has no heading."""
    if node.heading:
        return node.title
    words = corpus.text(corpus.speech(number).speech.file, node.span)
    return words if len(words) <= _BEGINNING else words[:_BEGINNING] + "…"
