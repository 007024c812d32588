"""Conducts every update from the inbox through its handler into the outbox and out, and ends it.

accept ─ commit ─► lane ─► handler ─► plan ─ commit ─► turn ─► attempt ─► done ─ commit
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.contract.reply import Reply
from bot.contract.response import Service
from bot.edge.handlers import HandlerFailed, Handlers
from bot.edge.sending import UNCLEAR_TRIES, Sender, SendResult, backoff
from bot.logs import request_id
from bot.metrics import Metrics
from bot.queue import inbox_table, outbox
from bot.queue.inbox import Inbox
from bot.queue.job import Job
from bot.queue.lanes import Lanes
from bot.queue.outbox import Planned, Step, Write
from bot.queue.patience import LONG_WAIT_SECONDS, Patience
from bot.queue.rate_limiter import Limits, RateLimiter
from bot.queue.threads import TooSlow
from bot.state.store import Store
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

TRIES = 3
LONGEST_LANE = 100  # what one chat may have waiting: at one answer a second already 100 s
MOST_PENDING = 5000  # in memory; beyond that Telegram keeps the updates, for 24 hours
STORE_RETRY_SECONDS = 2.0


class Stranger(Exception):
    """Telegram does not accept the token any more."""


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
        self._limits = limits
        self._admins = admins
        self.turns = RateLimiter(limits)
        self.lanes = Lanes(self._work, workers)
        self._patience = Patience(limits.overall / 10)
        self._asides: set[asyncio.Task[None]] = set()
        self._reported: dict[str, float] = {}
        self.stranger = asyncio.Event()

    # -- in

    @property
    def full(self) -> bool:
        """Whether more should be left with Telegram for now."""
        return self.lanes.pending >= MOST_PENDING

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit a batch, then start it; may be acknowledged when this returns. Raises StoreError."""
        accepted = await self._inbox.accept(updates)
        self._metrics.updates.labels("accepted").inc(len(accepted.jobs))
        self._metrics.updates.labels("repeated").inc(len(updates) - len(accepted.jobs) - len(accepted.aside))
        await self._tell_of(accepted.aside)
        for job in accepted.jobs:
            self._admit(job)

    def _admit(self, job: Job) -> None:
        depth = self.lanes.depth(job.lane)
        wait = max(depth * self._limits.chat_seconds, self.lanes.pending / self._limits.overall)
        if wait > LONG_WAIT_SECONDS:
            self._aside(self._ask_patience(job))
        if depth >= LONGEST_LANE:
            self._metrics.updates.labels("turned away").inc()
            self._aside(self._end(job))
            return
        self.lanes.submit(job)

    async def replay(self) -> int:
        """Take over what others left undone or gave to this process; return how many. Raises StoreError."""
        accepted = await self._inbox.take_over()
        await self._tell_of(accepted.aside)
        for job in accepted.jobs:
            self.lanes.submit(job)
        return len(accepted.jobs)

    async def _tell_of(self, aside: Sequence[str]) -> None:
        for key in aside:
            self._metrics.updates.labels("set aside").inc()
            log.error("update set aside", extra={"job": key})
            await self.report("set aside", f"{key}: cannot be read; see python -m bot queue")

    async def deliver(self, messages: Sequence[tuple[int, str, tuple[Reply, ...]]]) -> None:
        """Send messages that nobody asked for: (chat, key, replies), each key once. Raises StoreError."""
        rows = [
            (f"d{key}", f"d{chat}", [Planned(n, "planned", Step("send", chat, r)) for n, r in enumerate(rs)]) for chat, key, rs in messages
        ]
        for job in await self._inbox.deliver(rows):
            self.lanes.submit(job)

    # -- through

    async def _work(self, job: Job) -> None:
        request_id.set(job.key)
        if job.expired(self._clock()):
            await self._end(job)
            self._metrics.updates.labels("expired").inc()
            return
        if not job.parts:
            steps = await self._handled(job)
            if not steps:
                await self._end(job)
                self._metrics.updates.labels("silent").inc()
                return
            await self._plan(job, steps)
        await self._send(job)
        self._metrics.updates.labels("answered").inc()
        self._metrics.answer_seconds.observe(max(0.0, self._clock() - job.arrived))

    async def _handled(self, job: Job) -> tuple[Step, ...]:
        """The steps that answer the update; an apology when three tries failed."""
        payload = job.payload or {}
        while job.tries < TRIES:
            job.tries += 1
            try:
                async with self.lanes.slot():
                    await self._count_start(job)
                    with self._metrics.handle_seconds.time():
                        return await self._handlers.steps(payload)
            except TooSlow:
                log.error("handler too slow", extra={"tries": job.tries})
                break
            except HandlerFailed as failure:
                log.warning("handler failed", exc_info=failure.__cause__, extra={"tries": job.tries})
                await asyncio.sleep(0.1 * job.tries)
        return await self._set_aside(job, payload)

    async def _count_start(self, job: Job) -> None:
        writes = self._inbox.started(job)
        if job.replayed:
            await self._durably(*writes)  # its last try may have ended the process: count before trying again
        else:
            self._store.write_soon(*writes)

    async def _set_aside(self, job: Job, payload: dict[str, Any]) -> tuple[Step, ...]:
        self._metrics.updates.labels("set aside").inc()
        log.error("update set aside", extra={"job": job.key, "tries": job.tries})
        await self.report("set aside", f"{job.key}: no answer after {job.tries} tries; see the log")
        try:
            return await self._handlers.words_for(payload, self._service.sorry)
        except Exception:
            log.exception("no apology")
            return ()

    async def _plan(self, job: Job, steps: Sequence[Step]) -> None:
        taken = self.turns.try_take(_limited_chat(steps[0]))
        job.parts = tuple(Planned(n, "sending" if taken and n == 0 else "planned", step) for n, step in enumerate(steps))
        await self._durably(*outbox.plan_writes(job.key, job.parts))
        job.payload = None

    # -- out

    async def _send(self, job: Job) -> None:
        fresh = not job.replayed and job.parts[0].state == "sending"  # the turn was taken with the plan
        open_parts = [part for part in job.parts if part.state != "sent"]
        for part in open_parts:
            last = part is open_parts[-1]
            await self._deliver_part(job, part, has_turn=fresh and part.part == 0, last=last)
        if not open_parts:
            await self._end(job)

    async def _deliver_part(self, job: Job, part: Planned, *, has_turn: bool, last: bool) -> None:
        failures = unclear = 0
        step = part.step
        while True:
            if not has_turn:
                await self.turns.take(_limited_chat(step), bulk=job.is_delivery)
            async with self.lanes.slot():
                if part.state == "planned":
                    await self._durably(*outbox.sending_writes(job.key, part.part))
                    part = replace(part, state="sending")
                verdict = await self._sender.attempt(step)
                unclear += verdict.unclear
                if verdict.outcome == "stranger":
                    self.stranger.set()
                    raise Stranger
                if verdict.outcome == "moved":
                    step = await self._moved(step, verdict.message)
                    continue
                if verdict.outcome != "again" or unclear >= UNCLEAR_TRIES:
                    await self._settle(job, part, step, verdict, last=last)
                    return
            failures += 1
            has_turn = False
            await self._back_off(step, verdict, failures)

    async def _moved(self, step: Step, chat: int) -> Step:
        await self._handlers.call(partial(self._service.moved, step.chat, chat))
        return replace(step, chat=chat, to=0)

    async def _back_off(self, step: Step, verdict: SendResult, failures: int) -> None:
        self._metrics.retries.labels("429" if verdict.told else verdict.reason).inc()
        if verdict.told:
            log.warning("told to wait", extra={"seconds": verdict.seconds})
            self.turns.pause(step.chat, verdict.seconds)
            await asyncio.sleep(verdict.seconds)
        else:
            log.info("sending again", extra={"why": verdict.reason, "failures": failures})
            await asyncio.sleep(backoff(failures))

    async def _settle(self, job: Job, part: Planned, step: Step, verdict: SendResult, *, last: bool) -> None:
        """Commit what became of a part: with the last one the whole job is done."""
        writes: tuple[Write, ...] = outbox.remember_writes(step, verdict.message, self._clock())
        writes += self._inbox.done(job.key) if last else outbox.sent_writes(job.key, part.part)
        await self._durably(*writes)
        if verdict.outcome == "gone" and step.chat:
            await self._handlers.call(partial(self._service.blocked, step.chat))
        elif verdict.outcome in ("refused", "again"):
            log.error("not sent", extra={"why": verdict.reason})
            await self.report("not sent", f"an answer to {job.key} could not be sent: {verdict.reason}")

    async def _end(self, job: Job) -> None:
        await self._durably(*self._inbox.done(job.key))

    async def _durably(self, *writes: Write) -> None:
        """Commit, however long the database refuses: an answer must not get lost because a disk is full."""
        while True:
            try:
                await self._store.write(*writes)
                return
            except StoreError as error:
                log.error("cannot write: %s", error)
                await asyncio.sleep(STORE_RETRY_SECONDS)

    # -- besides

    async def _ask_patience(self, job: Job) -> None:
        """A kind word to whoever will wait long; not stored, as it is worth nothing later."""
        chat = _chat_of(job)
        if chat and self._patience.may_ask(chat, self._clock()):
            for step in await self._handlers.words_for(job.payload or {}, self._service.busy):
                await self.turns.take(step.chat)
                await self._sender.attempt(replace(step, question=0))

    async def report(self, kind: str, text: str) -> None:
        """Tell the administrators, at most once an hour about the same kind; never with people's text."""
        now = self._clock()
        if now - self._reported.get(kind, 0.0) < 3600:
            return
        self._reported[kind] = now
        try:
            await self.deliver([(a, f"report {kind} {a} {now:.0f}", (Reply(text),)) for a in self._admins])
        except StoreError as error:
            log.error("no report: %s", error)

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
        await self.deliver(await self._handlers.call(partial(self._service.due, now)))

    async def close(self, seconds: float) -> None:
        """End what is in hand within `seconds`; the rest stays in the inbox for the next start."""
        for task in self._asides:
            task.cancel()
        await self.lanes.close(seconds)
        await asyncio.gather(*self._asides, return_exceptions=True)
        self._handlers.close()
        try:
            await self._inbox.lease.leave()
        except StoreError as error:
            log.error("cannot release: %s", error)


def _sweep(connection: Any, now: float) -> None:
    inbox_table.sweep(connection, now)
    outbox.sweep(connection, now)


def _limited_chat(step: Step) -> int:
    """Whose budget a step takes: in private only new messages count for the chat, in groups everything does."""
    return step.chat if step.kind == "send" or step.chat < 0 else 0


def _chat_of(job: Job) -> int:
    return int(job.lane[1:]) if job.lane.startswith("c") and job.lane[1:].lstrip("-").isdigit() else 0
