"""So many at once, and not stopped by a few that never end: a place that is held for long is lent to another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Place:
    """One of the places, until it is left; leaving twice is leaving once."""

    __slots__ = ("_lent", "_places", "_timer")

    def __init__(self, places: Places, seconds: float) -> None:
        self._places = places
        self._lent = False
        self._timer: asyncio.TimerHandle | None = asyncio.get_running_loop().call_later(seconds, self._lend)

    def keep(self) -> None:
        """What follows is short: the place is not lent any more, or taken back."""
        if self._timer is not None:
            self._timer.cancel()
        if self._lent:
            self._lent = False
            self._places.lent -= 1

    def leave(self) -> None:
        """Free for the next."""
        self.keep()
        if self._timer is not None:
            self._timer = None
            self._places.held -= 1
            self._places.freed()

    def _lend(self) -> None:
        if self._places.lent < self._places.count:
            self._lent = True
            self._places.lent += 1
            self._places.freed()


class Places:
    """`count` places; each that is held for `seconds` frees one more, at most as many again.

    freed: called whenever somebody may come in.
    """

    def __init__(self, count: int, seconds: float, freed: Callable[[], None]) -> None:
        self.count = count
        self.freed = freed
        self.held = 0
        self.lent = 0
        self._seconds = seconds

    @property
    def free(self) -> int:
        """How many may come in now."""
        return self.count + self.lent - self.held

    def take(self) -> Place:
        """Take a place, which must be free."""
        self.held += 1
        return Place(self, self._seconds)
