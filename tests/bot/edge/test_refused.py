"""What a chat does not allow is said in words, or not at all; only a chat that is gone loses its daily quotes."""

from __future__ import annotations

import pytest

from bot.contract.reply import Reply
from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from tests.bot.edge.conftest import running
from tests.kit.echo import Echo, EdgeSettings


@pytest.fixture
def group(api: LocalApi) -> int:
    return next(c.id for c in api.state.chats.values() if c.is_group and c.has(api.state.bot.id))


@pytest.mark.slow
async def test_where_files_are_refused_their_text_comes_instead(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    api.people.refuse(FIRST_USER, "document", "not enough rights to send documents to the chat")
    async with running(settings, echo):
        answer = await api.people.ask(FIRST_USER, "file")
        assert (answer.attachment, answer.text.content) == (None, "说明")
        assert (await api.people.ask(FIRST_USER, "file in words")).text.content == "同样的话"
    assert echo.blocked_chats == []


@pytest.mark.parametrize("words", ["TOPIC_CLOSED", "not enough rights to send text messages to the chat", "CHAT_WRITE_FORBIDDEN"])
async def test_a_group_that_allows_nothing_keeps_its_daily_quotes(
    api: LocalApi, echo: Echo, settings: EdgeSettings, group: int, words: str
) -> None:
    echo.deliveries = [(group, "daily-1", (Reply("每日"),))]
    api.people.refuse(group, "text", words)
    async with running(settings, echo, admins=(SECOND_USER,)):
        api.people.send(FIRST_USER, "/help", chat_id=group)
        await api.people.ask(FIRST_USER, "问")
        await api.people.ask(SECOND_USER, "问")
    assert echo.blocked_chats == []
    assert not [m for m in api.people.messages(SECOND_USER) if "could not be sent" in m.text.content]


async def test_a_group_that_removed_the_bot_loses_them(api: LocalApi, echo: Echo, settings: EdgeSettings, group: int) -> None:
    echo.deliveries = [(group, "daily-1", (Reply("每日"),))]
    api.people.remove_bot(FIRST_USER, group)
    async with running(settings, echo):
        await api.people.ask(FIRST_USER, "问")
        await api.people.ask(FIRST_USER, "问")
    assert group in echo.blocked_chats
