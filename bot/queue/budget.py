"""When may which chat be sent something? Bookkeeping over a clock that the caller reads; no waiting here.

A message reaches Telegram at some moment between its leaving and its answer. A window that holds every message
from its leaving until a second after its *answer* therefore never lets Telegram see more than the limit in a
second, however unevenly the network delays.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

SLACK = 0.02  # seconds added to every window: clocks of two machines, a timer that fires early
SPREAD = 6  # the sixth part of a second's messages may leave together, the rest evenly: five, then one in 34 ms
FLYING = 2 / 3  # of the limit: more requests than that without an answer hold nobody back, or eight lost ones would
TOLD_SECONDS = 5.0  # two chats told to wait within this time: it was not the chats, it was the sum
SLOWER = 0.8  # of the pace after that, at most once a second
SLOWEST = 0.2  # six a second are left of thirty
RECOVERY = 0.01  # of the limit regained in a second: back from 0.8 after 20 s


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's, of free broadcasts: `overall` a second; `chat_burst` in any `chat_burst * chat_seconds`; `group_minute` a minute."""

    overall: int = 30
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group_minute: int = 20


@dataclass(slots=True)
class Departure:
    """A message on its way to a chat; `landed` is when its answer came, None before."""

    chat: int
    landed: float | None = None


@dataclass(slots=True)
class _Chat:
    """recent: the departures that landed last, as many as a window looks at. paused: nothing before it."""

    recent: list[Departure] = field(default_factory=list)
    paused: float = 0.0


class Budget:
    """All limits together, in seconds of any origin; groups have negative ids, chat 0 has no limit of its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ahead = max(0, limits.overall // SPREAD - 1) / limits.overall  # how early departures may be
        self._flying = 0
        self._landed: deque[float] = deque()
        self._even = -math.inf  # when the next departure would be due if all were spread evenly
        self._chats: dict[int, _Chat] = {}
        self._paused = 0.0
        self._told: deque[tuple[float, int]] = deque()
        self._pace, self._slowed = 1.0, -math.inf
        self.share = 1.0  # of the overall limit: other processes of the same bot have the rest
        self.attainable = 1.0  # the share that it gets within a second when it needs it

    def pace(self, now: float) -> float:
        """The share of the overall limit that is used: 1, less for a while after Telegram refused."""
        return min(1.0, self._pace + max(0.0, now - self._slowed) * RECOVERY)

    def a_second(self, now: float) -> float:
        """How many messages a second can leave, when there are enough of them."""
        return max(1.0, self._limits.overall * self.attainable * self.pace(now))

    def _rate(self, now: float) -> float:
        return max(1.0, self._limits.overall * self.share * self.pace(now))

    @property
    def overall(self) -> int:
        """Messages a second of all processes together."""
        return self._limits.overall

    def used(self, now: float) -> float:
        """The part of the overall limit that the last second took."""
        self._forget_landed(now)
        return (self._flying + len(self._landed)) / self._limits.overall

    def _forget_landed(self, now: float) -> None:
        while self._landed and self._landed[0] + 1.0 + SLACK <= now:
            self._landed.popleft()

    def overall_at(self, now: float, *, kept_free: float = 0.0) -> float:
        """The earliest moment at which anybody may send; kept_free: the share of the limit that is not touched."""
        if self.share <= 0.0:
            return math.inf
        most = max(1, int(self._rate(now) * (1.0 - kept_free)))
        self._forget_landed(now)
        taken = min(self._flying, int(most * FLYING)) + len(self._landed)
        free = self._landed[taken - most] + 1.0 + SLACK if taken >= most else now
        return max(now, self._paused, free, self._even - self._ahead)

    def chat_at(self, chat: int, now: float) -> float:
        """The earliest moment at which this chat may be sent something."""
        state = self._chats.get(chat)
        if state is None or not chat:
            return now
        moments = sorted(now if one.landed is None else one.landed for one in state.recent)
        burst, minute = self._limits.chat_burst, self._limits.group_minute
        free = _nth_last(moments, burst) + burst * self._limits.chat_seconds + SLACK
        if chat < 0:
            free = max(free, _nth_last(moments, minute) + 60.0 + SLACK)
        return max(now, free, state.paused)

    def depart(self, chat: int, now: float) -> Departure:
        """Enter one message that leaves now; `land` must follow."""
        departure = Departure(chat)
        self._flying += 1
        self._even = max(self._even, now) + 1.0 / self._rate(now)
        if chat:
            recent = self._chats.setdefault(chat, _Chat()).recent
            recent.append(departure)
            while len(recent) > max(self._limits.chat_burst, self._limits.group_minute if chat < 0 else 0):
                recent.remove(min(recent, key=_landed_at))  # the network may overtake: the earliest answer, not the earliest to leave
        return departure

    def land(self, departure: Departure, now: float) -> None:
        """Its answer came, or nobody waits for it any more."""
        departure.landed = now
        self._flying -= 1
        self._landed.append(now)

    def pause(self, chat: int, until: float, now: float) -> None:
        """Telegram said 429: this chat waits; told about several chats, everybody slows down or waits too."""
        self._chats.setdefault(chat, _Chat()).paused = until
        waiting = [c.paused for c in self._chats.values() if c.paused > now]
        if len(waiting) >= 3:
            self._paused = max(self._paused, min(waiting))
        self._told.append((now, chat))
        while self._told[0][0] < now - TOLD_SECONDS:
            self._told.popleft()
        if len({told for _, told in self._told}) > 1 and now >= self._slowed + 1.0:
            self._pace, self._slowed = max(SLOWEST, self.pace(now) * SLOWER), now

    def forget_idle(self, now: float) -> None:
        """Drop chats whose windows are empty again."""
        idle = [chat for chat, state in self._chats.items() if _is_idle(state, now)]
        for chat in idle:
            del self._chats[chat]

    def __len__(self) -> int:
        return len(self._chats)


def _landed_at(departure: Departure) -> float:
    return math.inf if departure.landed is None else departure.landed


def _is_idle(state: _Chat, now: float) -> bool:
    return state.paused < now and all(one.landed is not None and one.landed + 60.0 + SLACK < now for one in state.recent)


def _nth_last(moments: list[float], n: int) -> float:
    return moments[-n] if len(moments) >= n else -math.inf
