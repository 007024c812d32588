"""Why a picture cannot be drawn.

PictureError
├── Empty      nothing visible is left of a text, or a table has no rows
├── TooLong    more characters, rows or columns than can be read in one picture
└── Mismatch   the numbers do not fit their labels
"""

from __future__ import annotations


class PictureError(ValueError):
    """A request that no picture can answer; never a fault of the machine."""


class Empty(PictureError):
    """`what` has nothing to show."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: nothing to draw")
        self.what = what


class TooLong(PictureError):
    """`what` has `length` characters or entries; at most `limit` fit."""

    def __init__(self, what: str, length: int, limit: int) -> None:
        super().__init__(f"{what}: {length}, at most {limit} can be drawn")
        self.what, self.length, self.limit = what, length, limit


class Mismatch(PictureError):
    """`what` has a shape or a number that does not fit: `found` instead of `expected`."""

    def __init__(self, what: str, found: str, expected: str) -> None:
        super().__init__(f"{what}: {found}, expected {expected}")
        self.what, self.found, self.expected = what, found, expected


def check_count(what: str, count: int, limit: int) -> None:
    """Raise Empty for 0 and TooLong above `limit`."""
    if count == 0:
        raise Empty(what)
    if count > limit:
        raise TooLong(what, count, limit)
