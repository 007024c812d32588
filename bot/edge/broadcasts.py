"""Messages that nobody asked for: daily quotes, and reports to the administrators."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from bot.contract.reply import Reply
from bot.contract.response import Service
from bot.edge.handlers import Handlers
from bot.queue.inbox import Inbox
from bot.queue.lanes import Lanes
from bot.queue.outbox import Planned, Step
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

MOST_WAITING = 2000  # in memory; they leave at 24 a second, and the next tick comes in a minute
REPORT_SECONDS = 3600.0  # at most one about the same kind in this time


class Broadcasts:
    """Stores them, then queues them in lanes of their own."""

    def __init__(
        self, inbox: Inbox, lanes: Lanes, handlers: Handlers, service: Service, admins: Sequence[int], clock: Callable[[], float]
    ) -> None:
        self._inbox = inbox
        self._lanes = lanes
        self._handlers = handlers
        self._service = service
        self._admins = admins
        self._clock = clock
        self._reported: dict[str, float] = {}

    async def deliver(self, messages: Sequence[tuple[int, str, tuple[Reply, ...]]]) -> None:
        """Send messages that nobody asked for: (chat, key, replies), each key once. Raises StoreError."""
        rows = [
            (f"d{key}", f"d{chat}", [Planned(n, "planned", Step("send", chat, r)) for n, r in enumerate(rs)]) for chat, key, rs in messages
        ]
        for job in await self._inbox.deliver(rows):
            self._lanes.submit(job)

    async def plan(self, key: str, chat: int, parts: Sequence[Planned]) -> None:
        """Send a chat what somebody else has planned, once. Raises StoreError."""
        for job in await self._inbox.deliver([(key[:80], f"d{chat}", parts)]):
            self._lanes.submit(job)

    async def deliver_due(self, now: float) -> None:
        """Hand over daily quotes portion by portion, so that questions are answered in between. Raises StoreError."""
        stored: dict[str, None] = {}
        while self._lanes.deliveries < MOST_WAITING:
            messages = await self._handlers.call_slowly(partial(self._service.due, now, tuple(stored)))
            await self.deliver(messages)
            if stored.keys() >= {key for _, key, _ in messages}:
                return
            stored |= dict.fromkeys(key for _, key, _ in messages)

    async def report(self, kind: str, text: str) -> None:
        """Tell the administrators, at most once an hour about the same kind; never with people's text."""
        now = self._clock()
        if now - self._reported.get(kind, -REPORT_SECONDS) < REPORT_SECONDS:
            return
        self._reported[kind] = now
        try:
            await self.deliver([(a, f"report {kind} {a} {now:.0f}", (Reply(text),)) for a in self._admins])
        except StoreError as error:
            log.error("no report: %s", error)
