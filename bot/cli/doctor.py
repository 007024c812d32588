"""Looks at everything the bot needs before it runs, and says what to do about what is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
from telegram.error import InvalidToken, TelegramError

from bot.cli.database import SCHEMAS
from bot.edge.app import build
from bot.edge.lifecycle import EdgeSettings
from bot.edge.transport import AiohttpRequest
from bot.state.store import open_store
from bot.state.store_error import StoreError

INDEX_REMEDY = "check BOT_INDEX_URI and the server; `python -m bot index` gives it the speeches"
WAIT_SECONDS = 10  # for an answer from outside, chosen


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, how it is, and what to do (empty when all is well)."""

    name: str
    well: bool
    detail: str
    remedy: str = ""


class LookedAt(EdgeSettings, Protocol):
    """What is looked at: what the edge needs to know, where the database is, where the reader is reached."""

    @property
    def database_url(self) -> str: ...
    @property
    def public_url(self) -> str: ...


Examination = Callable[[], str]  # returns how it is; raises with the reason when it is not well


async def examine(
    settings: LookedAt, *, speeches: Examination, documents: Examination, fonts: Examination, index: Examination | None = None
) -> list[Finding]:
    """Every check in order; a failing one never stops the others.

    speeches, documents, fonts: quick looks at what others own, e.g. "6 speeches, 18 sections". index: where a server finds the passages.
    """
    return [
        await _network(settings),
        await _token(settings),
        await _reader(settings),
        await asyncio.to_thread(_database, settings),
        await asyncio.to_thread(_check, "speeches", speeches, "check the files in the folder of speeches and config/speeches.yaml"),
        *([await asyncio.to_thread(_check, "index", index, INDEX_REMEDY)] if index else []),
        await asyncio.to_thread(_check, "documents", documents, "install the program anew"),
        await asyncio.to_thread(_check, "fonts", fonts, "install a Chinese font, e.g. `apt-get install fonts-noto-cjk`"),
    ]


async def _network(settings: EdgeSettings) -> Finding:
    parts = urlsplit(settings.api_base)
    where = parts.hostname or ""
    port = parts.port or (80 if parts.scheme == "http" else 443)
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            _, writer = await asyncio.open_connection(where, port)
    except (OSError, TimeoutError) as error:
        detail = f"{where}:{port} cannot be reached ({type(error).__name__})"
        return Finding("network", False, detail, "check the connection; behind a proxy set HTTPS_PROXY")
    writer.close()
    return Finding("network", True, f"{where}:{port} answers")


async def _token(settings: EdgeSettings) -> Finding:
    if not settings.token:
        detail = "TELEGRAM_BOT_TOKEN is not set"
        return Finding("token", False, detail, "get a token from @BotFather and set it")
    return await _asked(lambda: _who(settings))


async def _asked(who: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding("token", True, f"the bot is @{await who()}")
    except InvalidToken:  # its message holds the token
        return Finding("token", False, "Telegram does not accept TELEGRAM_BOT_TOKEN", "copy it again from @BotFather")
    except TelegramError as error:
        return Finding("token", False, f"could not be tried: {error.message}", "see network")


async def _who(settings: EdgeSettings) -> str:
    requests = AiohttpRequest(), AiohttpRequest()
    bot = build(settings, *requests).bot
    try:
        await bot.initialize()
        return str(bot.username)
    finally:
        for request in requests:
            await request.shutdown()


async def _reader(settings: LookedAt) -> Finding:
    """Whether the pages are reached from outside. Before the bot runs, its proxy says that nobody is there."""
    if not settings.public_url:
        return Finding("reader", True, "BOT_PUBLIC_URL is not set, so no button opens the pages of the speeches")
    address = f"{settings.public_url}/read"
    try:
        timeout = aiohttp.ClientTimeout(total=WAIT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as session, session.get(address, allow_redirects=False) as answer:
            status = answer.status
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        detail = f"{address} cannot be reached ({type(error).__name__})"
        return Finding("reader", False, detail, "check the name, the certificate and the proxy before BOT_WEB_PORT")
    if status == HTTPStatus.OK:
        return Finding("reader", True, f"{address} answers")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Finding("reader", True, f"{address} answers {status}, as a proxy does before the bot runs")
    return Finding("reader", False, f"{address} answers {status}", "let the proxy forward /read and all below it to BOT_WEB_PORT")


def _database(settings: LookedAt) -> Finding:
    try:
        with closing(open_store(settings.database_url, SCHEMAS)) as store:
            store.integrity()
            return Finding("database", True, f"{store.where} can be written and is whole")
    except StoreError as error:
        return Finding("database", False, str(error), "see the message")


def _check(name: str, look: Examination, remedy: str) -> Finding:
    try:
        return Finding(name, True, look())
    except Exception as error:
        return Finding(name, False, str(error) or type(error).__name__, remedy)
