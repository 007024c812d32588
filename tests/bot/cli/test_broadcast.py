"""Five hundred daily quotes are due in one minute, and somebody asks."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.demo import FIRST_USER, start
from bot.settings.config import HERE
from bot.state import subscriptions
from bot.state.store import open_store
from bot.state.subscriptions import Subscription
from tests.bot.edge.test_crashes import free_port
from tests.kit.arrivals import busy, kept_waiting, most_within, refused
from tests.kit.crowd import until
from tests.kit.program import TOKEN, Program

CHATS = range(10_000, 10_500)
QUESTIONS = ("劳模有哪三个作用？", "工匠精神是什么？", "工会要做什么？", "什么是爱岗敬业？", "为什么要学习？")
ANSWER_SECONDS = 0.1


@pytest.mark.slow
async def test_whoever_asks_during_a_broadcast_is_answered_at_once(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder}/state/bot.db", SCHEMAS, serving=True)
    with store.quick() as memory:
        for chat in CHATS:
            subscriptions.put(memory, Subscription(chat, 480, "Asia/Shanghai", active=True, next_run=time.time() - 60))
    store.close()
    async with await start(token=TOKEN, limits=True) as api:
        for chat in CHATS:
            api.people.add_user(chat, "订阅者")
            api.state.chats[chat].known = True
        bot = Program(folder, api.base_url, free_port(), BOT_CONFIG=str(HERE / "config"))
        await bot.start()
        answered = lambda: api.api.answered["sendmessage", 200]  # noqa: E731
        await until(lambda: answered() > 5, 30)
        assert bot.process is not None
        waits = []
        for question in QUESTIONS:
            began, without = time.monotonic(), kept_waiting(bot.process.pid)
            await api.people.ask(FIRST_USER, question)
            waits.append(time.monotonic() - began - max(0.0, kept_waiting(bot.process.pid) - without))
            await asyncio.sleep(1.1)
        assert answered() < len(CHATS)
        assert sorted(waits)[-2] <= ANSWER_SECONDS * busy(), waits
        await until(lambda: answered() >= len(CHATS) + len(QUESTIONS), 60 * busy())
        assert refused(api) == 0
        assert most_within(list(api.api.arrivals), 1.0) <= 30
        assert all(len(api.people.messages(chat)) == 1 for chat in CHATS)
        assert await bot.stop() == 0
