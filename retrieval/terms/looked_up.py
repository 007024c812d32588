"""Mappings and sequences whose items are looked up, one at a time, where they lie."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TypeVar, overload

T = TypeVar("T")
Held = TypeVar("Held", covariant=True)


class NumberOf(Mapping[str, int]):
    """String → number."""

    @abstractmethod
    def _number(self, string: str) -> int | None:
        """None for a string that is not in it."""

    def __getitem__(self, string: str) -> int:
        number = self._number(string)
        if number is None:
            raise KeyError(string)
        return number

    def __contains__(self, string: object) -> bool:
        return isinstance(string, str) and self._number(string) is not None

    @overload
    def get(self, string: str, /) -> int | None: ...
    @overload
    def get(self, string: str, default: int, /) -> int: ...
    @overload
    def get(self, string: str, default: T, /) -> int | T: ...
    def get(self, string: str, default: T | None = None, /) -> int | T | None:
        number = self._number(string)
        return default if number is None else number


class LookedUp(Sequence[Held]):
    """Items by number."""

    @abstractmethod
    def _at(self, number: int) -> Held:
        """The item, by its number from 0."""

    @overload
    def __getitem__(self, number: int) -> Held: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Held]: ...
    def __getitem__(self, number: int | slice) -> Held | Sequence[Held]:
        size = len(self)
        if isinstance(number, slice):
            return [self._at(i) for i in range(*number.indices(size))]
        if not -size <= number < size:
            raise IndexError(number)
        return self._at(number % size)
