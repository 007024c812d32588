"""Starting and stopping the local Bot API."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.demo.api.control import Control
from bot.demo.api.faults import Faults
from bot.demo.api.flood import OVERALL, FloodLimits
from bot.demo.api.guard import add_headers, guard
from bot.demo.api.server import BotApi
from bot.demo.world.people import People
from bot.demo.world.storage import MAX_DOCUMENT
from bot.demo.world.telegram_state import TelegramState, User
from bot.demo.world.world import World

BOT_ID = 7_000_000_001  # as large as those that Telegram gives today
BOT_USERNAME = "local_quotes_bot"
LONGEST_LINE = 16 << 10  # bytes of a request's first line: the caption of a file may have 1 024 signs, nine each when percent-encoded
FIRST_USER, SECOND_USER = 1_001, 1_002  # chosen, easy to tell from real ones


class LocalApi:
    """A running local Bot API. Close it, or use it as an asynchronous context manager.

    base_url, base_file_url, token: what the bot needs. page_url: the chat page. people: acts as the users and
    waits for the bot. faults: breaks answers on purpose. api.answered: counts of (method, status).
    """

    def __init__(self, world: World, api: BotApi, people: People, faults: Faults, token: str) -> None:
        self.world = world
        self.api = api
        self.people = people
        self.faults = faults
        self.token = token
        self.page_url = ""
        self._runner: web.AppRunner | None = None

    @property
    def state(self) -> TelegramState:
        return self.world.state

    @property
    def base_url(self) -> str:
        return f"{self.page_url}bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.page_url}file/bot"

    async def listen(self, host: str, port: int, add_pages: Callable[[web.Application], None] | None = None) -> None:
        """Serves on this address; port 0 takes a free one; add_pages: pages of others beside ours. Raises OSError when it is taken."""
        app = web.Application(middlewares=[guard], client_max_size=MAX_DOCUMENT + (1 << 20))
        app.on_response_prepare.append(add_headers)
        self.api.add_routes(app)
        Control(self.world, self.people, self.faults, self.api, self.token).add_routes(app)
        if add_pages:
            add_pages(app)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1, max_line_size=LONGEST_LINE)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.page_url = f"http://{host}:{self._runner.addresses[0][1]}/"

    async def close(self) -> None:
        """Stops serving and delivering; waiting requests are broken off."""
        self.faults.clear()
        await self.world.set_hook(None)
        if self._runner:
            await self._runner.cleanup()
        await self.api.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()


def new_token() -> str:
    """A token that nobody else has."""
    return f"{BOT_ID}:{secrets.token_urlsafe(26)}"


async def start(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    token: str = "",
    limits: bool = False,
    overall: int = OVERALL,
    now: Callable[[], float] = time.time,
    webhook_retry: float = 1.0,
    add_pages: Callable[[web.Application], None] | None = None,
) -> LocalApi:
    """A running local Bot API with two people, a group of both and the bot, and a chat of the two alone.

    token: a random one when empty. limits: send no faster than Telegram allows, or get 429. overall: messages
    a second that it allows in all. now: the clock, seconds since 1970. webhook_retry: seconds before the first
    retry. add_pages: adds pages of others beside the chat page. Raises OSError when the address is taken.
    """
    token = token or new_token()
    bot = User(int(token.partition(":")[0]), "讲话问答", BOT_USERNAME, is_bot=True)
    world = World(bot, now=now, webhook_retry=webhook_retry)
    people, faults = People(world), Faults()
    _populate(people)
    world.updates.clear()
    api = BotApi(world, token, faults, FloodLimits(now, overall) if limits else None)
    local = LocalApi(world, api, people, faults, token)
    await local.listen(host, port, add_pages)
    return local


def _populate(people: People) -> None:
    people.add_user(FIRST_USER, "甲", username="user_a")
    people.add_user(SECOND_USER, "乙", username="user_b")
    people.add_group("读书小组", FIRST_USER, SECOND_USER)
    people.add_direct(FIRST_USER, SECOND_USER)
