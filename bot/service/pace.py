"""How fast one person may ask."""

from __future__ import annotations

import threading
from typing import Literal

REMEMBERED = 10_000  # people; who was quiet longest is forgotten first


class Pace:
    """A bucket per person that fills by `a_minute`; safe to use from several threads."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._buckets: dict[int, tuple[float, float, bool]] = {}
        self._lock = threading.Lock()

    def step(self, person: int, now: float) -> Literal["go", "tell", "hush"]:
        """Whether a person may go on at `now` (seconds); "tell" the first time not, then "hush"."""
        with self._lock:
            left, at, told = self._buckets.pop(person, (float(self._a_minute), now, False))
            left = min(float(self._a_minute), left + max(0.0, now - at) * self._a_minute / 60)
            may = left >= 1
            self._buckets[person] = (left - 1 if may else left, now, not may)
            if len(self._buckets) > REMEMBERED:
                del self._buckets[next(iter(self._buckets))]
        return "go" if may else "hush" if told else "tell"
