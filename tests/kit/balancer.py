"""Hands webhooks to several processes in turn, as any balancer does; who does not answer is left out this time."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.kit.crowd import free_port

PASSED_ON = ("X-Telegram-Bot-Api-Secret-Token", "Content-Type")
SECONDS = 3.0  # until another one is asked


@asynccontextmanager
async def balancing(ports: Sequence[int], *, favoured: bool = False) -> AsyncIterator[int]:
    """A balancer before these ports of this machine; its own port. favoured: the first gets all that it answers."""
    turns = itertools.count()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:

        async def hand_on(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
            first = 0 if favoured else next(turns)
            for n in range(len(ports)):
                url = f"http://127.0.0.1:{ports[(first + n) % len(ports)]}{request.path}"
                try:
                    async with session.post(url, data=body, headers=headers) as response:
                        if response.status < 500:
                            return web.Response(status=response.status)
                except (aiohttp.ClientError, TimeoutError):
                    continue
            return web.Response(status=502)

        app = web.Application()
        app.router.add_post("/{path:.*}", hand_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield port
        finally:
            await runner.cleanup()
