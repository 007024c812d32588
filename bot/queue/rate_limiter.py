"""Whose turn it is to send: Telegram's limits kept, answers before broadcasts, fair between chats.

Every chat that waits is one entry in a queue ordered by the moment it may send, so a chat that wants to send
much delays only itself. Its turn, a slot and the overall turn are given in one moment, right before the
request: a turn taken earlier leaves together with the next second's.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bot.queue.budget import Budget, Departure, Limits
from bot.queue.slots import Slot, Slots

LENT_SECONDS = 0.5  # a request takes 50-200 ms; one that takes longer must not hold up the others
KEPT_FREE = 0.2  # of the limit and of the slots, for answers while a broadcast is on: six a second of thirty


@dataclass(eq=False, slots=True)
class _Waiting:
    chat: int
    bulk: bool
    future: asyncio.Future[None]


class SendPermit:
    """Asked for with `async with`; inside, one message may leave at once. `landed` as soon as its answer is there."""

    def __init__(self, limiter: RateLimiter, chat: int, bulk: bool) -> None:
        self._limiter = limiter
        self._chat = chat
        self._bulk = bulk
        self._departure: Departure | None = None
        self._slot: Slot | None = None

    async def __aenter__(self) -> Self:
        self._departure, self._slot = await self._limiter.admitted(self._chat, bulk=self._bulk)
        return self

    def landed(self) -> None:
        """Telegram has answered: the window begins, the slot is kept for what has to be stored."""
        if self._departure is not None and self._slot is not None:
            departure, self._departure = self._departure, None
            self._limiter.land(departure)
            self._slot.keep()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.landed()
        if self._slot is not None:
            self._slot.leave()


class RateLimiter:
    """`async with limiter.permit(chat)` goes on when one message to that chat may be sent now.

    slots: how many messages are on their way at once, until what became of them is stored; as many again while
    requests take longer than LENT_SECONDS. granted: called after each permit that was given.
    """

    def __init__(self, limits: Limits, slots: int, *, granted: Callable[[], None] = lambda: None) -> None:
        self._budget = Budget(limits)
        self._slots = Slots(slots, slots, LENT_SECONDS, self._serve, _now)
        self._granted = granted
        self._order = itertools.count()
        self._later: list[tuple[float, int, _Waiting]] = []  # by when their chat may send
        self._answers: deque[_Waiting] = deque()
        self._bulk: deque[_Waiting] = deque()
        self._given: dict[asyncio.Future[None], tuple[Departure, Slot]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """Messages that wait for their turn."""
        return len(self._later) + len(self._answers) + len(self._bulk)

    @property
    def ready(self) -> int:
        """Answers whose chat may be sent something now; they wait for the overall limit only."""
        return len(self._answers)

    @property
    def a_second(self) -> float:
        """How many messages a second can leave at present."""
        return self._budget.a_second(_now())

    @property
    def share(self) -> float:
        """The part of the overall limit that this process uses; others of the same bot have the rest."""
        return self._budget.share

    def use(self, share: float, attainable: float) -> None:
        """Use so much of the overall limit from now on; attainable: what would be had if it were needed."""
        self._budget.share, self._budget.attainable = share, attainable
        self._serve()

    @property
    def settled(self) -> bool:
        """Whether the last second took no more than the share."""
        return self._budget.used(_now()) <= self._budget.share

    @property
    def need(self) -> float:
        """The part of the overall limit that is wanted: what was used, and what waits for it."""
        return self._budget.used(_now()) + (len(self._answers) + len(self._bulk)) / self._budget.overall

    @property
    def pace(self) -> float:
        """The share of the overall limit that is used: below 1 for a while after Telegram refused."""
        return self._budget.pace(_now())

    def held_back(self, chat: int) -> float:
        """Seconds until the chat may be sent something, by its own limit or Telegram's word; 0: now."""
        now = _now()
        return self._budget.chat_at(chat, now) - now

    def permit(self, chat: int, *, bulk: bool = False) -> SendPermit:
        """Permission for one message, to be entered with `async with`; `bulk` waits behind every answer."""
        return SendPermit(self, chat, bulk)

    async def admitted(self, chat: int, *, bulk: bool) -> tuple[Departure, Slot]:
        """Wait for the turn."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue(_Waiting(chat, bulk, future), self._budget.chat_at(chat, _now()))
        self._serve()
        try:
            await future
        except asyncio.CancelledError:
            given = self._given.pop(future, None)
            if given:
                self.land(given[0])
                given[1].leave()
            raise
        return self._given.pop(future)

    def land(self, departure: Departure) -> None:
        """The answer to a message is there."""
        self._budget.land(departure, _now())
        self._serve()

    def pause(self, chat: int, seconds: float) -> None:
        """Nothing to this chat for so long: Telegram's retry_after."""
        now = _now()
        self._budget.pause(chat, now + seconds, now)

    def forget_idle(self) -> None:
        """Keep the memory in proportion to the chats of the last minute."""
        self._budget.forget_idle(_now())

    def _queue(self, waiting: _Waiting, at: float) -> None:
        heapq.heappush(self._later, (at, next(self._order), waiting))

    def _serve(self) -> None:
        """Let everybody through whose turn has come, then sleep until the next one's."""
        now = _now()
        while self._later and self._later[0][0] <= now:
            waiting = heapq.heappop(self._later)[2]
            (self._bulk if waiting.bulk else self._answers).append(waiting)
        while self._answers and self._slots.free() > 0 and self._budget.overall_at(now) <= now:
            self._give(self._answers.popleft(), now)
        kept = int(self._slots.count * KEPT_FREE)
        while not self._answers and self._bulk and self._slots.free() > kept and self._budget.overall_at(now, kept_free=KEPT_FREE) <= now:
            self._give(self._bulk.popleft(), now)
        self._sleep(now)

    def _give(self, waiting: _Waiting, now: float) -> None:
        if waiting.future.done():
            return
        at = self._budget.chat_at(waiting.chat, now)
        if at > now:  # another message of this chat was quicker, or it was paused
            self._queue(waiting, at)
            return
        self._given[waiting.future] = (self._budget.depart(waiting.chat, now), self._slots.take())
        waiting.future.set_result(None)
        self._granted()

    def _sleep(self, now: float) -> None:
        """Wake up for the next moment that is known; a slot that is left and an answer that comes wake up by themselves.

        A timer that is early enough stays: setting one costs more than waking up in vain now and then.
        """
        moments = [self._later[0][0]] if self._later else []
        if self._answers or self._bulk:
            moments += (self._budget.overall_at(now, kept_free=0.0 if self._answers else KEPT_FREE), self._slots.lent_at())
        ahead = [moment for moment in moments if now < moment < math.inf]
        at = max(min(ahead), now + 0.001) if ahead else math.inf
        if self._timer is not None and (at == math.inf or at < self._timer.when()):
            self._timer.cancel()
            self._timer = None
        if self._timer is None and at < math.inf:
            self._timer = asyncio.get_running_loop().call_at(at, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._serve()


def _now() -> float:
    return asyncio.get_running_loop().time()
