"""Tens of thousands of strings in a few arrays, which open from a file at once, where a dict of them would be built anew at each start.

A string is found by the lowest bits of its CRC-32: those that share them are numbered one after the other and compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, overload

import numpy as np

from retrieval.terms.looked_up import NumberOf

T = TypeVar("T")
Arrays = Mapping[str, memoryview]
REMEMBERED = 1 << 13  # look-ups of a table: one takes 1.3 µs, a remembered one 0.1; a question has 60


@dataclass(frozen=True, slots=True)
class StringList(Sequence[str]):
    """Strings by number: the i-th is the UTF-8 of data[ends[i]:ends[i + 1]]."""

    data: memoryview
    ends: memoryview

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return str(self.data[self.ends[number] : self.ends[number + 1]], "utf-8", "surrogatepass")

    @property
    def arrays(self) -> Arrays:
        """What `of_arrays` takes."""
        return {"data": self.data, "ends": self.ends}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> StringList:
        """From the bytes of its arrays. Raises KeyError, TypeError."""
        return cls(arrays["data"], arrays["ends"].cast("i"))


def string_list(strings: Iterable[str]) -> StringList:
    """The strings, numbered as they come.

    >>> list(string_list(["劳模", "", "ok"]))
    ['劳模', '', 'ok']
    """
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    ends = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, encoded), np.int32, len(encoded)), out=ends[1:])
    return StringList(memoryview(b"".join(encoded)), ends.data)


class StringTable(NumberOf):
    """String → its number in `strings`; the strings with the lowest bits b have the numbers order[buckets[b]:buckets[b + 1]]."""

    def __init__(self, strings: StringList, buckets: memoryview, order: memoryview) -> None:
        self.strings = strings
        self._buckets = buckets
        self._order = order
        self._mask = len(buckets) - 2
        self._number = lru_cache(REMEMBERED)(self._found)  # type: ignore[method-assign]

    def __len__(self) -> int:
        return len(self.strings)

    def __iter__(self) -> Iterator[str]:
        return iter(self.strings)

    def _number(self, string: str) -> int | None:
        return self._found(string)

    def numbers(self, strings: Iterable[str]) -> list[int | None]:
        """Of each string its number, None where it is not in it."""
        return list(map(self._number, strings))

    def _found(self, string: str) -> int | None:
        key = string.encode("utf-8", "surrogatepass")
        bucket = zlib.crc32(key) & self._mask
        data, ends = self.strings.data, self.strings.ends
        for place in range(self._buckets[bucket], self._buckets[bucket + 1]):
            number: int = self._order[place]
            if data[ends[number] : ends[number + 1]] == key:
                return number
        return None

    @property
    def arrays(self) -> Arrays:
        """What `of_arrays` takes."""
        return {**self.strings.arrays, "buckets": self._buckets, "order": self._order}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> StringTable:
        """From the bytes of its arrays. Raises KeyError, TypeError."""
        return cls(StringList.of_arrays(arrays), arrays["buckets"].cast("i"), arrays["order"].cast("i"))


def string_table(strings: Iterable[str]) -> StringTable:
    """The distinct strings, numbered as they come.

    >>> table = string_table(["w劳模", "b精神"])
    >>> table["b精神"], table.get("b模精"), "w劳模" in table
    (1, None, True)
    """
    kept = string_list(strings)
    sums = (zlib.crc32(kept.data[kept.ends[i] : kept.ends[i + 1]]) for i in range(len(kept)))
    size = 1 << max(len(kept) - 1, 0).bit_length()
    bucket = np.fromiter(sums, np.int64, len(kept)) & (size - 1)
    buckets = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(bucket, minlength=size), out=buckets[1:])
    return StringTable(kept, buckets.data, np.argsort(bucket, kind="stable").astype(np.int32).data)


class StringMap(Mapping[str, str]):
    """String → string: the i-th of the table has the i-th of `of`."""

    def __init__(self, table: StringTable, of: StringList) -> None:
        self.table = table
        self.of = of

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __getitem__(self, string: str) -> str:
        return self.of[self.table[string]]

    @property
    def arrays(self) -> Arrays:
        """What `of_arrays` takes."""
        return {**self.table.arrays, "of_data": self.of.data, "of_ends": self.of.ends}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> StringMap:
        """From the bytes of its arrays. Raises KeyError, TypeError."""
        return cls(StringTable.of_arrays(arrays), StringList(arrays["of_data"], arrays["of_ends"].cast("i")))


def string_map(mapping: Mapping[str, str]) -> StringMap:
    """The same mapping.

    >>> string_map({"lao mo": "b劳模 b老莫"})["lao mo"]
    'b劳模 b老莫'
    """
    return StringMap(string_table(mapping), string_list(mapping.values()))
