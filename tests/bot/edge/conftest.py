"""A bot of this project's edge in the test's own process, over HTTP against the strict local Bot API."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.demo import LocalApi, start
from bot.edge.app import run
from bot.queue.budget import Limits
from bot.state.store import open_store
from tests.kit.echo import Echo, EdgeSettings

UNLIMITED = Limits(overall=1000, chat_seconds=0.01, chat_burst=100, group_minute=1000)
Start = Callable[..., AbstractAsyncContextManager[int | None]]


@pytest.fixture
async def api() -> AsyncIterator[LocalApi]:
    async with await start(webhook_retry=0.1) as local:
        yield local


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def group(api: LocalApi) -> int:
    """A group that the bot is in."""
    return next(c.id for c in api.state.chats.values() if c.is_group and c.has(api.state.bot.id))


@pytest.fixture
def settings(api: LocalApi, empty_database: Path, tmp_path: Path) -> EdgeSettings:
    (tmp_path / "state").mkdir()
    shutil.copy(empty_database, tmp_path / "state" / "bot.db")
    return EdgeSettings(api.token, api.base_url, f"sqlite:///{tmp_path}/state/bot.db")


@asynccontextmanager
async def running(settings: EdgeSettings, service: Echo, limits: Limits | None = None, **changes: object) -> AsyncIterator[int | None]:
    """The bot runs inside the block; the value is the port of its web server. limits: UNLIMITED where pacing is no matter."""
    stop = asyncio.Event()
    ready: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
    with closing(open_store(settings.database_url, SCHEMAS, serving=True)) as store:
        service.store = store
        how = {"stop": stop, "on_ready": ready.set_result, "limits": limits}
        task = asyncio.create_task(run(replace(settings, **changes), service, store, **how))
        await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            raise AssertionError(f"the bot ended with {task.result()}")
        try:
            yield ready.result()
        finally:
            stop.set()
            assert await task == 0


@pytest.fixture
def database_of(request: pytest.FixtureRequest) -> Callable[[EdgeSettings, str], EdgeSettings]:
    """The settings with an empty database of a kind."""

    def chosen(settings: EdgeSettings, kind: str) -> EdgeSettings:
        return settings if kind == "sqlite" else replace(settings, database_url=request.getfixturevalue("cluster").create())

    return chosen
