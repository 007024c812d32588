"""Who is handled next: taps before questions, and no question while enough answers wait to be sent."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.queue.slots import Slot, Slots


class WorkQueue:
    """`async with work.slot(first=…)` goes on when there is one.

    more: that many slots may be lent to others while they are held for longer than `seconds`. may_start: whether
    anything but the first kind may begin now; `serve` is to be called when that changes.
    """

    def __init__(self, slots: int, more: int, seconds: float, may_start: Callable[[], bool]) -> None:
        self._slots = Slots(slots, more, seconds, self.serve, lambda: asyncio.get_running_loop().time())
        self._may_start = may_start
        self._timer: asyncio.TimerHandle | None = None
        self._first: deque[asyncio.Future[Slot]] = deque()
        self._others: deque[asyncio.Future[Slot]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a slot."""
        return len(self._first) + len(self._others)

    @asynccontextmanager
    async def slot(self, *, first: bool = False) -> AsyncIterator[Slot]:
        """Hold a slot until the block is left, or the slot is."""
        future: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        (self._first if first else self._others).append(future)
        self.serve()
        try:
            slot = await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                future.result().leave()
            raise
        try:
            yield slot
        finally:
            slot.leave()

    def serve(self) -> None:
        """Let in whoever may come in."""
        while self._slots.free() > 0:
            if self._first:
                future = self._first.popleft()
            elif self._others and self._may_start():
                future = self._others.popleft()
            else:
                return
            if not future.done():
                future.set_result(self._slots.take())
        if self._timer is None and self.waiting:
            at = self._slots.lent_at()
            self._timer = asyncio.get_running_loop().call_at(at, self._look) if at < math.inf else None

    def _look(self) -> None:
        self._timer = None
        self.serve()
