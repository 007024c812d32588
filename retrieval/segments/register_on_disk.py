"""Which speeches of a collection are of a year, of a place, called by a name: looked up when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.segments.one_segment import Segment
from retrieval.speeches.corpus import Register
from retrieval.terms.counts import Longs
from retrieval.terms.string_table import StringTable


class YearsOnDisk(Mapping[int, Sequence[int]]):
    """Year → numbers, ascending. dates: of the speeches, as `names_on_disk` has them."""

    def __init__(self, dates: Longs, numbers: Longs) -> None:
        years = dates // 10_000
        order = np.lexsort((numbers, years))[np.count_nonzero(years == 0) :]
        self._years, self._numbers = years[order], numbers[order]

    @cached_property
    def _known(self) -> list[int]:
        known: list[int] = np.unique(self._years).tolist()
        return known

    def __getitem__(self, year: int) -> Sequence[int]:
        first, last = np.searchsorted(self._years, [year, year + 1])
        if first == last:
            raise KeyError(year)
        found: list[int] = self._numbers[first:last].tolist()
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class RegisterOnDisk(Register):
    """See `Register`; of the speeches nothing is held but a date and a number."""

    looked_up = True

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory

    @cached_property
    def years(self) -> Mapping[int, Sequence[int]]:
        """The numbers of the speeches of each year that is known, ascending."""
        return YearsOnDisk(*self._dated)

    @property
    def aliases(self) -> Mapping[str, tuple[int, ...]]:
        """None, for they are looked up."""
        return {}

    @property
    def ends(self) -> tuple[int, int]:
        """The first speech in time and the last, by their dates as far as these are known; (0, 0) where none is."""
        dates, numbers = self._dated
        order = np.lexsort((numbers, dates))[np.count_nonzero(dates == 0) :]
        return (int(numbers[order[0]]), int(numbers[order[-1]])) if len(order) else (0, 0)

    def within(self, folded: str) -> Mapping[str, tuple[int, ...]]:
        """The aliases that stand in a folded text."""
        found: dict[str, tuple[int, ...]] = {}
        for at, segment in enumerate(self._directory.segments):
            table = self._aliases[at]
            for length in segment.columns.values["alias_lengths"]:
                for start in range(len(folded) - length + 1):
                    name = folded[start : start + length]
                    if (number := table.get(name)) is not None:
                        found[name] = tuple(sorted({*found.get(name, ()), *self._called(segment, at, number)}))
        return {name: numbers for name, numbers in found.items() if numbers}

    def place_of(self, number: int) -> str:
        """Where a speech was given, "" where that is not known, or there is no such speech."""
        index = self._directory.by_number.get(number)
        return "" if index is None else self._directory.entry(index).place

    def is_in_a_place(self, name: str) -> bool:
        """Whether the place of some speech has a name in it."""
        asked = name.encode("utf-8", "surrogatepass")
        return any(asked in bytes(segment.columns["places"].data) for segment in self._directory.segments)

    @property
    def places(self) -> Sequence[str]:
        """Each place that is known, segment by segment."""
        texts = [bytes(segment.columns["places"].data).decode("utf-8", "surrogatepass") for segment in self._directory.segments]
        return list(dict.fromkeys(place for text in texts for place in text.split("\n") if place))

    def prints(self, year: int) -> bool:
        """Whether a text has these four digits, or had them when it was read."""
        return any(str(year) in segment.columns.values["years"] for segment in self._directory.segments)

    def _called(self, segment: Segment, at: int, alias: int) -> list[int]:
        first, last = segment.columns["called.offsets"][alias : alias + 2].tolist()
        speeches = segment.columns["called.speeches"][first:last].tolist()
        return [self._directory.of_segment[at][speech] for speech in speeches if speech not in segment.removed]

    @cached_property
    def _aliases(self) -> list[StringTable]:
        return [StringTable.of_arrays(segment.columns.strings("aliases")) for segment in self._directory.segments]

    @cached_property
    def _dated(self) -> tuple[Longs, Longs]:
        """Dates and numbers of the speeches that were not removed."""
        dates = [segment.columns["speeches.date"] for segment in self._directory.segments]
        of_each = [int(dates[one.segment][one.place]) for one in self._directory.kept]
        return np.array(of_each, np.int64), np.array([one.number for one in self._directory.kept], np.int64)
