"""Sends what is planned for a job, part by part, and settles it.

chat's turn, a slot, the overall turn ─► attempt ─► settled ─ commit
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.contract.response import Service, Write
from bot.edge.handlers import Handlers
from bot.edge.sending import UNCLEAR_BACKOFF_SECONDS, UNCLEAR_TRIES, Sender, backoff
from bot.edge.verdicts import SendResult
from bot.metrics import Metrics
from bot.queue import outbox
from bot.queue.inbox import Inbox
from bot.queue.job import Job
from bot.queue.lanes import Lanes
from bot.queue.outbox import Planned, Step
from bot.queue.rate_limiter import RateLimiter
from bot.state import quizzes
from bot.state.store_error import StoreError, is_outage

log = logging.getLogger(__name__)

TELL_AGAIN_SECONDS = 0.5


class Stranger(Exception):
    """Telegram does not accept the token any more."""


@dataclass(slots=True)
class _Spent:
    """Seconds that an answer has spent on its way out: before its turns, and under way to Telegram and back."""

    wait: float = 0.0
    send: float = 0.0


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """commit: stores durably, however long it takes. report: tells the administrators."""

    turns: RateLimiter
    sender: Sender
    handlers: Handlers
    service: Service
    inbox: Inbox
    metrics: Metrics
    commit: Callable[..., Awaitable[None]]
    report: Callable[[str, str], Awaitable[None]]
    stranger: asyncio.Event
    clock: Callable[[], float]

    async def send(self, job: Job, lanes: Lanes) -> None:
        """Send every part that was not sent yet, as the job in hand of its lane; with the last one it is done."""
        spent = _Spent()
        open_parts = [part for part in job.parts if part.state != "sent"]
        superseded = _superseded(open_parts, lanes.behind(job))
        for part in open_parts:
            last = part is open_parts[-1]
            if part.part in superseded:
                await self._settle(job, part, part.step, SendResult("sent", because="a later edit"), last=last)
            else:
                await self._deliver(job, part, lanes, spent, last=last)
        if not open_parts:
            await self.commit(*self.inbox.done(job.key))
        self._count(job, spent)

    def _count(self, job: Job, spent: _Spent) -> None:
        whole = max(0.0, self.clock() - job.arrived)
        self.metrics.update_in("answered").inc()
        self.metrics.answer_seconds.observe(whole)
        self.metrics.wait_seconds.observe(spent.wait)
        if log.isEnabledFor(logging.DEBUG):
            seconds = {"handle_ms": job.handled, "wait_ms": spent.wait, "send_ms": spent.send, "all_ms": whole}
            log.debug("answered", extra={"parts": len(job.parts)} | {name: round(1000 * value) for name, value in seconds.items()})

    async def _deliver(self, job: Job, part: Planned, lanes: Lanes, spent: _Spent, *, last: bool) -> None:
        failures = unclear = 0
        step = part.step
        while True:
            began = time.monotonic()
            async with self.turns.permit(step.chat, bulk=job.is_delivery) as permit:
                await self.inbox.hold(job)
                left = time.monotonic()
                with lanes.unbroken():
                    verdict = await self.sender.attempt(step)
                    permit.landed()
                    spent.wait += left - began
                    spent.send += time.monotonic() - left
                    unclear += verdict.unclear
                    if _is_final(verdict, unclear):
                        await self._settle(job, part, step, verdict, last=last)
                        return
            if verdict.outcome == "again":
                failures += 1
                await self._back_off(step, verdict, failures)
            else:
                step = await self._other(step, verdict)

    async def _other(self, step: Step, verdict: SendResult) -> Step:
        """What to send next time: to the group's new id, or otherwise. Raises Stranger."""
        if verdict.outcome == "stranger":
            self.stranger.set()
            raise Stranger
        if verdict.outcome == "moved":
            await self._tell(partial(self.service.moved, step.chat, verdict.message))
            return replace(step, chat=verdict.message, to=0)
        return verdict.step or step

    async def _tell(self, what: Callable[[], None]) -> None:
        """Tell the service, however long the database is away."""
        while True:
            try:
                return await self.handlers.call(what)
            except StoreError as error:
                if not is_outage(error):
                    raise
            await asyncio.sleep(TELL_AGAIN_SECONDS)
            await self.commit()

    async def _back_off(self, step: Step, verdict: SendResult, failures: int) -> None:
        self.metrics.retries.labels("429" if verdict.told else verdict.reason).inc()
        if verdict.told:
            log.warning("told to wait", extra={"seconds": verdict.seconds})
            self.turns.pause(step.chat, verdict.seconds)
            await asyncio.sleep(verdict.seconds)
        else:
            log.info("sending again", extra={"why": verdict.reason, "failures": failures})
            await asyncio.sleep(backoff(failures, UNCLEAR_BACKOFF_SECONDS) if verdict.unclear else backoff(failures))

    async def _settle(self, job: Job, part: Planned, step: Step, verdict: SendResult, *, last: bool) -> None:
        """Commit what became of a part: with the last one the whole job is done."""
        quiz = step.reply.quiz if step.reply else None
        writes: tuple[Write, ...] = outbox.remember_writes(step, verdict.message, self.clock())
        writes += (quizzes.sent_write(verdict.poll, step.chat, quiz.right, self.clock()),) if quiz and verdict.poll else ()
        writes += self.inbox.done(job.key) if last else outbox.sent_writes(job.key, part.part)
        await self.commit(*writes)
        if verdict.outcome == "gone" and step.chat:
            try:
                await self._tell(partial(self.service.blocked, step.chat))
            except Exception:  # the job is done, whatever the service makes of it
                log.exception("not told that a chat is gone")
        elif verdict.outcome in ("refused", "again"):
            log.error("not sent", extra={"why": verdict.reason})
            await self.report("not sent", f"an answer to {job.key} could not be sent: {verdict.reason}")


def _is_final(verdict: SendResult, unclear: int) -> bool:
    if verdict.outcome == "again":
        return unclear >= UNCLEAR_TRIES
    return verdict.outcome not in ("otherwise", "moved", "stranger")


def _superseded(parts: list[Planned], later: Sequence[Job]) -> frozenset[int]:
    """The numbers of the parts that edit a message which a later job edits again: only the last edit is seen."""
    edited = {(p.step.chat, p.step.to, p.step.inline) for job in later for p in job.parts if p.step.kind == "edit"}
    return frozenset(p.part for p in parts if p.step.kind == "edit" and (p.step.chat, p.step.to, p.step.inline) in edited)
