"""Waiting for what the bot does, without ever sleeping."""

from __future__ import annotations

from dataclasses import replace

from bot.demo.world.inline_results import InlineAnswer
from bot.demo.world.journal import Event, Journal
from bot.demo.world.queries import Query
from bot.demo.world.telegram_state import Json, Message

WAIT_SECONDS = 5.0  # that tests wait for the bot by default, chosen


class BotActs:
    """Awaits the bot's acts, from the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @property
    def mark(self) -> int:
        """Now, as a number for `after`."""
        return self._journal.seq

    async def wait(
        self,
        chat_id: int,
        *kinds: str,
        after: int,
        subject: int | str | None = None,
        within: float = WAIT_SECONDS,
    ) -> Event:
        """The bot's first act of these kinds in a chat after `after`. Raises TimeoutError."""

        def wanted(event: Event) -> bool:
            return event.by_bot and event.kind in kinds and subject in (None, event.subject)

        return await self._journal.wait(chat_id, wanted, after=after, within=within)

    async def message(self, chat_id: int, *, after: int, within: float = WAIT_SECONDS) -> Message:
        """The bot's first new message in a chat after `after`. Raises TimeoutError."""
        event = await self.wait(chat_id, "message", after=after, within=within)
        return self._shown(event)

    async def edited(self, chat_id: int, *, after: int, message_id: int | None = None, within: float = WAIT_SECONDS) -> Message:
        """The first message that the bot edited (that one, if given) after `after`. Raises TimeoutError."""
        event = await self.wait(chat_id, "edit", after=after, subject=message_id, within=within)
        return self._shown(event)

    async def answer(self, query: Query, *, within: float = WAIT_SECONDS) -> Json:
        """The answer to a tap: {"text", "alert"}. Raises TimeoutError."""
        event = await self.wait(query.chat_id, "answer", after=query.seq, subject=query.id, within=within)
        return dict(event.value)

    async def results(self, query: Query, *, within: float = WAIT_SECONDS) -> InlineAnswer:
        """The answer to an inline query. Raises TimeoutError."""
        event = await self.wait(query.chat_id, "results", after=query.seq, subject=query.id, within=within)
        answer: InlineAnswer = event.value
        return answer

    @staticmethod
    def _shown(event: Event) -> Message:
        message: Message = event.value
        return replace(message, seq=event.seq)
