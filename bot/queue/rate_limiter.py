"""Whose turn it is to send: Telegram's limits kept, answers before broadcasts, fair between chats.

Every chat that waits is one entry in a queue ordered by the moment it may send, so a chat that wants to send
much delays only itself. Windows slide and are a little longer than Telegram's: requests bunch on their way.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections import deque
from dataclasses import dataclass, field

SLACK = 0.06  # seconds added to every window


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's, of free broadcasts: `overall` a second; `chat_burst` in any `chat_burst * chat_seconds`; `group_minute` a minute."""

    overall: int = 30
    chat_seconds: float = 1.0
    chat_burst: int = 3
    group_minute: int = 20


@dataclass(slots=True)
class _Chat:
    """recent: the moments of the last sends, as many as a window looks at. paused: nothing before it."""

    recent: deque[float] = field(default_factory=deque)
    paused: float = 0.0


class Budget:
    """When may which chat send? Pure bookkeeping over a clock that the caller reads (seconds, any origin)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._sends: deque[float] = deque()
        self._chats: dict[int, _Chat] = {}
        self._paused = 0.0

    def overall_at(self, now: float) -> float:
        """The earliest moment at which anybody may send."""
        full = len(self._sends) >= self._limits.overall
        return max(now, self._paused, self._sends[0] + 1.0 + SLACK if full else now)

    def chat_at(self, chat: int, now: float) -> float:
        """The earliest moment at which this chat may send; groups have negative ids, 0 has no limit."""
        state = self._chats.get(chat)
        if state is None or not chat:
            return now
        burst, minute = self._limits.chat_burst, self._limits.group_minute
        free = _nth_last(state.recent, burst) + burst * self._limits.chat_seconds + SLACK
        if chat < 0:
            free = max(free, _nth_last(state.recent, minute) + 60.0 + SLACK)
        return max(now, free, state.paused)

    def spend(self, chat: int, now: float) -> None:
        """Enter one message sent at `now`."""
        self._sends.append(now)
        while len(self._sends) > self._limits.overall:
            self._sends.popleft()
        if not chat:
            return
        state = self._chats.setdefault(chat, _Chat())
        state.recent.append(now)
        while len(state.recent) > (self._limits.group_minute if chat < 0 else self._limits.chat_burst):
            state.recent.popleft()

    def pause(self, chat: int, until: float, now: float) -> None:
        """Telegram said 429: this chat waits; when three chats were told so at once, everybody does."""
        self._chats.setdefault(chat, _Chat()).paused = until
        waiting = [c.paused for c in self._chats.values() if c.paused > now]
        if len(waiting) >= 3:
            self._paused = max(self._paused, min(waiting))

    def forget_idle(self, now: float) -> None:
        """Drop chats whose windows are empty again."""
        idle = [chat for chat, state in self._chats.items() if max(state.paused, _nth_last(state.recent, 1) + 60.0 + SLACK) < now]
        for chat in idle:
            del self._chats[chat]

    def __len__(self) -> int:
        return len(self._chats)


def _nth_last(moments: deque[float], n: int) -> float:
    return moments[-n] if len(moments) >= n else -math.inf


class RateLimiter:
    """`await take(chat)` returns when one message to that chat may be sent now."""

    def __init__(self, limits: Limits) -> None:
        self._budget = Budget(limits)
        self._order = itertools.count()
        self._later: list[tuple[float, int, int, bool, asyncio.Future[None]]] = []  # by when they may send
        self._answers: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._bulk: deque[tuple[int, asyncio.Future[None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """Messages that wait for their turn."""
        return len(self._later) + len(self._answers) + len(self._bulk)

    def try_take(self, chat: int) -> bool:
        """Take a turn when it is free at once and nobody else waits for it."""
        now = asyncio.get_running_loop().time()
        if self._answers or self._budget.overall_at(now) > now or self._budget.chat_at(chat, now) > now:
            return False
        self._budget.spend(chat, now)
        return True

    async def take(self, chat: int, *, bulk: bool = False) -> None:
        """Wait for a turn; `bulk` waits behind every answer."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        at = self._budget.chat_at(chat, loop.time())
        heapq.heappush(self._later, (at, next(self._order), chat, bulk, future))
        self._serve()
        await future

    def pause(self, chat: int, seconds: float) -> None:
        """Nothing to this chat for so long: Telegram's retry_after."""
        now = asyncio.get_running_loop().time()
        self._budget.pause(chat, now + seconds, now)

    def forget_idle(self) -> None:
        """Keep the memory in proportion to the chats of the last minute."""
        self._budget.forget_idle(asyncio.get_running_loop().time())

    def _serve(self) -> None:
        """Let everybody through whose turn has come, then sleep until the next one's."""
        now = asyncio.get_running_loop().time()
        while self._later and self._later[0][0] <= now:
            _, _, chat, bulk, future = heapq.heappop(self._later)
            (self._bulk if bulk else self._answers).append((chat, future))
        while (queue := self._answers or self._bulk) and self._budget.overall_at(now) <= now:
            chat, future = queue.popleft()
            if not future.done():
                self._admit(chat, future, now, bulk=queue is self._bulk)
        self._sleep(now)

    def _admit(self, chat: int, future: asyncio.Future[None], now: float, *, bulk: bool) -> None:
        at = self._budget.chat_at(chat, now)
        if at > now:  # another message of this chat was quicker, or it was paused
            heapq.heappush(self._later, (at, next(self._order), chat, bulk, future))
            return
        self._budget.spend(chat, now)
        future.set_result(None)

    def _sleep(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._answers or self._bulk:
            at = self._budget.overall_at(now)
        elif self._later:
            at = self._later[0][0]
        else:
            return
        self._timer = asyncio.get_running_loop().call_at(max(at, now + 0.001), self._serve)
