"""Everything that happened, in order: what pages follow live and tests wait for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Literal

EventKind = Literal[
    "message", "edit", "delete", "answer", "results", "action", "reaction", "menu", "chat", "tap", "gap"
]  # "gap": events were lost to a slow reader, load anew

# Chosen, to bound memory; a page that lost events loads anew.
MAX_EVENTS = 5_000
MAX_UNREAD = 1_000  # events of a slow reader


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    subject: message id or query id; value: what changed (a Message, an answer ...).
    """

    seq: int
    kind: EventKind
    chat_id: int
    subject: int | str = 0
    value: Any = None
    by_bot: bool = False


class Journal:
    """The latest events, and those who wait for the next."""

    def __init__(self, limit: int = MAX_EVENTS) -> None:
        self._events: deque[Event] = deque(maxlen=limit)
        self._waiting: dict[int, list[tuple[Callable[[Event], bool], asyncio.Future[Event]]]] = {}
        self._readers: set[asyncio.Queue[Event]] = set()
        self.seq = 0

    def add(self, kind: EventKind, chat_id: int, subject: int | str = 0, value: Any = None, *, by_bot: bool = False) -> Event:
        """Numbers the event, remembers it and wakes whoever waits for it."""
        self.seq += 1
        event = Event(self.seq, kind, chat_id, subject, value, by_bot)
        self._events.append(event)
        for wanted, future in self._waiting.get(chat_id, ()):
            if not future.done() and wanted(event):
                future.set_result(event)
        for reader in self._readers:
            self._push(reader, event)
        return event

    @staticmethod
    def _push(reader: asyncio.Queue[Event], event: Event) -> None:
        if reader.full():
            while not reader.empty():
                reader.get_nowait()
            event = Event(event.seq, "gap", 0)
        reader.put_nowait(event)

    def since(self, seq: int) -> list[Event]:
        """The remembered events after number `seq`, oldest first."""
        newest_first = takewhile(lambda event: event.seq > seq, reversed(self._events))
        return list(newest_first)[::-1]

    def reaches(self, seq: int) -> bool:
        """True when no event after `seq` was forgotten."""
        return seq >= self.seq or (bool(self._events) and self._events[0].seq <= seq + 1)

    async def wait(self, chat_id: int, wanted: Callable[[Event], bool], *, after: int, within: float) -> Event:
        """The first event of the chat after number `after` that is wanted.

        Raises TimeoutError after `within` s.
        """
        for event in self.since(after):
            if event.chat_id == chat_id and wanted(event):
                return event
        future: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        entry = (wanted, future)
        self._waiting.setdefault(chat_id, []).append(entry)
        try:
            return await asyncio.wait_for(future, within)
        finally:
            self._forget(chat_id, entry)

    def _forget(self, chat_id: int, entry: tuple[Callable[[Event], bool], asyncio.Future[Event]]) -> None:
        waiting = self._waiting[chat_id]
        waiting.remove(entry)
        if not waiting:
            del self._waiting[chat_id]

    async def follow(self, after: int) -> AsyncIterator[Event]:
        """All events after number `after`, for ever; a "gap" where some are lost."""
        reader: asyncio.Queue[Event] = asyncio.Queue(maxsize=MAX_UNREAD)
        self._readers.add(reader)
        try:
            if not self.reaches(after):
                yield Event(self.seq, "gap", 0)
            else:
                for event in self.since(after):
                    yield event
            while True:
                yield await reader.get()
        finally:
            self._readers.discard(reader)
