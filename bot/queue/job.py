"""A piece of work: an update to be answered, or a message that nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.queue.outbox import Planned
from bot.queue.payload import CALLBACK_SECONDS, INLINE_SECONDS, Payload


class TakenOver(Exception):
    """Another process has this job by now."""


@dataclass(slots=True)
class Job:
    """One update, or a delivery without one (payload None), on its way to being done.

    arrived: seconds since 1970. owner: the name under which this process got it. tries: how often its handler was
    started before. parts: what an earlier run planned; such a job is only sent, never handled again. handled: seconds
    that its handler took.
    """

    key: str
    lane: str
    payload: Payload | None
    arrived: float
    owner: str = ""
    tries: int = 0
    replayed: bool = False
    parts: tuple[Planned, ...] = ()
    handled: float = 0.0
    kind: str = field(init=False)  # of update: "message", "callback_query", …; "" for none

    def __post_init__(self) -> None:
        self.kind = next((name for name in self.payload or () if name != "update_id"), "")

    @property
    def is_delivery(self) -> bool:
        """Whether nobody waits for it: a broadcast, in a lane of its own."""
        return self.lane.startswith("d")

    @property
    def chat(self) -> int:
        """The chat that the lane is about, 0 when it is a person's, without a chat of ours."""
        number = self.lane[1:]
        return int(number) if self.lane[:1] in ("c", "d") and number.lstrip("-").isdigit() else 0

    @property
    def is_tap(self) -> bool:
        """Whether somebody tapped a button."""
        return self.kind == "callback_query"

    @property
    def is_urgent(self) -> bool:
        """Whether the answer is worth nothing in half a minute: taps and queries."""
        return self.kind in ("callback_query", "inline_query", "guest_message")

    def expired(self, now: float) -> bool:
        """Whether Telegram refuses an answer by now (taps and inline queries only)."""
        limit = CALLBACK_SECONDS if self.is_tap else INLINE_SECONDS if self.kind == "inline_query" else float("inf")
        return not self.parts and now - self.arrived > limit


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a batch: jobs to do here, in order; keys set aside at once. The rest is known or another's."""

    jobs: tuple[Job, ...] = ()
    aside: tuple[str, ...] = ()
