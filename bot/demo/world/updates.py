"""The queue of updates for the bot, taken by long polling or by the webhook's deliverer."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.demo.world.refusal import Refusal, conflict
from bot.demo.world.telegram_state import Json

BY_DEFAULT = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
    "my_chat_member",
    "poll",
    "poll_answer",
)
ON_DEMAND = ("chat_member", "message_reaction", "message_reaction_count")
KINDS = (*BY_DEFAULT, *ON_DEMAND)
LIFETIME = 24 * 3600  # s, then Telegram drops an update
MAX_WAITING = 100_000  # chosen, to bound memory; Telegram names no limit

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Update:
    """One update as the bot gets it; updates with the same order_key are delivered one after the other."""

    id: int
    body: Json
    order_key: int
    created: float


class Updates:
    """Waiting updates in order of their ids. At most MAX_WAITING and none older than a day are kept."""

    def __init__(self, now: Callable[[], float], *, first_id: int | None = None) -> None:
        self._now = now
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._next_id = first_id or random.randrange(10_000_000, 900_000_000)  # noqa: S311
        self._allowed: frozenset[str] = frozenset(BY_DEFAULT)
        self._poll: asyncio.Future[None] | None = None
        self.polling = asyncio.Event()  # set while a poll waits
        self.listener: Callable[[Update], None] | None = None

    def __len__(self) -> int:
        self._drop_old()
        return len(self._waiting)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """From now on only these kinds are queued; an empty list means the default, None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or frozenset(BY_DEFAULT)

    @property
    def allowed(self) -> list[str]:
        return [kind for kind in KINDS if kind in self._allowed]

    def add(self, kind: str, body: Json, order_key: int) -> int | None:
        """Queues an update and returns its id; None when the bot does not want this kind."""
        if kind not in self._allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._put(Update(update_id, {"update_id": update_id, kind: body}, order_key, self._now()))
        if len(self._waiting) > MAX_WAITING:
            self._waiting.popitem(last=False)
        return update_id

    def _put(self, update: Update) -> None:
        self._waiting[update.id] = update
        if self.listener:
            self.listener(update)
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def waiting(self) -> list[Update]:
        """All that was not yet confirmed, in order."""
        self._drop_old()
        return list(self._waiting.values())

    def confirm(self, update_id: int) -> None:
        """Removes one update (the webhook's 2xx)."""
        self._waiting.pop(update_id, None)

    def clear(self) -> None:
        self._waiting.clear()

    async def fetch(self, offset: int, limit: int, within: float) -> list[Json]:
        """What getUpdates returns: confirms below `offset` at once, then waits up to `within` s for more.

        Raises Refusal (409) when another poll or a webhook takes over while this one waits.
        """
        self.interrupt(conflict(OTHER_POLLER))
        self._confirm_below(offset)
        if not len(self) and within > 0:
            await self._wait(within)
        return [update.body for update in islice(self._waiting.values(), limit)]

    def interrupt(self, refusal: Refusal) -> None:
        """Ends a waiting poll with this refusal."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(refusal)

    async def _wait(self, within: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self.polling.set()
        try:
            await asyncio.wait_for(poll, within)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
                self.polling.clear()

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            keep = list(self._waiting)[offset:]
            offset = keep[0] if keep else 0
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)

    def _drop_old(self) -> None:
        oldest = self._now() - LIFETIME
        while self._waiting and next(iter(self._waiting.values())).created < oldest:
            self._waiting.popitem(last=False)
