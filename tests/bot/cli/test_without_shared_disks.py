"""Two bots behind one webhook on PostgreSQL and Milvus, which have no disk in common; bots and servers are killed and come back."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.library.publishing import publish
from bot.settings.config import Settings
from bot.settings.library import open_library
from bot.state.store import open_store
from tests.kit.balancer import balancing
from tests.kit.crowd import free_port
from tests.kit.milvus import Milvus
from tests.kit.postgres import Cluster
from tests.kit.prepared import started_before
from tests.kit.program import PATIENCE_SECONDS, People, Program, telegram
from tests.kit.small_speeches import small_settings

pytestmark = pytest.mark.slow

QUESTION, QUOTE = "班组有什么责任", "责任落实要到每一个班组"
OF_SIX = "劳模有哪三个作用"
AWAY, DENIED = "现在查不了", "没有讲到"
PEOPLE = (7, 8, 9, 10)
TOLD_SECONDS = 2.0  # in which everybody must have heard that nothing can be looked up


def published(settings: Settings) -> None:
    """As `python -m bot index` does, from texts that no bot has."""
    store = open_store(settings.database_url, SCHEMAS)
    publish(settings, open_library(settings), store, lambda _: None)
    store.close()


async def published_by_the_command(settings: Settings, where: Settings, folder: Path) -> None:
    """The six speeches, by a process on a machine where they are."""
    started_before(settings, folder / "state")
    job = Program(folder, "http://127.0.0.1:9/bot", 0, BOT_DATABASE_URL=where.database_url, BOT_INDEX_URI=where.index_uri)
    status, said = await job.run("index")
    assert status == 0, said
    assert said.endswith("passages to the index server, texts to the database\n")


@asynccontextmanager
async def two_bots(settings: Settings, folder: Path, api_base: str) -> AsyncIterator[list[Program]]:
    ports = [free_port(), free_port()]
    async with balancing(ports) as port:
        shared = {
            "BOT_DATABASE_URL": settings.database_url,
            "BOT_INDEX_URI": settings.index_uri,
            "BOT_CONFIG": str(settings.config),
            "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "BOT_WEBHOOK_SECRET": "only-the-tests-know",
        }
        found = []
        for number, own in enumerate(ports):
            (folder / f"bot{number}").mkdir()
            found.append(Program(folder / f"bot{number}", api_base, own, **shared))
        try:
            for bot in found:
                await bot.start()
            yield found
        finally:
            for bot in found:
                if bot.process:
                    await bot.kill()


async def told(people: People, question: str = QUESTION) -> set[str]:
    """What everybody hears to the question, once all have heard it."""
    before = await people.answers()
    await people.ask(question)
    await people.answered()
    return {text for key, said in (await people.answers()).items() if key not in before for text in said}


async def all_told(people: People) -> None:
    """Return once everybody hears the quote. On a busy machine a call may take longer than its limit, which is said; it is never denied."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        said = await told(people)
        while not all(QUOTE in text for text in said):
            assert not any(DENIED in text for text in said), said
            await asyncio.sleep(0.2)
            said = await told(people)


async def healthy(bot: Program, state: str) -> None:
    """Return once it says so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (await bot.get("/healthz"))[1].startswith(state):  # noqa: ASYNC110  another process: no event tells
            await asyncio.sleep(0.05)


async def test_two_bots_answer_from_what_was_published(settings: Settings, cluster: Cluster, tmp_path: Path) -> None:
    milvus = Milvus(tmp_path)
    milvus.start()
    where = small_settings(replace(settings, database_url=cluster.create(), index_uri=milvus.uri), tmp_path)
    await asyncio.to_thread(published, where)
    async with AsyncExitStack() as stack:
        stack.callback(milvus.stop)
        people = await stack.enter_async_context(telegram())
        first, second = await stack.enter_async_context(two_bots(where, tmp_path, people.base_url))
        await people.arrive(PEOPLE)
        await all_told(people)

        milvus.stand_still()
        began = time.monotonic()
        said = await told(people, "怎样节约用水")
        waited, busy = time.monotonic() - began, os.getloadavg()[0] > (os.cpu_count() or 1)
        assert not any(DENIED in text for text in said), said
        assert busy or (all(AWAY in text for text in said) and waited < TOLD_SECONDS), (said, waited)
        milvus.stop()
        for bot in (first, second):
            await healthy(bot, "without index")
            assert 'bot_state{state="without index"} 1.0' in (await bot.get("/metrics"))[1]
        said = await told(people, "安全生产怎么抓")
        assert all(AWAY in text and DENIED not in text for text in said), said
        milvus.start()
        for bot in (first, second):
            await healthy(bot, "ok")
        await all_told(people)

        await first.kill()
        await all_told(people)
        await published_by_the_command(settings, where, tmp_path / "ingest")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not all("第1篇" in text for text in await told(people, OF_SIX)):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        assert await second.stop() == 0
