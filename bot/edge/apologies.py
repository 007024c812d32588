"""What becomes of an update that cannot be answered: kept apart, told to the administrators, an apology to who asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.contract.response import Asker, Response, Service
from bot.edge.broadcasts import Broadcasts
from bot.edge.handlers import Handlers
from bot.edge.steps import sends
from bot.metrics import Metrics
from bot.queue.inbox import Inbox
from bot.queue.job import Job
from bot.queue.outbox import Planned, Step
from bot.state.store_error import is_outage

log = logging.getLogger(__name__)

HOW = "python -m bot queue shows it"


@dataclass(frozen=True, slots=True)
class Apologies:
    """commit: stores durably, however long the database refuses."""

    inbox: Inbox
    handlers: Handlers
    service: Service
    broadcasts: Broadcasts
    metrics: Metrics
    commit: Callable[..., Awaitable[None]]

    async def set_aside(self, job: Job, why: str) -> tuple[Step, ...]:
        """Keep the update, tell of it; the steps of an apology, () when there is nobody to apologise to."""
        await self.commit(*self.inbox.set_aside(job.key, why))
        await self.tell({job.key: why})
        return await self._words(job)

    async def give_up(self, job: Job, why: str) -> None:
        """The same for a job that failed on its way out: it ends, the apology goes a way of its own."""
        await self.commit(*self.inbox.set_aside(job.key, why))
        await self.tell({job.key: why})
        steps = () if job.is_delivery else await self._words(job)
        if steps:
            await self.broadcasts.plan(f"sorry {job.key}", job.chat, [Planned(n, "planned", step) for n, step in enumerate(steps)])
        await self.commit(*self.inbox.done(job.key))

    async def tell(self, aside: dict[str, str]) -> None:
        """Log, count and report what was set aside: key → why, without people's words."""
        for key, why in aside.items():
            self.metrics.update_in("set aside").inc()
            log.error("update set aside", extra={"job": key, "why": why})
            await self.broadcasts.report("set aside", f"{key}: {why}; {HOW}")

    async def _words(self, job: Job) -> tuple[Step, ...]:
        """An apology as a reply, or to the chat alone when the update cannot be read."""
        for words in (self._as_reply, self._to_chat):
            while True:
                try:
                    return await words(job)
                except Exception as error:
                    if not is_outage(error):
                        log.warning("no apology", exc_info=error)
                        break
                    await self._database_is_back()
        return ()

    async def _as_reply(self, job: Job) -> tuple[Step, ...]:
        if job.payload is None:
            raise ValueError("the update is not in memory any more")
        return await self.handlers.words_for(job.payload, self.service.sorry)

    async def _to_chat(self, job: Job) -> tuple[Step, ...]:
        if not job.chat:
            return ()
        asker = Asker(max(job.chat, 0), job.chat, "private" if job.chat > 0 else "group")
        answer: Response = await self.handlers.call(partial(self.service.sorry, asker))
        return tuple(sends(answer, job.chat, None))

    async def _database_is_back(self) -> None:
        await asyncio.sleep(0.5)
        await self.commit()


def unreadable(keys: Sequence[str]) -> dict[str, str]:
    """What is told of updates that were set aside before anything was done with them."""
    return dict.fromkeys(keys, "cannot be read")
