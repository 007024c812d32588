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
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.edge.handlers import ALLOWED_UPDATES
from bot.edge.sending import backoff
from bot.edge.verdicts import verdict_on
from bot.health import Pulse
from bot.logs import StateLog
from bot.metrics import Metrics
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

POLL_SECONDS = 10.0
STALL_SECONDS = 5.0  # over the poll's own time without an answer: the connection is dead
PROBE_SECONDS, PROBE_STALL_SECONDS = 1.0, 1.5  # after that: who is back is heard again within three seconds
PATIENT = 8  # every eighth probe is an ordinary poll: on a slow network no probe would ever end in time
PROBE_PAUSE_SECONDS = 0.2  # between probes that took their whole time
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
        pulse: Pulse,
        metrics: Metrics,
        renew: Callable[[], Awaitable[None]],
        *,
        poll_seconds: float = POLL_SECONDS,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._pulse = pulse
        self._metrics = metrics
        self._renew = renew
        self._poll_seconds = poll_seconds
        self._stall_seconds = stall_seconds
        self._offset: int | None = None
        self._state, self._store_state = StateLog(log), StateLog(log)

    async def run(self) -> None:
        """Poll until cancelled; raises Conflict when another process polls, InvalidToken when refused."""
        failures = conflicts = 0
        self._pulse.beat()
        while True:
            await self._room()
            try:
                updates = await self._fetch(failures)
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
                self._pulse.beat()
                self._state.well()
                self._metrics.polls.labels("ok").inc()
                await self._store(updates)

    async def _fetch(self, failures: int) -> list[dict[str, Any]]:
        # Raw JSON, because that is stored; the capital keeps the library from offering `get_updates` instead.
        seconds, stall = self._poll_seconds, self._stall_seconds
        if failures % PATIENT:
            seconds, stall = min(seconds, PROBE_SECONDS), min(stall, PROBE_STALL_SECONDS)
        async with asyncio.timeout(seconds + stall):
            result = await self._bot.do_api_request(
                "GetUpdates",
                {"offset": self._offset, "timeout": int(seconds), "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)},
                read_timeout=seconds + stall,
            )
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return [u for u in result if isinstance(u, dict) and isinstance(u.get("update_id"), int)]

    async def _recover(self, error: Exception, failures: int) -> None:
        self._metrics.polls.labels(type(error).__name__).inc()
        self._pulse.miss()
        self._state.bad(f"no updates ({type(error).__name__}), trying again")
        if isinstance(error, RetryAfter):
            await asyncio.sleep(verdict_on(error).seconds)
            return
        late = isinstance(error, (TimedOut, TimeoutError))
        if late or failures % 3 == 0:
            await self._renew()
        await asyncio.sleep(PROBE_PAUSE_SECONDS if late else backoff(failures))

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        """Commit the batch, however long the database refuses: until then Telegram keeps it."""
        while updates:
            try:
                await self._intake.accept(updates)
                self._offset = updates[-1]["update_id"] + 1
                self._store_state.well()
                return
            except StoreError as error:
                self._store_state.bad(f"cannot store updates: {error}")
                await asyncio.sleep(2.0)

    async def _room(self) -> None:
        while self._intake.full:  # noqa: ASYNC110  any finished job may make room
            await asyncio.sleep(0.1)
