"""A piece of work: an update to be answered, or a message that nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.queue.outbox import Planned
from bot.queue.payload import Payload, lifetime_of


class TakenOver(Exception):
    """Another process has this job by now."""


@dataclass(slots=True)
class Job:
    """One update, or a delivery without one (payload None), on its way to being done.

    arrived: seconds since 1970. owner: the name under which this process got it. tries: how often its handler was
    started before. parts: what an earlier run planned; such a job is only sent, never handled again.
    """

    key: str
    lane: str
    payload: Payload | None
    arrived: float
    owner: str = ""
    tries: int = 0
    replayed: bool = False
    parts: tuple[Planned, ...] = ()

    @property
    def is_delivery(self) -> bool:
        """Whether nobody waits for it: a broadcast, in a lane of its own."""
        return self.lane.startswith("d")

    def expired(self, now: float) -> bool:
        """Whether Telegram refuses an answer by now (taps and inline queries only)."""
        return not self.parts and now - self.arrived > lifetime_of(self.payload or {})


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a batch: jobs to do here, in order; keys set aside at once. The rest is known or another's."""

    jobs: tuple[Job, ...] = ()
    aside: tuple[str, ...] = ()
