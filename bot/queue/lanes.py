"""Jobs in order per lane, lanes in parallel, with a bounded number in hand at any moment."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.queue.job import Job

log = logging.getLogger(__name__)


class Lanes:
    """`work` gets one job of a lane after the other; `slot()` is what at most `workers` lanes hold at once.

    A job that is inside a slot when the lanes close may end it; everything else stops at its next `await`.
    """

    def __init__(self, work: Callable[[Job], Awaitable[None]], workers: int) -> None:
        self._work = work
        self._queues: dict[str, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(workers)
        self._inside: set[asyncio.Task[Any]] = set()
        self._closing = False
        self.pending = 0  # updates that are not done; broadcasts do not count

    def depth(self, lane: str) -> int:
        """Jobs of the lane that are not done, the one in hand included."""
        return len(self._queues.get(lane, ()))

    def oldest(self) -> float | None:
        """When the oldest job that is not done arrived, in seconds since 1970."""
        return min((queue[0].arrived for queue in self._queues.values()), default=None)

    def submit(self, job: Job) -> None:
        """Queue a job; its lane starts at once when it was empty."""
        if self._closing:
            return  # it is in the inbox
        self.pending += not job.is_delivery
        queue = self._queues.get(job.lane)
        if queue is not None:
            queue.append(job)
            return
        self._queues[job.lane] = deque((job,))
        task = asyncio.get_running_loop().create_task(self._drain(job.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: str) -> None:
        queue = self._queues[lane]
        while queue:
            try:
                await self._work(queue[0])
            except Exception:
                log.exception("job failed", extra={"job": queue[0].key})
            self.pending -= not queue.popleft().is_delivery
        del self._queues[lane]

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one of the slots; leaving it while the lanes close ends the job there."""
        task = asyncio.current_task()
        async with self._slots:
            if task is not None:
                self._inside.add(task)
            try:
                yield
            finally:
                if task is not None:
                    self._inside.discard(task)
                    if self._closing:
                        task.cancel()

    async def idle(self) -> None:
        """Return when no job is left."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, seconds: float) -> None:
        """Take no more jobs, let those inside a slot end it within `seconds`, stop all others at once."""
        self._closing = True
        for task in self._tasks - self._inside:
            task.cancel()
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
