"""How fast one person may ask."""

from __future__ import annotations

import threading
from typing import Literal

REMEMBERED = 10_000  # people, 2 MB; who was quiet longest is forgotten first
WARN_SECONDS = 10.0  # between two warnings of one person, chosen; one for every message would be a flood of its own


class Pace:
    """A bucket per person that fills by so much a minute; safe to use from several threads."""

    def __init__(self) -> None:
        self._buckets: dict[int, tuple[float, float, float]] = {}
        self._lock = threading.Lock()

    def step(self, person: int, now: float, a_minute: int) -> Literal["allow", "warn", "ignore"]:
        """Whether a person may go on at `now` (seconds); if not, "warn" once in a while, else "ignore"."""
        with self._lock:
            left, at, warned = self._buckets.pop(person, (float(a_minute), now, -WARN_SECONDS))
            left = min(float(a_minute), left + max(0.0, now - at) * a_minute / 60)
            may = left >= 1
            warn = not may and now - warned >= WARN_SECONDS
            self._buckets[person] = (left - 1 if may else left, now, now if warn else warned)
            if len(self._buckets) > REMEMBERED:
                del self._buckets[next(iter(self._buckets))]
        return "allow" if may else "warn" if warn else "ignore"
