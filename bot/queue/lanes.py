"""Jobs in order per lane, lanes in parallel."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from bot.queue.job import Job

log = logging.getLogger(__name__)


class Lanes:
    """`work` gets one job of a lane after the other; taps form a lane of their own beside the chat's questions.

    When the lanes close, a job that is inside `unbroken` may end it; everything else stops at its next `await`.
    """

    def __init__(self, work: Callable[[Job], Awaitable[None]]) -> None:
        self._work = work
        self._queues: dict[tuple[str, bool], deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._inside: set[asyncio.Task[Any]] = set()
        self._closing = False
        self.pending = 0  # updates that are not done
        self.deliveries = 0  # broadcasts that are not done

    def depth(self, job: Job) -> int:
        """Jobs of the job's lane that are not done, the one in hand included."""
        return len(self._queues.get((job.lane, job.is_tap), ()))

    def behind(self, job: Job) -> Sequence[Job]:
        """What is queued after the job in hand."""
        return tuple(islice(self._queues.get((job.lane, job.is_tap), ()), 1, None))

    def oldest(self, counts: Callable[[Job], bool]) -> float | None:
        """When the oldest job in hand arrived, in seconds since 1970, among those that count."""
        return min((queue[0].arrived for queue in self._queues.values() if counts(queue[0])), default=None)

    def submit(self, job: Job) -> None:
        """Queue a job; its lane starts at once when it was empty."""
        if self._closing:
            return  # it is in the inbox
        self._count(job, 1)
        key = (job.lane, job.is_tap)
        queue = self._queues.get(key)
        if queue is not None:
            queue.append(job)
            return
        self._queues[key] = deque((job,))
        task = asyncio.get_running_loop().create_task(self._drain(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, key: tuple[str, bool]) -> None:
        queue = self._queues[key]
        while queue:
            try:
                await self._work(queue[0])
            except Exception:
                log.exception("job failed", extra={"job": queue[0].key})
            self._count(queue.popleft(), -1)
        del self._queues[key]

    def _count(self, job: Job, change: int) -> None:
        if job.is_delivery:
            self.deliveries += change
        else:
            self.pending += change

    @contextmanager
    def unbroken(self) -> Iterator[None]:
        """What must not be broken off while the lanes close; leaving it then ends the job there."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only inside a task")
        self._inside.add(task)
        try:
            yield
        finally:
            self._inside.discard(task)
            if self._closing:
                task.cancel()

    async def idle(self) -> None:
        """Return when no job is left."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, seconds: float) -> None:
        """Take no more jobs, let those inside `unbroken` end it within `seconds`, stop all others at once."""
        self._closing = True
        for task in self._tasks - self._inside:
            task.cancel()
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
