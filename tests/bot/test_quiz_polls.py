"""A quiz through the whole bot: a poll is sent, answered, scored; where none is allowed, the same in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import FIRST_USER, SECOND_USER, LocalApi, start
from bot.demo.world.telegram_state import Message
from bot.service import Content
from bot.settings.config import Settings
from tests.bot.test_dialogues import running


@pytest.fixture
async def api() -> AsyncIterator[LocalApi]:
    async with await start() as local:
        yield local


async def scores(api: LocalApi, message: Message) -> str:
    """What the button of a question says; it waits behind the answers that were given before."""
    mark = api.people.mark
    api.people.tap(FIRST_USER, message, "本周得分")
    return (await api.people.message(message.chat_id, after=mark)).text.content


async def test_a_quiz_is_answered_and_scored_also_after_a_restart(
    api: LocalApi, world: Content, settings: Settings, tmp_path: Path
) -> None:
    group = api.people.add_group("读书会", FIRST_USER, SECOND_USER)
    async with running(api, world, settings, tmp_path):
        asked = await api.people.ask(FIRST_USER, "/quiz", chat_id=group.id)
        assert asked.poll
        assert asked.poll.kind == "quiz"
        assert not asked.poll.anonymous
        shown = api.people.messages_by_id(group.id)[asked.id]
        (right,) = asked.poll.right
        api.people.choose_option(SECOND_USER, shown, right)
        api.people.choose_option(FIRST_USER, shown, (right + 1) % len(asked.poll.options))
        names = [api.state.users[person].first_name for person in (SECOND_USER, FIRST_USER)]
        expected = f"本周得分（周一起）\n1. {names[0]}　1/1\n2. {names[1]}　0/1"
        for _ in range(20):  # the answers are in lanes of their own
            if await scores(api, shown) == expected:
                break
        assert await scores(api, shown) == expected
    async with running(api, world, settings, tmp_path):
        assert await scores(api, shown) == expected
        second = await api.people.ask(FIRST_USER, "/quiz", chat_id=group.id)
        assert second.poll
        assert second.poll.question != asked.poll.question


async def test_where_no_polls_are_allowed_the_question_comes_in_words(
    api: LocalApi, world: Content, settings: Settings, tmp_path: Path
) -> None:
    group = api.people.add_group("读书会", FIRST_USER)
    group.refuses["poll"] = "not enough rights to send polls to the chat"
    async with running(api, world, settings, tmp_path):
        asked = await api.people.ask(FIRST_USER, "/quiz", chat_id=group.id)
    assert asked.poll is None
    assert "这里不让发投票，这道题的答案是：" in asked.text.content
