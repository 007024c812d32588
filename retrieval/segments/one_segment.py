"""One segment as it lies on the disk: its terms by name, and its best passages for weighted terms."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.candidates import CandidateScope
from retrieval.index.postings import Floats, Ints
from retrieval.segments.columns import Columns
from retrieval.segments.compiled_search import COMPILER, HIDDEN, compiled_counts, compiled_search
from retrieval.segments.compiling import IS_COMPILED
from retrieval.segments.impacts import FIELDS, Totals, totals_from
from retrieval.segments.inverting import STEP
from retrieval.segments.plain_search import Times, plain_counts, plain_search
from retrieval.segments.search_arrays import SATURATIONS, AskedTerms, searched
from retrieval.segments.segment_writer import CLOSING, OPENING
from retrieval.terms.string_table import StringTable

_PARTS = {"": 0, "opening": OPENING, "closing": CLOSING}
MOST_ASKED = 4000  # terms of a question; of 1 000 characters 2 600
# Passages that searches have found, after which the rows read are given back, where these are many: as each maps the 64 KB around it, an
# answer takes 20 MB, and 200 answers 1.2 GB of a million passages. Tried 256-25 600 there; docs/numbers.md.
GIVEN_BACK = 768
MANY_BYTES = 128 << 20  # of rows, below which they are not
_SCATTERED = ("paragraph.packed", "own.packed", "texts.data", "trees.data")  # read here and there
_ONWARDS = np.arange(1, MOST_ASKED + 1, dtype=np.uint16)


class Segment:
    """The passages of one segment, numbered from 0. removed: speeches of it, from 0, that are no longer in the collection."""

    def __init__(self, columns: Columns, removed: Collection[int] = (), *, compiled: bool = True) -> None:
        self.columns = columns
        self.removed = frozenset(removed)
        self.totals: Totals = totals_from(columns.values["totals"])
        self.vocabulary = StringTable.of_arrays(columns.strings("terms"))
        self.lists = searched(columns)
        self._bounded_by = np.array(columns.values.get("bounded_by") or self.totals.means)
        self._looser_by: tuple[npt.NDArray[np.float64] | None, float] = (None, 1.0)  # of the averages that were asked with last
        self.is_compiled = compiled and IS_COMPILED
        self._kept = threading.local()
        self._scattered = sum(columns[name].nbytes for name in _SCATTERED) >= MANY_BYTES
        self._found = 0

    def often(self, field: str, term: str) -> int:
        """In how many texts of a field a term stands."""
        column = self.vocabulary.get(term)
        return 0 if column is None else int(self.columns[f"often.{field}"][column])

    def columns_of(self, terms: Mapping[str, float]) -> tuple[Ints, Floats]:
        """The terms of a question that the segment has, as it numbers them, ascending, with their weights."""
        numbers = self.vocabulary.numbers(terms)
        known = [weight > 0 and number is not None for number, weight in zip(numbers, terms.values(), strict=True)]
        columns = np.array([*compress(numbers, known)], np.int32)
        ascending = columns.argsort()[:MOST_ASKED]
        return columns[ascending], np.array([*compress(terms.values(), known)], np.float32)[ascending]

    def search(
        self,
        terms: Mapping[str, float],
        averages: npt.NDArray[np.float64],
        k: int,
        within: CandidateScope | None = None,
        least: float = 0.0,
    ) -> tuple[Ints, Floats]:
        """The k best passages, in no order, and their scores. averages: lengths by field and kind of the whole collection.

        least: a score that as many other passages reach.
        """
        asked = self._asked(terms, averages, within, least)
        if not len(asked.terms) or not self.totals.passages:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        totals = self._allowed(within) if within else self._open
        self._found += k
        if self._scattered and self._found >= GIVEN_BACK:
            self._found = 0
            self.columns.give_back(_SCATTERED)
        if not self.is_compiled:
            return plain_search(self.lists, asked, totals, k)
        scores, passages = np.empty(k, np.float32), np.empty(k, np.int32)
        asked.places[asked.terms] = _ONWARDS[: len(asked.terms)]
        try:
            size = compiled_search(self.lists, asked, totals, self._touched, k, scores, passages)
        finally:
            asked.places[asked.terms] = 0
        COMPILER.give_back()
        return passages[:size], scores[:size]

    def counts(self, row: str, texts: npt.NDArray[Any], terms: Ints) -> Times:
        """found[term, text]: how often texts (paragraphs, passages, headings) have each of the terms, which ascend."""
        offsets, packed = self.columns[f"{row}.offsets"], self.columns[f"{row}.packed"]
        if not self.is_compiled:
            return plain_counts(offsets, packed, texts, terms)
        found = np.zeros((len(terms), len(texts)), np.uint8)
        places = self._places
        places[terms] = _ONWARDS[: len(terms)]
        try:
            compiled_counts(offsets, packed, texts, places, found)
        finally:
            places[terms] = 0
        COMPILER.give_back()
        return found

    def passage_texts(self) -> Iterator[str]:
        """The words of every passage, in order."""
        files = self.columns["speeches.file"][self.columns["passages.speech"]].tolist()
        text, last = "", -1
        for file, start, end in zip(files, self.columns["passages.start"].tolist(), self.columns["passages.end"].tolist(), strict=True):
            text, last = (text, last) if file == last else (self.text(file), file)
            yield text[start:end]

    def text(self, file: int, start: int = 0, end: int | None = None) -> str:
        """The characters from start to end of a file."""
        wide = bool(self.columns["files.wide"][file])
        size, encoding = (4, "utf-32-le") if wide else (2, "utf-16-le")
        first, last = self.columns["texts.offsets"][file : file + 2].tolist()
        stop = last if end is None else min(first + size * end, last)
        return str(self.columns["texts.data"].data[first + size * start : stop], encoding, "surrogatepass")

    def _asked(
        self, terms: Mapping[str, float], averages: npt.NDArray[np.float64], within: CandidateScope | None, least: float
    ) -> AskedTerms:
        columns, weights = self.columns_of(terms)
        bounds = weights * np.float32(STEP * self._looser(averages))
        heaviest = np.argsort(-(bounds * self.lists.tops[columns]), kind="stable")
        first, last = within.passages if within and within.passages else (0, self.totals.passages)
        part = _PARTS[within.part] if within else 0
        kinds = self.columns["terms.kinds"][columns]
        return AskedTerms(
            columns[heaviest], bounds[heaviest], columns, self._places, weights, kinds, averages, SATURATIONS, first, last, part, least
        )

    def _looser(self, averages: npt.NDArray[np.float64]) -> float:
        """What makes bounds hold that are of other average lengths: texts are longer in the collection, so that a term weighs more here."""
        if self._looser_by[0] is not averages:
            with np.errstate(divide="ignore", invalid="ignore"):
                ratios = np.where(self._bounded_by > 0, averages / self._bounded_by, 1.0)
            self._looser_by = (averages, max(1.0, float(ratios.max())))
        return self._looser_by[1]

    @property
    def _open(self) -> Floats:
        """Where the bounds of all paragraphs begin; one array a thread, which a search leaves as it was."""
        if not hasattr(self._kept, "totals"):
            self._kept.totals = self._nothing_found.copy()
        totals: Floats = self._kept.totals
        return totals

    @property
    def _touched(self) -> Ints:
        if not hasattr(self._kept, "touched"):
            self._kept.touched = np.zeros(self.totals.paragraphs, np.int32)
        touched: Ints = self._kept.touched
        return touched

    @property
    def _places(self) -> npt.NDArray[np.uint16]:
        """Of every term 0; one array a thread, which whoever uses it leaves as it was."""
        if not hasattr(self._kept, "places"):
            self._kept.places = np.zeros(len(self.vocabulary), np.uint16)
        places: npt.NDArray[np.uint16] = self._kept.places
        return places

    @cached_property
    def _nothing_found(self) -> Floats:
        found = np.zeros(self.totals.paragraphs, np.float32)
        for speech in self.removed:
            first, last = self.columns["speeches.passages"][speech : speech + 2]
            found[self.columns["passages.paragraph"][first:last]] = HIDDEN
        return found

    def _allowed(self, within: CandidateScope) -> Floats:
        """The same with the paragraphs hidden that have no passage in the scope."""
        wanted = np.ones(self.totals.passages, np.bool_)
        if within.passages:
            wanted[: within.passages[0]] = wanted[within.passages[1] :] = False
        if within.among:
            among = np.zeros(self.totals.passages, np.bool_)
            for first, last in within.among:
                among[first:last] = True
            wanted &= among
        if within.part:
            wanted &= (self.lists.what & _PARTS[within.part]) > 0
        found = np.full(self.totals.paragraphs, HIDDEN, np.float32)
        paragraphs = self.columns["passages.paragraph"][wanted]
        found[paragraphs] = self._nothing_found[paragraphs]
        return found


def bounded_by(segments: Sequence[Segment]) -> list[list[float]]:
    """The least average lengths that the bounds of some segments are of; 0 where none has a text."""
    least = np.min([np.where(one._bounded_by > 0, one._bounded_by, np.inf) for one in segments], 0)
    found: list[list[float]] = np.where(np.isinf(least), 0.0, least).tolist()
    return found


def averages_of(totals: Totals) -> npt.NDArray[np.float64]:
    """Lengths by field and kind of term."""
    return np.stack([totals.average(field) for field in FIELDS])
