"""What differs between a wording and its original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Correction:
    """A piece of a corrected wording: kept as typed, struck out, or put in from the speech."""

    kind: Literal["kept", "struck", "put in"]
    text: str


def corrections(wording: str, changed: Sequence[Change]) -> tuple[Correction, ...]:
    """The wording in pieces, with what is struck out and put in; kept and struck ones together are the wording.

    >>> [(piece.kind, piece.text) for piece in corrections("改变中国。", (Change(2, 4, "世界"),))]
    [('kept', '改变'), ('struck', '中国'), ('put in', '世界'), ('kept', '。')]
    """
    found, at = [], 0
    for change in changed:
        found += [Correction("kept", wording[at : change.start]), Correction("struck", wording[change.start : change.end])]
        found.append(Correction("put in", change.words))
        at = change.end
    return tuple(piece for piece in (*found, Correction("kept", wording[at:])) if piece.text)


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
    for differing, edits in groupby(Levenshtein.opcodes(here.text, there.text), key=lambda edit: edit.tag != "equal"):
        if differing:
            first, *_, last = [*edits] * 2
            words = original[slice(*there.back(first.dest_start, last.dest_end))] if last.dest_end > first.dest_start else ""
            found.append(Change(*_typed(here, first.src_start, last.src_end), words))
    return tuple(found)


def _typed(here: Letters, start: int, end: int) -> Span:
    """The characters of the letters [start, end); of none the place right after the letter before."""
    if end > start:
        return here.back(start, end)
    at = int(here.origin[start - 1]) + 1 if start else 0
    return Span(at, at)
