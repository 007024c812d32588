"""Conducts every update from the inbox through its handler into the outbox and out, and ends it.

accept ─ commit ─► lane ─► slot ─► handler ─► plan ─ commit ─► dispatcher ─► done ─ commit
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.contract.response import Service, Write
from bot.edge.admission import Admission
from bot.edge.apologies import Apologies, unreadable
from bot.edge.broadcasts import Broadcasts
from bot.edge.dispatcher import Dispatcher, Stranger
from bot.edge.handlers import QUICK_THREADS, Handlers
from bot.edge.sending import Sender
from bot.edge.tries import STORE_RETRY_SECONDS, Tries
from bot.logs import request_id
from bot.metrics import Metrics
from bot.queue import outbox
from bot.queue.budget import Limits
from bot.queue.inbox import Inbox
from bot.queue.job import Job, TakenOver
from bot.queue.lanes import Lanes
from bot.queue.outbox import Planned, Step
from bot.queue.rate_limiter import RateLimiter
from bot.queue.work_queue import WorkQueue
from bot.state import inbox_table
from bot.state.store import Store
from bot.state.store_error import StoreError, is_outage

log = logging.getLogger(__name__)

HANDLING = 1  # handlers at once: they compute, and two of them only take the interpreter from each other and from the sends
HANDLING_SECONDS = 0.25  # a hundred times an answer; what takes longer waits for something, and another may begin
AHEAD = 4  # answers for each slot on the way out; more would only grow old
MOST_PENDING = 5000  # in memory; beyond that Telegram keeps the updates, for 24 hours
AGAIN_SECONDS = 5.0  # before a job that could not even be given up begins anew
FAREWELL_SECONDS = 1.0  # for answers to taps that are on their way when the bot stops


class Pipeline:
    """Everything between an update's arrival and its end, for one process."""

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        handlers: Handlers,
        sender: Sender,
        service: Service,
        metrics: Metrics,
        *,
        workers: int,
        limits: Limits,
        admins: Sequence[int],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._store = store
        self._inbox = inbox
        self._handlers = handlers
        self._sender = sender
        self._service = service
        self._metrics = metrics
        self._planning = 0
        self._work = WorkQueue(HANDLING, QUICK_THREADS - HANDLING, HANDLING_SECONDS, self._may_handle_more)
        self._ahead = AHEAD * workers
        self.turns = RateLimiter(limits, workers, granted=self._work.serve)
        self.lanes = Lanes(self._conduct)
        self._taps = Lanes(self._send_tap)  # what taps change; the next tap does not wait for it
        self._asides: set[asyncio.Task[None]] = set()
        self.stranger = asyncio.Event()
        self.broadcasts = Broadcasts(inbox, self.lanes, handlers, service, admins, clock)
        self._apologies = Apologies(inbox, handlers, service, self.broadcasts, metrics, self._durably)
        self._tries = Tries(self._work, self.lanes, inbox, handlers, self._apologies, metrics, self._durably, self._aside)
        self._admission = Admission(self.turns, sender, handlers, service, limits, clock)
        self._dispatcher = Dispatcher(
            self.turns, sender, handlers, service, inbox, metrics, self._durably, self.broadcasts.report, self.stranger, clock
        )

    # -- in

    @property
    def full(self) -> bool:
        """Whether more should be left with Telegram for now."""
        return self.pending >= MOST_PENDING

    @property
    def pending(self) -> int:
        """Updates that are not done."""
        return self.lanes.pending + self._taps.pending

    @property
    def oldest(self) -> float | None:
        """When the oldest update arrived that could be answered now; who waits for their chat's limit does not count."""
        moments = [lanes.oldest(self._may_go) for lanes in (self.lanes, self._taps)]
        return min((moment for moment in moments if moment is not None), default=None)

    def _may_handle_more(self) -> bool:
        return self.turns.ready + self._planning < self._ahead

    def _may_go(self, job: Job) -> bool:
        return not job.is_delivery and not self.turns.held_back(job.chat)

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit a batch, then start it; may be acknowledged when this returns. Raises StoreError."""
        accepted = await self._inbox.accept(updates)
        self._metrics.update_in("accepted").inc(len(accepted.jobs))
        self._metrics.update_in("repeated").inc(len(updates) - len(accepted.jobs) - len(accepted.aside))
        await self._apologies.tell(unreadable(accepted.aside))
        for job in accepted.jobs:
            self._admit(job)

    def _admit(self, job: Job) -> None:
        depth = self.lanes.depth(job) + self._taps.depth(job)
        if self._admission.is_slow(depth, self.pending) and not job.is_tap:
            self._aside(self._admission.ask_patience(job))
        if self._admission.is_too_much(depth):
            self._metrics.update_in("turned away").inc()
            self._aside(self._turn_away(job))
            return
        self.lanes.submit(job)

    async def _turn_away(self, job: Job) -> None:
        try:
            await self._handlers.turn_away(job.payload or {})
        finally:
            await self._end(job)
            self._inbox.let_go(job)

    async def replay(self) -> int:
        """Take over what others left undone or gave to this process; return how many. Raises StoreError."""
        accepted = await self._inbox.take_over()
        await self._apologies.tell(unreadable(accepted.aside))
        for job in accepted.jobs:
            self.lanes.submit(job)
        return len(accepted.jobs)

    # -- through

    async def _conduct(self, job: Job) -> None:
        if await self._guarded(job, self._through):
            self._taps.submit(job)

    async def _send_tap(self, job: Job) -> None:
        await self._guarded(job, self._tap_sent)

    async def _guarded(self, job: Job, work: Callable[[Job], Awaitable[bool]]) -> bool:
        """Whether the job goes on elsewhere. However the work fails, it does not end without an answer or an apology."""
        request_id.set(job.key)
        goes_on = False
        try:
            goes_on = await work(job)
        except TakenOver:
            self._metrics.update_in("taken over").inc()
        except Stranger:
            raise
        except Exception as error:
            log.exception("job failed")
            await self._given_up(job, f"failed on its way out ({type(error).__name__})")
        finally:
            if not goes_on:
                self._inbox.let_go(job)
        return goes_on

    async def _given_up(self, job: Job, why: str) -> None:
        try:
            await self._apologies.give_up(job, why)
        except Exception:
            log.exception("no end")
            await asyncio.sleep(AGAIN_SECONDS)
            self._inbox.doubt()  # it is undone and not in memory: found there, it begins anew

    async def _through(self, job: Job) -> bool:
        """Handle and send; a tap's sends go on in a lane of their own."""
        await self._inbox.hold(job)
        if job.expired(self._clock()):
            await self._end(job)
            self._metrics.update_in("expired").inc()
            return False
        if not job.parts and not await self._prepared(job):
            return False
        if not job.is_tap:
            await self._dispatcher.send(job, self.lanes)
        return job.is_tap

    async def _tap_sent(self, job: Job) -> bool:
        await self._dispatcher.send(job, self._taps)
        return False

    async def _prepared(self, job: Job) -> bool:
        """Handle the update and store what is to be sent; False when it ends in silence."""
        handled = await self._tries.handled(job)
        self._planning += 1
        try:
            if handled.steps:
                await self._plan(job, handled.steps, handled.memory)
            else:
                await self._end(job, *handled.memory)
                self._metrics.update_in("silent").inc()
        finally:
            self._planning -= 1
        return bool(handled.steps)

    async def _plan(self, job: Job, steps: Sequence[Step], memory: Sequence[Write]) -> None:
        job.parts = tuple(Planned(n, "planned", step) for n, step in enumerate(steps))
        await self._durably(*outbox.plan_writes(job.key, job.parts), *memory)
        job.payload = None

    async def _end(self, job: Job, *memory: Write) -> None:
        await self._durably(*self._inbox.done(job.key), *memory)

    async def _durably(self, *writes: Write) -> None:
        """Commit, however long the database refuses: an answer must not get lost because a disk is full."""
        while True:
            try:
                await self._store.write(*writes)
                return
            except StoreError as error:
                if not is_outage(error):
                    raise
                await asyncio.sleep(STORE_RETRY_SECONDS)  # the store says once why

    # -- besides

    def _aside(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            try:
                await work
            except Exception:
                log.exception("aside failed")

        task = asyncio.get_running_loop().create_task(run())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def tick(self, now: float) -> None:
        """Once a minute: idle chats; in the process that leads old rows and what is due. Raises StoreError."""
        self.turns.forget_idle()
        await self._inbox.lease.held()
        if not self._inbox.lease.leads:
            return
        await self._store.run(lambda connection: _sweep(connection, now))
        await self.broadcasts.deliver_due(now)

    async def idle(self) -> None:
        """Return when nothing is left to be done."""
        while self.pending:
            await self.lanes.idle()
            await self._taps.idle()

    async def close(self, seconds: float) -> None:
        """End what is in hand within `seconds`; the rest stays in the inbox for the next start."""
        for task in self._asides:
            task.cancel()
        await asyncio.gather(self.lanes.close(seconds), self._taps.close(seconds), self._sender.close(FAREWELL_SECONDS))
        await asyncio.gather(*self._asides, return_exceptions=True)
        self._handlers.close()
        try:
            await self._inbox.lease.leave()
        except StoreError as error:
            log.error("cannot release: %s", error)


def _sweep(connection: Any, now: float) -> None:
    inbox_table.sweep(connection, now)
    outbox.sweep(connection, now)
