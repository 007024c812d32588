"""What changed between two versions of a speech, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from retrieval import Span, sentences


@dataclass(frozen=True, slots=True)
class TextChange:
    """Sentences that are new, gone, and in both versions; in the order of their text."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


def text_change(before: str, after: str) -> TextChange:
    """Sentence by sentence; one that only moved is in both.

    >>> text_change("一。二。", "一。三。")
    TextChange(added=('三。',), removed=('二。',), kept=1)
    """
    old, new = _sentences(before), _sentences(after)
    common = Counter(old) & Counter(new)
    return TextChange(_others(new, common), _others(old, common), common.total())


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for line in _lines(text) for span in sentences(text, line)]


def _lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        found.append(Span(start, start + len(line)))
        start += len(line)
    return found


def _others(sentences_of: list[str], common: Counter[str]) -> tuple[str, ...]:
    left, found = Counter(common), []
    for sentence in sentences_of:
        if left[sentence]:
            left[sentence] -= 1
        else:
            found.append(sentence)
    return tuple(found)
