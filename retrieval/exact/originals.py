"""The closest original of a wording that stands nowhere: which range of the speeches it was meant to be, and what differs.

1. Regions of the wording's length that share most of its pairs of letters.
2. In each, ranges between the places where the wording's head and tail seem to stand, and borders of clauses beside these.
3. The range that agrees best: the mean of the letters shared in the same order and in any order, so that a sentence with its halves
   exchanged is still found whole.
4. Failing that, the verbatim runs or clauses that a wording is put together from: two halves of two sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein

from retrieval.exact.changes import Change, changes
from retrieval.exact.concordance import BORDERS, Concordance, Occurrence, marks_around
from retrieval.exact.letters import letters
from retrieval.exact.regions import Regions
from retrieval.exact.runs import Run, put_together, runs
from retrieval.speeches.corpus import Corpus, corpus_of

# Of 2 359 altered sentences (characters changed, words or clauses in another order, left out, put in) all agree by .7 or share .85 of
# their letters in any order; of 6 000 sentences of other reports 15 do (tests/bench/bench_exact.py).
CLOSE = 0.7
SHARED = 0.85
# What a wording leaves out of an original counts less than what it has and the original has not. Tried 1, 2, 3: of sentences with a
# clause left out .93, .95, .95 were found whole, of others the same.
COVERED = 2.0
SHORTEST = 4  # letters; a shorter wording that is not there is another word, not an altered one
ENDS = 100  # letters at the head and the tail of a wording that say where its original begins and ends
SLACK = 10  # letters beyond half the wording's length that an original may be longer; a clause of the speeches has 9 on average
ALIGNMENTS = 3  # places of a head or tail that are tried
_BORDER = re.compile(f"[{BORDERS}]+")  # ，  。；|劳动  ✗劳动
BESIDE = 8  # borders of clauses beside them that are tried
LONG = 600  # letters of a wording of which only the best aligned ranges are compared: of a draft of 9 000 all took two seconds


@dataclass(frozen=True, slots=True)
class Original:
    """The range of a speech that a wording is closest to, its text, and what differs, in the order of the wording.

    agreement: 0-1, 1 for the same letters. pieces: where the wording's parts stand verbatim if it is put together from several places,
    in its order; `place` is then the longest of them.
    """

    place: Occurrence
    text: str
    changed: tuple[Change, ...]
    agreement: float
    pieces: tuple[Occurrence, ...] = ()


class Originals:
    """Finds the closest original in one corpus; what it needs is built when it is first asked."""

    def __init__(self, concordance: Concordance) -> None:
        self._concordance = concordance
        self._text = concordance.text

    def closest(self, wording: str) -> Original | None:
        """The closest original, None if none is close."""
        asked = letters(wording).text
        if len(asked) < SHORTEST:
            return None
        regions = list(self._regions.like(asked))
        ranges = sorted({pair for region in regions for pair in self._ranges(asked, region)})
        if ranges:
            start, end = self._widened(asked, *max(ranges, key=lambda pair: self._rank(asked, *pair)))
            there = self._text[start:end]
            if agreement(asked, there) >= CLOSE or _shared(asked, there) >= SHARED:
                return self._original(wording, start, end)
        found = runs(asked, self._text, self._regions, self._concordance.bounds)
        if not put_together(asked, found):
            found = self._clauses(wording)
        return self._joined(wording, found) if put_together(asked, found) else None

    def with_a_clause(self, wording: str) -> Original | None:
        """Where the longest of its clauses stands that stands anywhere; None if none does."""
        found = max(self._clauses(wording), key=lambda run: run.end - run.start, default=None)
        return self._original(wording, found.start, found.end) if found else None

    def _clauses(self, wording: str) -> tuple[Run, ...]:
        """Its clauses that stand somewhere, in its order: two of them may be shorter than a run and from far apart."""
        clauses = [letters(clause).text for clause in _BORDER.split(wording)]
        places = ((self._text.find(clause), len(clause)) for clause in clauses if len(clause) >= SHORTEST)
        return tuple(Run(start, start + length) for start, length in places if start >= 0)

    @cached_property
    def _regions(self) -> Regions:
        return Regions(self._text)

    def _ranges(self, asked: str, at: int) -> Iterator[tuple[int, int]]:
        """Ranges near a region's first letter that the wording may have been meant to be."""
        first, last = self._concordance.bounds(min(at + len(asked) // 2, len(self._text) - 1))
        slack = len(asked) // 2 + SLACK
        start, end = max(first, at - slack), min(last, at + len(asked) + slack)
        region, tail = self._text[start:end], asked[-ENDS:]
        heads = [start + place for place in _alignments(asked[:ENDS], region)]
        tails = [start + place + len(tail) for place in _alignments(tail, region)]
        borders = self._concordance.borders
        beside = borders[np.searchsorted(borders, start) : np.searchsorted(borders, end, "right")].tolist()
        most = BESIDE if len(asked) <= LONG else 0
        ends = {*tails, *_nearest(beside, [*tails, at + len(asked)], most)}
        for head in {*heads, *_nearest(beside, [*heads, at], most)}:
            yield from ((head, tail) for tail in ends if first <= head < tail <= last and tail - head <= 2 * (len(asked) + SLACK))

    def _rank(self, asked: str, start: int, end: int) -> tuple[float, int, int]:
        """What makes a range better: it agrees better; borders of clauses at its ends; a length like the wording's."""
        bordered = self._is_border(start) + self._is_border(end)
        return round(agreement(asked, self._text[start:end]), 6), bordered, -abs(end - start - len(asked))

    def _widened(self, asked: str, start: int, end: int) -> tuple[int, int]:
        """The range with what stands in place of the wording's own first and last letters, where they are not in it.

        Inside a clause as many letters as the wording has, or all to the border of the clause if that is at most twice as far.
        """
        edits = Levenshtein.opcodes(asked, self._text[start:end])
        first, last = self._concordance.bounds(start)
        before, after = (edit.src_end - edit.src_start if edit.tag == "delete" else 0 for edit in (edits[0], edits[-1]))
        if before and not self._is_border(start):
            borders = [at for at in range(max(first, start - 2 * before), start) if self._is_border(at)]
            start = borders[-1] if borders else max(first, start - before)
        if after and not self._is_border(end):
            borders = [at for at in range(end, min(last, end + 2 * after) + 1) if self._is_border(at)]
            end = borders[0] if borders else min(last, end + after)
        return start, end

    def _is_border(self, at: int) -> bool:
        borders = self._concordance.borders
        return bool(borders[np.searchsorted(borders, at)] == at)

    def _original(self, wording: str, start: int, end: int, pieces: tuple[Occurrence, ...] = ()) -> Original:
        place = self._concordance.occurrence(start, end, marks_around(wording))
        words = self._concordance.corpus.text(place.file, place.span)
        return Original(place, words, changes(wording, words), agreement(letters(wording).text, self._text[start:end]), pieces)

    def _joined(self, wording: str, found: Sequence[Run]) -> Original:
        longest = max(found, key=lambda run: run.end - run.start)
        pieces = tuple(self._concordance.occurrence(run.start, run.end) for run in found)
        return self._original(wording, longest.start, longest.end, pieces if len(pieces) > 1 else ())


def closest_in(corpus: Corpus, number: int, wording: str) -> Original | None:
    """The closest original in one speech, or the longest clause of the wording that stands there; None if nothing does."""
    numbered = corpus.speech(number)
    texts = {numbered.speech.file: corpus.texts[numbered.speech.file]}
    originals = Originals(Concordance(corpus_of((numbered,), texts, "")))
    return originals.closest(wording) or originals.with_a_clause(wording)


def agreement(asked: str, there: str) -> float:
    """How well the letters of a wording and of a range agree, 0-1: the mean of those shared in the same order and in any order.

    >>> [round(agreement(asked, "劳动改变世界"), 2) for asked in ("劳动改变世界", "劳动改变中国", "改变世界劳动")]
    [1.0, 0.67, 0.83]
    """
    return (_f_measure(asked, there, Indel.distance(asked, there)) + _shared(asked, there)) / 2


def _shared(asked: str, there: str) -> float:
    """By the letters that both have in any order."""
    return _f_measure(asked, there, Indel.distance(sorted(asked), sorted(there)))


def _f_measure(asked: str, there: str, differing: int) -> float:
    together = (len(asked) + len(there) - differing) / 2
    return (1 + COVERED) * together / (COVERED * len(asked) + len(there))


def _alignments(piece: str, region: str) -> list[int]:
    """Where in a region a piece would begin if the pairs of letters that they share stood in it as they do in the piece."""
    places: dict[str, list[int]] = {}
    for at in range(len(region) - 1):
        places.setdefault(region[at : at + 2], []).append(at)
    begins = Counter(there - here for here in range(len(piece) - 1) for there in places.get(piece[here : here + 2], ()))
    return [begin for begin, _ in begins.most_common(ALIGNMENTS)]


def _nearest(borders: list[int], places: list[int], most: int) -> list[int]:
    """The borders nearest to any of the places."""
    return sorted(borders, key=lambda border: min(abs(border - place) for place in places))[:most]
