"""What can be counted, and whether the bot is well: counters for /metrics, values for /healthz."""

from __future__ import annotations

import time
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

POLL_STALE_SECONDS = 90.0  # a poll lasts 30 s at most; three missed ones are no accident
INBOX_OLD_SECONDS = 300.0
_LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The numbers of one running bot, in a registry of its own (two bots in one process do not mix)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.updates = Counter("bot_updates", "Updates by what became of them", ["state"], registry=r)
        self.sends = Counter("bot_sends", "Attempts to send by outcome", ["outcome"], registry=r)
        self.retries = Counter("bot_send_retries", "Attempts that had to be repeated", ["why"], registry=r)
        self.polls = Counter("bot_polls", "Polls by outcome", ["outcome"], registry=r)
        self.send_seconds = Histogram("bot_send_seconds", "One attempt", registry=r, buckets=_LATENCY)
        self.handle_seconds = Histogram("bot_handle_seconds", "One handler", registry=r, buckets=_LATENCY)
        self.answer_seconds = Histogram("bot_answer_seconds", "From arrival to the last part's arrival", registry=r, buckets=_LATENCY)
        self.pending = Gauge("bot_pending_updates", "Updates that are not answered yet", registry=r)
        self.oldest = Gauge("bot_oldest_pending_seconds", "Age of the oldest of them", registry=r)
        self.waiting = Gauge("bot_waiting_sends", "Messages that wait for their turn", registry=r)
        self.poll_age = Gauge("bot_poll_age_seconds", "Time since the last successful poll", registry=r)

    def text(self) -> bytes:
        """The exposition format of Prometheus."""
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the bot; ages in seconds, None where there is nothing to be old (webhook, empty inbox).

    store_trouble: why the last write failed, "" when it did not.
    """

    poll_age: float | None
    oldest_age: float | None
    index_ready: bool
    store_trouble: str = ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not well, empty when all is."""
        found = []
        if self.poll_age is not None and self.poll_age > POLL_STALE_SECONDS:
            found.append(f"polling is stale: no answer from Telegram for {self.poll_age:.0f} s")
        if self.oldest_age is not None and self.oldest_age > INBOX_OLD_SECONDS:
            found.append(f"the inbox is old: an update has been waiting for {self.oldest_age:.0f} s")
        if not self.index_ready:
            found.append("the index of the speeches is missing")
        if self.store_trouble:
            found.append(self.store_trouble)
        return tuple(found)


class Pulse:
    """When Telegram last answered a poll; `None` before the first one and in webhook mode."""

    def __init__(self) -> None:
        self._beat: float | None = None

    def beat(self) -> None:
        """A poll was answered just now, or polling begins."""
        self._beat = time.monotonic()

    def stop(self) -> None:
        """Nobody polls any more: another process does."""
        self._beat = None

    def age(self) -> float | None:
        """Seconds since the last beat."""
        return None if self._beat is None else time.monotonic() - self._beat
