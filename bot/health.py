"""Whether the bot is well, and if not, in which state it is: an ordered table of troubles."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

POLL_STALE_SECONDS = 60.0  # a poll lasts 10 s at most; after six nothing explains it
AWAY_SECONDS = 5.0  # a failed request is repeated within 2 s; what fails for longer is no accident
OVERLOADED_SECONDS = 20.0  # expected wait of whoever asks now; from here on people are told, too
INBOX_OLD_SECONDS = 300.0  # twice the 150 s in which Telegram takes the answer to a tap


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the bot; ages in seconds, None where there is nothing to be old (webhook, empty inbox).

    oldest_age: of the updates that could be answered now; who waits for their chat's own limit does not count.
    store_trouble: why the last write failed, "" when it did not. polls_away, sends_away: since when Telegram has not
    answered, 0 when it does. backlog: seconds until what waits will have been sent. lost_threads: calls of the
    service that did not end. index_trouble: why questions cannot be looked up, "" when they can.
    """

    poll_age: float | None
    oldest_age: float | None
    store_trouble: str = ""
    polls_away: float = 0.0
    sends_away: float = 0.0
    backlog: float = 0.0
    lost_threads: int = 0
    index_trouble: str = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not well, a line each that begins with the state; empty when all is well."""
        return tuple(f"{trouble.state}: {said}" for trouble in TROUBLES if (said := trouble.says(self)))

    @property
    def states(self) -> frozenset[str]:
        """The states that the bot is in; empty when all is well."""
        return frozenset(trouble.state for trouble in TROUBLES if trouble.says(self))


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that may be wrong: the state it puts the bot in, and its sentence, "" when it is not so."""

    state: str
    says: Callable[[Health], str]


def _stale(health: Health) -> str:
    stale = health.poll_age is not None and health.poll_age > POLL_STALE_SECONDS
    return f"no poll was answered for {health.poll_age:.0f} s" if stale else ""


def _away(what: str, seconds: float) -> str:
    return f"{what} have failed for {seconds:.0f} s" if seconds > AWAY_SECONDS else ""


def _overloaded(health: Health) -> str:
    wait = max(health.backlog, health.oldest_age or 0.0)
    return f"who asks now waits for about {wait:.0f} s" if wait > OVERLOADED_SECONDS else ""


def _old(health: Health) -> str:
    old = health.oldest_age is not None and health.oldest_age > INBOX_OLD_SECONDS
    return f"an update has been waiting for {health.oldest_age:.0f} s" if old else ""


def _lost(health: Health) -> str:
    return f"{health.lost_threads} calls did not end, and each keeps a thread; start the bot again" if health.lost_threads else ""


TROUBLES = (
    Trouble("degraded", lambda health: health.store_trouble),
    Trouble("degraded", _lost),
    Trouble("without index", lambda health: health.index_trouble),
    Trouble("waiting for Telegram", _stale),
    Trouble("waiting for Telegram", lambda health: _away("polls", health.polls_away)),
    Trouble("waiting for Telegram", lambda health: _away("messages", health.sends_away)),
    Trouble("overloaded", _overloaded),
    Trouble("degraded", _old),
)
STATES = tuple(dict.fromkeys(trouble.state for trouble in TROUBLES))


class LastAnswer:
    """When Telegram last answered a kind of request; nothing is known before the first one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: float | None = None
        self._failing = False

    def answered(self) -> None:
        """It was answered just now, or asking begins."""
        self._at, self._failing = self._clock(), False

    def failed(self) -> None:
        """It was not answered."""
        if self._at is None:
            self._at = self._clock()
        self._failing = True

    def stop(self) -> None:
        """Nobody asks any more: another process does."""
        self._at, self._failing = None, False

    def age(self) -> float | None:
        """Seconds since the last answer; None before the first."""
        return None if self._at is None else self._clock() - self._at

    def away(self) -> float:
        """Seconds since the last answer while requests fail; 0 while they do not."""
        return (self.age() or 0.0) if self._failing else 0.0
