"""Threads for the service's calls: a slow question must not hold up the event loop.

With `run_in_executor` every call wakes the loop by itself; here all results of a moment share a wake-up, and
one watch looks after all time limits.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
WATCH_SECONDS = 0.5  # how late a time limit may be noticed
MOST_LOST = 64  # threads that are replaced; each keeps its stack and whatever it holds


class TooSlow(Exception):
    """A call did not end within its time; its thread is lost until it does."""


@dataclass(eq=False, slots=True)
class _ThreadCall:
    future: asyncio.Future[Any]
    work: Callable[[], Any]
    limit: float
    lost: bool = False
    begun: bool = False


class Threads:
    """`await call(work)` runs work in one of up to `count` threads, at most `seconds` long.

    A thread whose call does not end in time is replaced; should the call end after all, the thread ends with it.
    """

    def __init__(self, name: str, count: int, seconds: float) -> None:
        self._name = name
        self._count = count
        self._seconds = seconds
        self._orders: SimpleQueue[_ThreadCall | None] = SimpleQueue()
        self._results: deque[tuple[_ThreadCall, Any, BaseException | None]] = deque()
        self._waking = False
        self._open: dict[_ThreadCall, None] = {}
        self._watch: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._threads = 0
        self.lost = 0  # threads whose call did not end in time and has not ended since

    def call(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """The result of `work`; fails with TooSlow after the time limit, or as `work` does."""
        loop = self._loop = self._loop or asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        order = _ThreadCall(future, work, loop.time() + self._seconds)
        self._open[order] = None
        if self._watch is None:
            self._watch = loop.call_later(WATCH_SECONDS, self._look, loop)
        self._orders.put(order)
        if self._threads < min(len(self._open), self._count):
            self._one_more()
        return future

    def close(self) -> None:
        """Let idle threads end; one that is busy is abandoned."""
        if self._watch is not None:
            self._watch.cancel()
        for _ in range(self._threads):
            self._orders.put(None)

    def _one_more(self) -> None:
        self._threads += 1
        threading.Thread(target=self._serve, name=self._name, daemon=True).start()

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            if order.future.done():  # cancelled, or too late already
                continue
            order.begun = True
            try:
                self._hand_back(order, order.work(), None)
            except BaseException as error:
                self._hand_back(order, None, error)
            if order.lost:
                return  # another one has taken its place

    def _hand_back(self, order: _ThreadCall, result: Any, error: BaseException | None) -> None:
        self._results.append((order, result, error))
        if self._waking or self._loop is None or self._loop.is_closed():
            return  # whoever woke the loop did so for this result too: see the order in _settle
        self._waking = True
        self._loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        self._waking = False
        while self._results:
            order, result, error = self._results.popleft()
            self._open.pop(order, None)
            self.lost -= order.lost
            if order.future.done():
                continue
            if error is None:
                order.future.set_result(result)
            else:
                order.future.set_exception(error)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._settle()
        now = loop.time()
        for order in [order for order in self._open if order.limit < now]:
            del self._open[order]
            if order.begun and self.lost < MOST_LOST:
                order.lost = True
                self.lost += 1
                self._threads -= 1
            if not order.future.done():
                order.future.set_exception(TooSlow(f"no result within {self._seconds:.0f} s"))
        self._watch = loop.call_later(WATCH_SECONDS, self._look, loop) if self._open else None
