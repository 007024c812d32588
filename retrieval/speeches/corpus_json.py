"""The trees of a corpus as JSON values and back, so that a start need not parse the texts again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from retrieval.speeches.corpus import Corpus, Entry, Numbered, corpus_of
from retrieval.speeches.tree import Node, Span, Speech


def corpus_to_json(corpus: Corpus) -> dict[str, Any]:
    """Everything but the texts."""
    return {"fingerprint": corpus.fingerprint, "speeches": [numbered_to_json(numbered) for numbered in corpus.speeches]}


def corpus_from_json(row: Mapping[str, Any], texts: dict[str, str]) -> Corpus:
    """The corpus over its texts, among others. Raises KeyError, TypeError, ValueError if the values are not those of a corpus."""
    numbered = tuple(map(numbered_from_json, row["speeches"]))
    return corpus_of(numbered, {one.speech.file: texts[one.speech.file] for one in numbered}, row["fingerprint"])


def numbered_to_json(numbered: Numbered) -> dict[str, Any]:
    """One speech with its tree."""
    speech = numbered.speech
    return {
        "number": numbered.number,
        "title": numbered.title,
        "entry": asdict(numbered.entry),
        "file": speech.file,
        "printed_number": speech.printed_number,
        "span": speech.span,
        "paragraphs": speech.paragraphs,
        "nodes": [_node_to_json(node) for node in speech.nodes],
    }


def numbered_from_json(row: Mapping[str, Any]) -> Numbered:
    """The speech again. Raises KeyError, TypeError, ValueError for other values."""
    lists = {name: tuple(row["entry"][name]) for name in ("aliases", "pages")}
    entry = Entry(**{**row["entry"], **lists})
    paragraphs = tuple(Span(*span) for span in row["paragraphs"])
    speech = Speech(row["file"], row["printed_number"], Span(*row["span"]), tuple(map(_node, row["nodes"])), paragraphs)
    return Numbered(row["number"], speech, entry, row["title"])


def _node_to_json(node: Node) -> list[Any]:
    children = [_node_to_json(child) for child in node.children]
    return [node.kind, node.span, node.depth, node.label, node.heading, node.number, node.paragraph, children]


def _node(row: list[Any]) -> Node:
    kind, span, depth, label, heading, number, paragraph, children = row
    return Node(kind, Span(*span), depth, label, heading, tuple(number), paragraph, tuple(map(_node, children)))
