"""Questions put to the bot that it may answer once and in time: taps, inline queries, guest messages."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.demo.world.refusal import bad_request

QueryKind = Literal["callback", "inline", "guest"]
LIFETIMES: dict[QueryKind, float] = {"callback": 150, "inline": 30, "guest": 150}  # s, met on Telegram; of guests chosen
MAX_OPEN = 20_000  # chosen, to bound memory
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Query:
    """One open query.

    chat_id: where it was put, for an inline query the person's own id. message_id: of the tapped or the guest
    message. seq: number of the last event before it.
    """

    id: str
    kind: QueryKind
    user_id: int
    chat_id: int
    deadline: float
    message_id: int = 0
    seq: int = 0


class Queries:
    """The open queries; the oldest beyond MAX_OPEN are forgotten."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._open: OrderedDict[str, Query] = OrderedDict()

    def open(self, kind: QueryKind, user_id: int, chat_id: int, message_id: int = 0, *, seq: int = 0) -> Query:
        """A new query with an id of its own; seq: number of the last event before it."""
        query_id = str(random.getrandbits(62))
        query = Query(query_id, kind, user_id, chat_id, self._now() + LIFETIMES[kind], message_id, seq)
        self._open[query_id] = query
        if len(self._open) > MAX_OPEN:
            self._open.popitem(last=False)
        return query

    def check(self, query_id: str, kind: QueryKind) -> Query:
        """The open query. Raises Refusal when it is unknown, of another kind, answered or too old."""
        query = self._open.get(query_id)
        if query is None or query.kind != kind or query.deadline < self._now():
            raise bad_request(TOO_OLD)
        return query

    def close(self, query: Query) -> None:
        self._open.pop(query.id, None)
