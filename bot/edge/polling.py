"""Long polling: a batch is acknowledged by the next request's offset, so only after it is committed.

The library's Updater is not used: it hands updates on one by one, each with a commit of its own, and cannot
leave updates with Telegram while there is too much to do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.edge.handlers import ALLOWED_UPDATES
from bot.edge.sending import backoff, verdict_on
from bot.metrics import LastPoll, Metrics
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

POLL_SECONDS = 30.0
STALL_SECONDS = 15.0  # over the poll's own time without an answer: the connection is dead
CONFLICTS = 3  # in a row; a killed process's last poll may cause one
BATCH = 100  # Telegram's maximum


class Intake(Protocol):
    """Where updates go."""

    @property
    def full(self) -> bool: ...
    async def accept(self, updates: Sequence[dict[str, Any]]) -> None: ...


class Poller:
    """Fetches updates for ever; `renew` replaces connections that look dead."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        last_poll: LastPoll,
        metrics: Metrics,
        renew: Callable[[], Awaitable[None]],
        *,
        poll_seconds: float = POLL_SECONDS,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._last_poll = last_poll
        self._metrics = metrics
        self._renew = renew
        self._poll_seconds = poll_seconds
        self._stall_seconds = stall_seconds
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled; raises Conflict when another process polls, InvalidToken when refused."""
        failures = conflicts = 0
        self._last_poll.mark()
        while True:
            await self._room()
            try:
                updates = await self._fetch()
            except Conflict as error:
                conflicts += 1
                log.warning("conflict: %s", error)
                if conflicts >= CONFLICTS:
                    raise
                await asyncio.sleep(1.0)
            except (InvalidToken, EndPointNotFound):
                raise
            except (TelegramError, TimeoutError) as error:
                failures += 1
                await self._recover(error, failures)
            else:
                failures = conflicts = 0
                self._last_poll.mark()
                self._metrics.polls.labels("ok").inc()
                await self._store(updates)

    async def _fetch(self) -> list[dict[str, Any]]:
        # Raw JSON, because that is stored; the capital keeps the library from offering `get_updates` instead.
        async with asyncio.timeout(self._poll_seconds + self._stall_seconds):
            result = await self._bot.do_api_request(
                "GetUpdates",
                {
                    "offset": self._offset,
                    "timeout": int(self._poll_seconds),
                    "limit": BATCH,
                    "allowed_updates": list(ALLOWED_UPDATES),
                },
                read_timeout=self._poll_seconds + self._stall_seconds,
            )
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return [u for u in result if isinstance(u, dict) and isinstance(u.get("update_id"), int)]

    async def _recover(self, error: Exception, failures: int) -> None:
        self._metrics.polls.labels(type(error).__name__).inc()
        log.warning("no updates (%s), trying again", type(error).__name__, extra={"failures": failures})
        if isinstance(error, RetryAfter):
            await asyncio.sleep(verdict_on(error).seconds)
            return
        if isinstance(error, TimeoutError) or failures % 3 == 0:
            await self._renew()
        await asyncio.sleep(backoff(failures))

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        """Commit the batch, however long the database refuses: until then Telegram keeps it."""
        while updates:
            try:
                await self._intake.accept(updates)
                self._offset = updates[-1]["update_id"] + 1
                return
            except StoreError as error:
                log.error("cannot store updates: %s", error)
                await asyncio.sleep(2.0)

    async def _room(self) -> None:
        while self._intake.full:  # noqa: ASYNC110  any finished job may make room
            await asyncio.sleep(0.1)
