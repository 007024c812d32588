"""What happens to an update that comes while much is to be done: a kind word, or no place at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.contract.response import Service
from bot.edge.handlers import Handlers
from bot.edge.sending import Sender
from bot.queue.budget import Limits
from bot.queue.job import Job
from bot.queue.patience import LONG_WAIT_SECONDS, Patience
from bot.queue.rate_limiter import RateLimiter

LONGEST_LANE = 100  # what one chat may have waiting: at one answer a second already 100 s


class Admission:
    """Knows when it takes long, and tells people; rarely enough that the words are no load of their own."""

    def __init__(
        self, turns: RateLimiter, sender: Sender, handlers: Handlers, service: Service, limits: Limits, clock: Callable[[], float]
    ) -> None:
        self._turns = turns
        self._sender = sender
        self._handlers = handlers
        self._service = service
        self._limits = limits
        self._clock = clock
        self._patience = Patience(limits.overall / 10)

    def is_slow(self, depth: int, pending: int) -> bool:
        """Whether somebody will wait long behind `depth` updates of the chat and `pending` in all."""
        return max(depth * self._limits.chat_seconds, pending / self._turns.a_second) > LONG_WAIT_SECONDS

    def is_too_much(self, depth: int) -> bool:
        """Whether a chat has as much waiting as it may have."""
        return depth >= LONGEST_LANE

    async def ask_patience(self, job: Job) -> None:
        """A kind word to whoever will wait long; not stored, as it is worth nothing later."""
        if job.chat and self._patience.may_ask(job.chat, self._clock()):
            for step in await self._handlers.words_for(job.payload or {}, self._service.busy):
                async with self._turns.permit(step.chat):
                    await self._sender.attempt(replace(step, question=0))
