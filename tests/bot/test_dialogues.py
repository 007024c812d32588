"""Whole dialogues over HTTP: the real Application, engine and service before the strict local Bot API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.cli.run import LOCAL_LIMITS
from bot.demo import FIRST_USER, SECOND_USER, LocalApi, start
from bot.demo.world.telegram_state import Message
from bot.edge.app import run
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.state.store import open_store

QUESTION = "劳模有哪三个作用？"


@pytest.fixture
async def api() -> AsyncIterator[LocalApi]:
    async with await start() as local:
        yield local


@asynccontextmanager
async def running(api: LocalApi, world: Content, settings: Settings, folder: Path) -> AsyncIterator[None]:
    """The whole bot inside the block, on a state that outlives it."""
    url = f"sqlite:///{folder}/bot.db"
    here = replace(settings, token=api.token, api_base=api.base_url, database_url=url, web_port=None)
    store = open_store(url, SCHEMAS, serving=True)
    service = SpeechService(world, store, admins=(FIRST_USER,), choose=lambda items: items[0])
    service.introduce(str(api.state.bot.username))
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(run(here, service, store, stop=stop, on_ready=lambda _: ready.set(), limits=LOCAL_LIMITS))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
    try:
        assert not task.done()
        yield
    finally:
        waiting.cancel()
        stop.set()
        assert await task == 0
        store.close()


async def tapped(api: LocalApi, user: int, message: Message, label: str) -> Message:
    """The card after its button was tapped."""
    mark = api.people.mark
    api.people.tap(user, message, label)
    return await api.people.edited(message.chat_id, after=mark, message_id=message.id)


async def sent(api: LocalApi, user: int, message: Message, label: str) -> Message:
    """The new message after a button was tapped."""
    mark = api.people.mark
    api.people.tap(user, message, label)
    return await api.people.message(message.chat_id, after=mark)


def refusals(api: LocalApi) -> list[tuple[str, int]]:
    return [call for call in api.api.answered if call[1] >= 400]


async def test_question_buttons_restart_and_commands(api: LocalApi, world: Content, settings: Settings, tmp_path: Path) -> None:
    async with running(api, world, settings, tmp_path):
        card = await api.people.ask(FIRST_USER, QUESTION)
        assert "劳模有三个作用，第一个，带头作用" in card.text.content
    async with running(api, world, settings, tmp_path):
        around = await tapped(api, FIRST_USER, card, "上下文")
        assert around.id == card.id
        assert "二、应当如何充分地发挥劳模的重要作用" in around.text.content
        section = await tapped(api, FIRST_USER, around, "整节")
        assert any(e.kind == "blockquote" for e in section.text.entities)
        outline = await tapped(api, FIRST_USER, section, "目录")
        assert any(e.kind == "bot_command" for e in outline.text.entities)
        part = await api.people.ask(FIRST_USER, "/s3_2")
        assert "二要改革创新" in part.text.content
        for command in ("/start", "/help", "/list", "/speech 3", "/random", "/about", "/compare 劳动", "/daily",
                        "/settings", "/privacy", "/saved", "/forget", "/unanswered"):  # fmt: skip
            assert (await api.people.ask(FIRST_USER, command)).text.content
    assert refusals(api) == []


async def test_pictures_and_files_arrive(api: LocalApi, world: Content, settings: Settings, tmp_path: Path) -> None:
    async with running(api, world, settings, tmp_path):
        card = await api.people.ask(FIRST_USER, QUESTION)
        picture = await sent(api, FIRST_USER, card, "图片")
        assert picture.attachment is not None
        outline = await api.people.ask(FIRST_USER, "/speech 6")
        document = await sent(api, FIRST_USER, outline, "全文 .txt")
        assert document.attachment is not None
        assert (await api.people.ask(FIRST_USER, "/map")).attachment is not None
    assert refusals(api) == []


async def test_a_group_is_answered_on_mention_and_reply_and_its_card_is_that_of_who_asked(
    api: LocalApi, world: Content, settings: Settings, tmp_path: Path
) -> None:
    group = next(c.id for c in api.state.chats.values() if c.is_group and c.has(api.state.bot.id))
    async with running(api, world, settings, tmp_path):
        mark = api.people.mark
        api.people.send(FIRST_USER, "今天天气不错", chat_id=group)
        name = api.state.bot.username
        card = await api.people.ask(FIRST_USER, f"@{name}，{QUESTION}", chat_id=group)
        assert "带头作用" in card.text.content
        assert len([m for m in api.people.messages(group) if m.seq > mark and m.sender is api.state.bot]) == 1
        around = await sent(api, SECOND_USER, card, "上下文")
        assert "二、应当如何充分地发挥劳模的重要作用" in around.text.content
        assert around.reply_to == card.id
        further = await tapped(api, SECOND_USER, around, "再往后 ›")  # their own message, not the card
        assert len(further.text.content) > len(around.text.content)
        mine = await tapped(api, FIRST_USER, card, "上下文")
        assert mine.id == card.id
    assert refusals(api) == []


async def test_inline_results_are_sent_and_edited_in_place(api: LocalApi, world: Content, settings: Settings, tmp_path: Path) -> None:
    async with running(api, world, settings, tmp_path):
        query = api.people.type_inline(FIRST_USER, "劳模精神")
        answer = await api.people.results(query)
        both = (c.id for c in api.state.chats.values() if c.has(FIRST_USER) and c.has(SECOND_USER) and not c.is_group)
        first = answer.results[0].id
        chosen = api.people.choose(FIRST_USER, answer, first, query_text="劳模精神", chat_id=next(both))
        edited = await tapped(api, SECOND_USER, chosen, "上下文")
        assert len(edited.text.content) > len(answer.results[0].text.content)
    assert refusals(api) == []
