"""So many at once, and not stopped by a few that never end: a slot that is held for long is lent to another."""

from __future__ import annotations

import math
from collections.abc import Callable


class Slot:
    """One of the slots, until it is left; leaving twice is leaving once."""

    __slots__ = ("_slots",)

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def keep(self) -> None:
        """What follows is short: the slot is not lent any more, or taken back."""
        self._slots.keep(self)

    def leave(self) -> None:
        """Free for the next."""
        self._slots.leave(self)


class Slots:
    """`count` slots; each that is held for `seconds` frees one more, at most `more` of them.

    freed: called whenever a slot is left. now: the clock that `seconds` are measured by.
    """

    def __init__(self, count: int, more: int, seconds: float, freed: Callable[[], None], now: Callable[[], float]) -> None:
        self.count = count
        self._more = more
        self._seconds = seconds
        self._freed = freed
        self._now = now
        self._held: dict[Slot, float] = {}  # until when it is not lent, the longest held first
        self._kept: set[Slot] = set()

    def free(self) -> int:
        """How many may come in now."""
        taken = len(self._held) + len(self._kept)
        return self.count - taken if taken < self.count else self.count + self._lent() - taken

    def _lent(self) -> int:
        now, lent = self._now(), 0
        for until in self._held.values():
            if until > now or lent == self._more:
                break
            lent += 1
        return lent

    def lent_at(self) -> float:
        """When one more will be lent, if none is left before."""
        lent = self._lent()
        if lent == self._more:
            return math.inf
        return next((until for number, until in enumerate(self._held.values()) if number == lent), math.inf)

    def take(self) -> Slot:
        """Take a slot, which must be free."""
        slot = Slot(self)
        self._held[slot] = self._now() + self._seconds
        return slot

    def keep(self, slot: Slot) -> None:
        """See `Slot`."""
        if self._held.pop(slot, None) is not None:
            self._kept.add(slot)

    def leave(self, slot: Slot) -> None:
        """See `Slot`."""
        held, kept = self._held.pop(slot, None), slot in self._kept
        self._kept.discard(slot)
        if held is not None or kept:
            self._freed()
