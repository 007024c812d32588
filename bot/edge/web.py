"""The bot's own small web servers, on loopback: Telegram's webhook, and /healthz with /metrics."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.edge.polling import Intake
from bot.health import Health
from bot.logs import StateLog
from bot.metrics import Metrics
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

AddPages = Callable[[web.Application], None]

HOST = "127.0.0.1"  # TLS and the public address belong to a proxy
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 1 << 20  # bytes; Telegram's are far smaller
BODY_SECONDS = 10.0


class Site:
    """Routes over one bot; `path` "" leaves the webhook out; `pages` adds others to its port."""

    def __init__(
        self,
        intake: Intake,
        metrics: Metrics,
        health: Callable[[], Health],
        *,
        path: str = "",
        secret: str = "",
        pages: AddPages | None = None,
    ) -> None:
        self._intake = intake
        self._metrics = metrics
        self._health = health
        self._secret = secret.encode()
        self._path = path
        self._pages = pages
        self._store_state = StateLog(log)

    async def start(self, port: int, *, webhook: bool = True, health: bool = True) -> tuple[web.AppRunner, int]:
        """Serve on loopback; return what to clean up and the port (a free one for 0). Raises OSError.

        webhook, health: which of both this port has; a proxy publishes whatever its port has.
        """
        app = web.Application(client_max_size=LARGEST_UPDATE)
        if health:
            app.router.add_get("/healthz", self.healthz)
            app.router.add_get("/metrics", self.metrics)
        if webhook and self._path:
            app.router.add_post(self._path, self.webhook)
        if webhook and self._pages:
            self._pages(app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError:
            await runner.cleanup()
            raise
        return runner, int(runner.addresses[0][1])

    async def healthz(self, _: web.Request) -> web.Response:
        """200, or 503 with one problem a line."""
        problems = self._health().problems
        return web.Response(text="\n".join(problems or ("ok",)) + "\n", status=503 if problems else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        """The numbers for Prometheus."""
        self._health()  # brings the gauges up to date
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")

    async def webhook(self, request: web.Request) -> web.Response:
        """200 once the update is committed; 403 without the secret; 503 when Telegram should try again."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                update = _update(await request.read())
        except (ValueError, RecursionError, TimeoutError):
            return web.Response(status=400)
        if self._intake.full:
            return web.Response(status=503)
        try:
            await self._intake.accept([update])
        except StoreError as error:
            self._store_state.bad(f"cannot store updates: {error}")
            return web.Response(status=503)
        self._store_state.well()
        return web.Response()


def _update(body: bytes) -> dict[str, Any]:
    value = json.loads(body)
    if not isinstance(value, dict) or type(value.get("update_id")) is not int:
        raise ValueError("no update")
    return value
