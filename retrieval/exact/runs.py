"""The verbatim runs that a wording is put together from: half a sentence of one speech, half of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from retrieval.exact.regions import Regions

SHORTEST = 5  # letters of a run
LONGEST = 2000  # letters of a wording that is taken apart; sentences have up to 308, and each run may go one call deeper
# Of 126 sentences merged from two all are covered by .95; of 3 000 sentences of other reports none by .8 with runs of 5, none by half
# with runs of 10.
COVERED = 0.8
LONG, HALF = 10, 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """Letters [start, end) of the speeches that stand in a wording too."""

    start: int
    end: int


def runs(asked: str, text: str, regions: Regions, bounds: Callable[[int], tuple[int, int]]) -> tuple[Run, ...]:
    """The runs of at least SHORTEST letters in the order of a wording: the longest, those left and those right of it; () for a long one."""
    if not SHORTEST <= len(asked) <= LONGEST:
        return ()
    longest, at = Run(0, 0), 0
    for region in regions.like(asked):
        first, last = bounds(min(region + len(asked) // 2, len(text) - 1))
        start = max(first, region - len(asked))
        match = SequenceMatcher(None, asked, text[start : min(last, region + 2 * len(asked))], autojunk=False).find_longest_match()
        if match.size > longest.end - longest.start:
            longest, at = Run(start + match.b, start + match.b + match.size), match.a
    size = longest.end - longest.start
    if size < SHORTEST:
        return ()
    return (*runs(asked[:at], text, regions, bounds), longest, *runs(asked[at + size :], text, regions, bounds))


def put_together(asked: str, found: Sequence[Run]) -> bool:
    """Whether runs make up so much of a wording that it is taken from them."""
    lengths = [run.end - run.start for run in found]
    return sum(lengths) >= COVERED * len(asked) or sum(n for n in lengths if n >= LONG) >= HALF * len(asked) > 0
