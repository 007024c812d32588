"""What differs between a wording and its original."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from retrieval.exact.letters import Letters, letters
from retrieval.speeches.tree import Span


@dataclass(frozen=True, slots=True)
class Change:
    """Characters [start, end) of the wording as it was typed, and the words that stand there in the speech instead.

    start == end: words are missing in the wording at this place; words "": what the wording has there is not in the speech.
    """

    start: int
    end: int
    words: str


def changes(wording: str, original: str) -> tuple[Change, ...]:
    """What differs between the letters of a wording and of its original; marks and blanks do not count.

    With all changes made the wording has the letters of the original.

    >>> changes("劳动，改变中国。", "劳动改变世界")
    (Change(start=5, end=7, words='世界'),)
    >>> changes("劳动世界", "劳动改变世界"), changes("劳动者最光荣", "劳动最光荣")
    ((Change(start=2, end=2, words='改变'),), (Change(start=2, end=3, words=''),))
    """
    here, there = letters(wording), letters(original)
    found = []
    for edit in Levenshtein.opcodes(here.text, there.text):
        if edit.tag != "equal":
            words = original[slice(*there.back(edit.dest_start, edit.dest_end))] if edit.dest_end > edit.dest_start else ""
            found.append(Change(*_typed(here, edit.src_start, edit.src_end), words))
    return tuple(found)


def _typed(here: Letters, start: int, end: int) -> Span:
    """The characters of the letters [start, end); of none the place right after the letter before."""
    if end > start:
        return here.back(start, end)
    at = int(here.origin[start - 1]) + 1 if start else 0
    return Span(at, at)
