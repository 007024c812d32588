"""What the reader's pages ask about a person: JSON under /read/api, each request with what Telegram told the page."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.contract.reader_links import app_path, started_with
from bot.contract.reader_person import ReaderDeclined, ReaderPerson, ReaderService
from bot.contract.response import Asker
from bot.edge.init_data import InitDataRefused, verified
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

LARGEST_BODY = 1024  # bytes; both settings take 40
BODY_SECONDS = 10.0  # as for the webhook
STATUSES = {"too fast": 429, "unknown": 404, "full": 409}
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_SCHEME = "tma "  # as https://docs.telegram-mini-apps.com/platform/authorizing-user names it
_QUOTE_ID = r"[0-9]{1,7}\.[0-9]{1,9}\.[0-9]{1,9}"

PersonWish = Callable[[ReaderService, Asker], ReaderPerson]
PageHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ReaderApi:
    """Routes over a service; nothing of a person's without data that Telegram signed with the bot's token.

    service: asked at each request, so that routes can be there before it. clock: seconds UTC.
    """

    def __init__(self, service: Callable[[], ReaderService], token: str, clock: Callable[[], float] = time.time) -> None:
        self._service = service
        self._token = token
        self._clock = clock

    def add_routes(self, app: web.Application) -> None:
        """All of them; a link with `startapp`, which opens /read, leads on to its quotes."""
        app.middlewares.append(_to_quotes)
        app.router.add_get("/read/api/me", self.me)
        app.router.add_put(f"/read/api/saved/{{quote:{_QUOTE_ID}}}", self.save)
        app.router.add_delete(f"/read/api/saved/{{quote:{_QUOTE_ID}}}", self.unsave)
        app.router.add_put("/read/api/settings", self.choose)

    async def me(self, request: web.Request) -> web.Response:
        """Language, characters, favourites."""
        return await self._answered(request, lambda service, asker: service.person(asker))

    async def save(self, request: web.Request) -> web.Response:
        """Put a quote among the favourites."""
        quote = request.match_info["quote"]
        return await self._answered(request, lambda service, asker: service.save(asker, quote))

    async def unsave(self, request: web.Request) -> web.Response:
        """Take a quote out."""
        quote = request.match_info["quote"]
        return await self._answered(request, lambda service, asker: service.unsave(asker, quote))

    async def choose(self, request: web.Request) -> web.Response:
        """{"language", "script"}, either or both."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                chosen = _settings(await request.read())
        except (ValueError, RecursionError, TimeoutError):
            return _json({"error": "expected an object with language or script"}, 400)
        return await self._answered(request, lambda service, asker: service.choose(asker, **chosen))

    async def _answered(self, request: web.Request, wish: PersonWish) -> web.Response:
        try:
            asker = self._asker(request)
            return _json(asdict(await asyncio.to_thread(wish, self._service(), asker)))
        except InitDataRefused as refused:
            log.debug("what a page was told is refused: %s", refused.why)  # anybody can ask, so no line each
            return _json({"error": "open this page from the chat again"}, 403)
        except ReaderDeclined as declined:
            return _json({"error": declined.words}, STATUSES[declined.kind])
        except StoreError as error:
            log.warning("a page cannot be answered: %s", error)
            return _json({"error": "try again in a moment"}, 503)

    def _asker(self, request: web.Request) -> Asker:
        """Raises InitDataRefused."""
        given = request.headers.getall("Authorization", [])
        if len(given) != 1 or not given[0].startswith(_SCHEME):
            raise InitDataRefused("missing")
        person = verified(given[0].removeprefix(_SCHEME), self._token, self._clock())
        return Asker(person.user_id, person.user_id, "private", person.language)


@web.middleware
async def _to_quotes(request: web.Request, handler: PageHandler) -> web.StreamResponse:
    """The address without a fragment: a browser keeps the one with Telegram's data."""
    quotes = started_with(request.query.get("tgWebAppStartParam", "")) if request.path == "/read" else ()
    if quotes:
        raise web.HTTPFound(app_path(quotes[0].speech, quotes), headers=HEADERS)
    return await handler(request)


def _settings(body: bytes) -> dict[str, Any]:
    """Raises ValueError, RecursionError."""
    value = json.loads(body) if len(body) <= LARGEST_BODY else None
    if (
        not isinstance(value, dict)
        or not value
        or value.keys() - {"language", "script"}
        or not all(isinstance(v, str) for v in value.values())
    ):
        raise ValueError("no settings")
    return value


def _json(value: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(value, status=status, headers=HEADERS)
