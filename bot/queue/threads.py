"""Threads for the service's calls: a slow question must not hold up the event loop.

With `run_in_executor` every call wakes the loop by itself; here all results of a moment share a wake-up, and
one watch looks after all time limits.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
WATCH_SECONDS = 0.5  # how late a time limit may be noticed


class TooSlow(Exception):
    """A call did not end within its time; its thread is lost until it does."""


class Threads:
    """`await call(work)` runs work in one of `count` threads, at most `seconds` long."""

    def __init__(self, name: str, count: int, seconds: float) -> None:
        self._name = name
        self._count = count
        self._seconds = seconds
        self._orders: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._results: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._waking = False
        self._limits: dict[asyncio.Future[Any], float] = {}
        self._watch: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def call(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """The result of `work`; fails with TooSlow after the time limit, or as `work` does."""
        loop = self._loop or self._start()
        future: asyncio.Future[T] = loop.create_future()
        self._limits[future] = loop.time() + self._seconds
        if self._watch is None:
            self._watch = loop.call_later(WATCH_SECONDS, self._look, loop)
        self._orders.put((future, work))
        return future

    def close(self) -> None:
        """Let idle threads end; one that is busy is abandoned."""
        if self._watch is not None:
            self._watch.cancel()
        if self._loop is not None:
            for _ in range(self._count):
                self._orders.put(None)

    def _start(self) -> asyncio.AbstractEventLoop:
        self._loop = asyncio.get_running_loop()
        for number in range(self._count):
            threading.Thread(target=self._serve, name=f"{self._name}-{number}", daemon=True).start()
        return self._loop

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            future, work = order
            if future.cancelled():
                continue
            try:
                self._hand_back(future, work(), None)
            except BaseException as error:
                self._hand_back(future, None, error)

    def _hand_back(self, future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
        self._results.append((future, result, error))
        if self._waking or self._loop is None or self._loop.is_closed():
            return  # whoever woke the loop did so for this result too: see the order in _settle
        self._waking = True
        self._loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        self._waking = False
        while self._results:
            future, result, error = self._results.popleft()
            self._limits.pop(future, None)
            if future.done():
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for future in [f for f, limit in self._limits.items() if limit < now or f.done()]:
            del self._limits[future]
            if not future.done():
                future.set_exception(TooSlow(f"no result within {self._seconds:.0f} s"))
        self._watch = loop.call_later(WATCH_SECONDS, self._look, loop) if self._limits else None
