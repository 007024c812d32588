"""How fast one person may ask."""

from __future__ import annotations

import threading
from typing import Literal

REMEMBERED = 10_000  # people; who was quiet longest is forgotten first
HUSH_SECONDS = 10.0  # after a kind word; a word for every message would be a flood of its own


class Pace:
    """A bucket per person that fills by so much a minute; safe to use from several threads."""

    def __init__(self) -> None:
        self._buckets: dict[int, tuple[float, float, float]] = {}
        self._lock = threading.Lock()

    def step(self, person: int, now: float, a_minute: int) -> Literal["go", "tell", "hush"]:
        """Whether a person may go on at `now` (seconds); if not, "tell" once in a while, else "hush"."""
        with self._lock:
            left, at, told = self._buckets.pop(person, (float(a_minute), now, -HUSH_SECONDS))
            left = min(float(a_minute), left + max(0.0, now - at) * a_minute / 60)
            may = left >= 1
            tell = not may and now - told >= HUSH_SECONDS
            self._buckets[person] = (left - 1 if may else left, now, now if tell else told)
            if len(self._buckets) > REMEMBERED:
                del self._buckets[next(iter(self._buckets))]
        return "go" if may else "tell" if tell else "hush"
