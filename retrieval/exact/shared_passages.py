"""Stretches of a speech that stand in other speeches letter for letter, wherever and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from retrieval.exact.concordance import APART, Concordance, Occurrence
from retrieval.speeches.overlap import SHORTEST
from retrieval.speeches.tree import Span

MOST = 8  # places elsewhere of one run of letters that are looked at, chosen: a page names no more
RUNS = 5_000  # of one speech, chosen: the bundled ones have up to 46; more are a text that repeats a few signs without end
KEPT = 128  # speeches whose passages are kept
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, of splitmix64: numbers of runs differ in all bits


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A range of a speech whose letters stand in others; also: where, the longest first. Neighbours that overlap are one passage."""

    span: Span
    also: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class CommonRun:
    """The same letters in two speeches, as many as there are on both sides."""

    here: Occurrence
    there: Occurrence

    @property
    def length(self) -> int:
        """Characters of the first of the two."""
        return self.here.span.end - self.here.span.start


class SharedPassages:
    """Built once over the letters of all speeches, 16 bytes a letter; immutable, safe to use from several threads."""

    def __init__(self, concordance: Concordance) -> None:
        self._concordance = concordance
        self._numbers = _run_numbers(concordance.text)
        self._order = np.argsort(self._numbers, kind="stable")
        self._sorted = self._numbers[self._order]
        self.runs = lru_cache(maxsize=KEPT)(self._runs)

    def of(self, number: int) -> tuple[SharedPassage, ...]:
        """The passages of a speech, in its order; they do not overlap."""
        found: list[SharedPassage] = []
        for run in sorted(self.runs(number), key=lambda run: run.here.span):
            span: Span = run.here.span
            also: tuple[Occurrence, ...] = (run.there,)
            if found and span.start < found[-1].span.end:
                last = found.pop()
                span, also = Span(last.span.start, max(last.span.end, span.end)), (*last.also, run.there)
            found.append(SharedPassage(span, also))
        return tuple(SharedPassage(passage.span, _longest_first(passage.also)) for passage in found)

    def between(self, one: int, other: int) -> tuple[CommonRun, ...]:
        """What two speeches share, in the order of the first."""
        return tuple(sorted((run for run in self.runs(one) if run.there.speech == other), key=lambda run: run.here.span))

    def _runs(self, number: int) -> tuple[CommonRun, ...]:
        place = self._concordance.occurrence
        return tuple(CommonRun(place(i, i + size), place(j, j + size)) for i, j, size in islice(self._matches(number), RUNS))

    def _matches(self, number: int) -> Iterator[tuple[int, int, int]]:
        """(first letter, first letter elsewhere, letters) of the longest runs that a speech shares with others."""
        index = next(n for n, numbered in enumerate(self._concordance.corpus.speeches) if numbered.number == number)
        first, last = self._concordance.letters_of(index)
        own = self._numbers[first : max(first, last - SHORTEST + 1)]
        low, high = np.searchsorted(self._sorted, own, "left"), np.searchsorted(self._sorted, own, "right")
        for offset in np.flatnonzero(high - low > 1).tolist():
            for j in self._elsewhere(int(low[offset]), int(high[offset]), first, last):
                if size := self._size(first + offset, j, first):
                    yield first + offset, j, size

    def _elsewhere(self, low: int, high: int, first: int, last: int) -> list[int]:
        """Of ascending places with the same letters the first MOST outside [first, last)."""
        places = self._order[low:high]
        before, after = np.searchsorted(places, (first, last))
        return [int(j) for j in (*places[: min(before, MOST)], *places[after : after + MOST])][:MOST]

    def _size(self, i: int, j: int, first: int) -> int:
        """How many letters agree from both places on; 0 where they agree before them too, or are too few."""
        text = self._concordance.text
        if i > first and j > 0 and text[i - 1] == text[j - 1] != APART:
            return 0
        size = 0
        while i + size < len(text) and j + size < len(text) and text[i + size] == text[j + size] != APART:
            size += 1
        return size if size >= SHORTEST else 0


def _longest_first(places: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    unique = dict.fromkeys(places)
    return tuple(sorted(unique, key=lambda place: (place.span.start - place.span.end, place.speech, place.span)))


def _run_numbers(text: str) -> npt.NDArray[np.uint64]:
    """A number for every run of SHORTEST letters: the same for the same letters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = max(0, len(codes) - SHORTEST + 1)
    numbers = np.zeros(count, np.uint64)
    for offset in range(SHORTEST):
        numbers = numbers * _FACTOR + codes[offset : offset + count]
    return numbers
