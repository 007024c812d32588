"""Handles an update, up to three times; what the database holds up is no try."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.edge.apologies import Apologies
from bot.edge.handlers import Handled, HandlerFailed, Handlers
from bot.metrics import Metrics
from bot.queue.inbox import Inbox
from bot.queue.job import Job, TakenOver
from bot.queue.lanes import Lanes
from bot.queue.threads import TooSlow
from bot.queue.work_queue import WorkQueue
from bot.state.store_error import is_outage

log = logging.getLogger(__name__)

TRIES = 3
STORE_RETRY_SECONDS = 0.5  # all that wait share a commit, so a try costs the same for one and a thousand
OUTAGE_SECONDS = 600.0  # a database that is well for others, but for ten minutes not for this update, is not away


class Outage:
    """For how long the database has been in the way of one update."""

    def __init__(self) -> None:
        self._since: float | None = None

    def is_too_long(self) -> bool:
        """To be asked each time that it was."""
        now = time.monotonic()
        self._since = self._since or now
        return now - self._since > OUTAGE_SECONDS


@dataclass(frozen=True, slots=True)
class Tries:
    """commit: stores durably, however long the database refuses. aside: does something that nobody waits for."""

    work: WorkQueue
    lanes: Lanes
    inbox: Inbox
    handlers: Handlers
    apologies: Apologies
    metrics: Metrics
    commit: Callable[..., Awaitable[None]]
    aside: Callable[[Awaitable[None]], None]

    async def handled(self, job: Job) -> Handled:
        """What answers the update; an apology when three tries failed. A database that is away is no failed try."""
        away = Outage()
        why = f"no answer after {TRIES} tries"
        while job.tries < TRIES:
            job.tries += 1
            try:
                return await self._tried(job)
            except TooSlow:
                log.error("handler too slow", extra={"tries": job.tries})
                why = "no answer in time"
                break
            except TakenOver:
                raise
            except Exception as failure:
                cause = failure.__cause__ if isinstance(failure, HandlerFailed) else failure
                if is_outage(failure) and not away.is_too_long():
                    job.tries -= 1
                    await self._database_is_back()
                    continue
                log.warning("handler failed", exc_info=cause, extra={"tries": job.tries})
                why = f"no answer after {TRIES} tries ({type(cause).__name__})"
                await asyncio.sleep(0.1 * job.tries)
        self.aside(self.handlers.turn_away(job.payload or {}))
        return Handled(lambda: None, list(await self.apologies.set_aside(job, why)))

    async def _tried(self, job: Job) -> Handled:
        async with self.work.slot(first=job.is_urgent) as slot:
            await self.inbox.hold(job)
            with self.lanes.unbroken():
                await self._count_start(job)
                handled = await self._timed(job, self.handlers.handle(job.payload or {}, slot.leave))
        await self.inbox.hold(job)
        return handled

    async def _timed(self, job: Job, work: Awaitable[Handled]) -> Handled:
        began = time.monotonic()
        try:
            return await work
        finally:
            job.handled = time.monotonic() - began
            self.metrics.handle_seconds.observe(job.handled)

    async def _count_start(self, job: Job) -> None:
        if job.replayed:  # its last try may have ended the process: count before trying again
            await self.commit(*self.inbox.started(job))

    async def _database_is_back(self) -> None:
        await asyncio.sleep(STORE_RETRY_SECONDS)
        await self.commit()
