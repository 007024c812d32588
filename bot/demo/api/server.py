"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import asyncio
import hmac
import inspect
import json
import time
from collections import Counter, deque
from typing import Any

from aiohttp import web

from bot.demo.api.faults import Faults
from bot.demo.api.flood import LIMITED, FloodLimits
from bot.demo.api.methods import find_method
from bot.demo.world.parameters import Parameters, Upload
from bot.demo.world.refusal import Refusal, bad_request
from bot.demo.world.request_fields import find_chat_id
from bot.demo.world.world import World

MAX_ARRIVALS = 20_000


class BotApi:
    """Answers requests of the bot. answered: how often each (method, status) was said.

    arrivals: when the latest requests that count for Telegram's limits arrived (seconds of no particular origin).
    """

    def __init__(self, world: World, token: str, faults: Faults, limits: FloodLimits | None) -> None:
        self.answered: Counter[tuple[str, int]] = Counter()
        self.arrivals: deque[float] = deque(maxlen=MAX_ARRIVALS)
        self._world = world
        self._token = token
        self._faults = faults
        self._limits = limits
        self._working: set[asyncio.Future[tuple[int, bytes]]] = set()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_get("/file/bot{token}/{path:.+}", self.download)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call, with the faults that are planned for it."""
        method = request.match_info["method"].lower()
        fault = self._faults.draw(method)
        if fault and not fault.after:
            await asyncio.sleep(self._faults.delay(method))
            return await self._faults.break_answer(fault, request, b'{"ok":true,"result":true}')
        status, body = await self._carry_out(request, method)
        if fault:
            return await self._faults.break_answer(fault, request, body)
        return web.Response(body=body, status=status, content_type="application/json")

    async def close(self) -> None:
        """Waits for calls that are being carried out though their caller is gone."""
        await asyncio.gather(*self._working)

    async def _carry_out(self, request: web.Request, method: str) -> tuple[int, bytes]:
        """Status and body. Once read, a request is carried out though its caller goes; only a poll ends."""
        try:
            fields = await read_fields(request)
        except Refusal as refusal:
            return refusal.code, encode(refusal.to_json())
        work = asyncio.ensure_future(self._answer(method, fields, self._knows(request)))
        if method == "getupdates":
            return await work
        self._working.add(work)
        work.add_done_callback(self._working.discard)
        return await asyncio.shield(work)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file by the path that getFile gave."""
        content = self._world.storage.content(request.match_info["path"].rpartition("/")[2])
        if not self._knows(request) or content is None:
            refusal = Refusal(404, "Not Found") if self._knows(request) else Refusal(401, "Unauthorized")
            return web.json_response(refusal.to_json(), status=refusal.code)
        return web.Response(body=content)

    def _knows(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.match_info["token"].encode(), self._token.encode())

    async def _answer(self, method: str, fields: Parameters, known: bool) -> tuple[int, bytes]:
        await asyncio.sleep(self._faults.delay(method))
        try:
            if not known:
                raise Refusal(401, "Unauthorized")
            status, answer = 200, {"ok": True, "result": await self._run(method, fields)}
        except Refusal as refusal:
            status, answer = refusal.code, refusal.to_json()
        self.answered[method, status] += 1
        return status, encode(answer)

    async def _run(self, name: str, fields: Parameters) -> Any:
        method = find_method(name)
        if name in LIMITED:
            self.arrivals.append(time.monotonic())
            if self._limits:
                self._limits.check(self._world.state.chats[find_chat_id(self._world, fields)])
        result = method(self._world, fields)
        return await result if inspect.isawaitable(result) else result


def encode(value: Any) -> bytes:
    """Compact JSON; lone surrogates, which Telegram never sends, become "?"."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


async def read_fields(request: web.Request) -> Parameters:
    """The parameters of a request, from its query string and body. Raises Refusal for unreadable bodies."""
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return Parameters(values)
    if request.content_type == "application/json":
        return Parameters(values | await _read_json(request))
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value
    return Parameters(values, uploads)


async def _read_json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("JSON object expected")
    return body
