"""A local Bot API, and a small real bot on the unmodified library to talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from telegram.ext import Application

from bot.demo import LocalApi, start
from bot.demo.world.telegram_state import TelegramChat
from tests.kit.library_bot import build, settle


@dataclass
class Clock:
    """Seconds since 1970, moved by hand."""

    seconds: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Caller:
    """Raw calls of Bot API methods: JSON bodies, whole answers."""

    session: aiohttp.ClientSession
    api: LocalApi
    token: str = field(default="")

    async def __call__(self, method: str, **values: Any) -> dict[str, Any]:
        url = f"{self.api.base_url}{self.token or self.api.token}/{method}"
        async with self.session.post(url, json=values) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"] is (response.status == 200)
            return answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[LocalApi]:
    async with await start(now=clock, webhook_retry=0.01) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def call(api: LocalApi, session: aiohttp.ClientSession) -> Caller:
    return Caller(session, api)


@asynccontextmanager
async def polling(api: LocalApi) -> AsyncIterator[Application]:
    """The small bot, polling."""
    application = build(api)
    async with application:
        await settle(application)
        await application.start()
        await application.updater.start_polling(allowed_updates=[], poll_interval=0)
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


@pytest.fixture
async def bot(api: LocalApi) -> AsyncIterator[Application]:
    async with polling(api) as application:
        yield application


def group_of(api: LocalApi) -> TelegramChat:
    return next(chat for chat in api.state.chats.values() if chat.kind == "group")


def direct_of(api: LocalApi) -> TelegramChat:
    return next(chat for chat in api.state.chats.values() if chat.kind == "direct")
