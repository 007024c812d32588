"""Long polling: a batch is acknowledged by the next request's offset, so only after it is committed.

The library's Updater is not used: it hands updates on one by one, each with a commit of its own, and cannot
leave updates with Telegram while there is too much to do.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.edge.handlers import ALLOWED_UPDATES
from bot.edge.sending import backoff
from bot.edge.verdicts import verdict_on
from bot.health import LastAnswer
from bot.logs import StateLog
from bot.metrics import Metrics
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

# A poll that hangs is only known by its lateness, so with long polls everybody waits long after Telegram is back:
# 26 s with 30 s + 15 s. With these three seconds at most; a request every two seconds is no burden to anybody.
POLL_SECONDS = 2.0
STALL_SECONDS = 0.7  # over the poll's own time without an answer: the connection is dead; on a slow network more
SLOWEST = 3.0  # times as late as polls have been of late
FIRST_STALL_SECONDS = 3.0  # before anything is known of the network, then 6, then 10; the first poll does not wait, to tell it
FADING = 0.8  # of what was known stays with each poll
# After a failure polls do not wait either: Telegram is known to be back after 1.4 s, not after 2.7. A new connection
# takes more round trips. Telegram may also have become slow: the 16th, 32nd, 64th … poll shows it, rarely, for
# whoever asks during such a one waits longest.
NEW_CONNECTION = 2.0  # times the usual lateness
PATIENT, PATIENT_SECONDS = 16, 10.0
PAUSE_SECONDS = 0.1  # after a poll that took its whole time
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
        last_poll: LastAnswer,
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
        self._slowest: float | None = None  # not known yet
        self._offset: int | None = None
        self._state, self._store_state = StateLog(log), StateLog(log)

    async def run(self) -> None:
        """Poll until cancelled; raises Conflict when another process polls, InvalidToken when refused."""
        failures = conflicts = 0
        self._last_poll.answered()
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
                self._last_poll.answered()
                self._state.well()
                self._metrics.polls.labels("ok").inc()
                await self._store(updates)

    async def _fetch(self, failures: int) -> list[dict[str, Any]]:
        # Raw JSON, because that is stored; the capital keeps the library from offering `get_updates` instead.
        seconds = 0.0 if failures or self._slowest is None else self._poll_seconds
        stall = self._stall(failures)
        began = time.monotonic()
        async with asyncio.timeout(seconds + stall):
            result = await self._bot.do_api_request(
                "GetUpdates",
                {"offset": self._offset, "timeout": int(seconds), "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)},
                read_timeout=seconds + stall,
            )
        late = time.monotonic() - began - seconds
        self._slowest = max(late, (self._slowest or 0.0) * FADING)
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        return [u for u in result if isinstance(u, dict) and isinstance(u.get("update_id"), int)]

    def _stall(self, failures: int) -> float:
        """Seconds that the next poll may be late."""
        if self._slowest is None:
            return min(FIRST_STALL_SECONDS * 2.0 ** min(failures, 2), PATIENT_SECONDS)
        usual = max(self._stall_seconds, SLOWEST * self._slowest) * (NEW_CONNECTION if failures else 1.0)
        return max(usual, PATIENT_SECONDS) if _is_patient(failures) else usual

    async def _recover(self, error: Exception, failures: int) -> None:
        self._metrics.polls.labels(type(error).__name__).inc()
        self._last_poll.failed()
        if failures > 1:  # one that is late is nothing to talk about
            self._state.bad("Telegram does not answer polls; trying again")
        if isinstance(error, RetryAfter):
            await asyncio.sleep(verdict_on(error).seconds)
            return
        late = isinstance(error, (TimedOut, TimeoutError))
        if late or failures % 3 == 0:
            await self._renew()
        await asyncio.sleep(PAUSE_SECONDS if late else backoff(failures))

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


def _is_patient(failures: int) -> bool:
    """Whether the poll after so many failures in a row may be late by PATIENT_SECONDS: after 16, 32, 64 …"""
    return failures >= PATIENT and failures & (failures - 1) == 0
