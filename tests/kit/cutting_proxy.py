"""A wire to PostgreSQL that can break at the worst moment: after a commit, before its answer."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from tests.kit.postgres import Cluster


class CuttingProxy:
    """Hands bytes on in both directions; the connection whose commit it is told to cut never hears of it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._database = cluster.create()
        self._cut = False
        self.port = 0
        self.serving: set[asyncio.Task[Any]] = set()

    @property
    def url(self) -> str:
        return self._database.replace(f":{self._cluster.port}/", f":{self.port}/")

    def cut_after_commit(self) -> None:
        """The next commit happens, and its connection ends before the answer."""
        self._cut = True

    async def serve(self, client: StreamReader, to_client: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)
        await self._serve(client, to_client)

    async def _serve(self, client: StreamReader, to_client: StreamWriter) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._cluster.port)
        deaf = asyncio.Event()
        ways = [asyncio.ensure_future(way) for way in (self._up(client, to_server, deaf), self._down(server, to_client, deaf))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        for writer in (to_client, to_server):
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _up(self, client: StreamReader, to_server: StreamWriter, deaf: asyncio.Event) -> None:
        with suppress(ConnectionError):
            while data := await client.read(65536):
                if self._cut and b"COMMIT" in data:
                    self._cut = False
                    deaf.set()
                to_server.write(data)

    async def _down(self, server: StreamReader, to_client: StreamWriter, deaf: asyncio.Event) -> None:
        with suppress(ConnectionError):
            while data := await server.read(65536):
                if deaf.is_set():  # the answer to the commit: it has happened
                    return
                to_client.write(data)


@asynccontextmanager
async def cutting(cluster: Cluster) -> AsyncIterator[CuttingProxy]:
    """A proxy before a fresh database."""
    proxy = CuttingProxy(cluster)
    async with await asyncio.start_server(proxy.serve, "127.0.0.1", 0) as server:
        proxy.port = server.sockets[0].getsockname()[1]
        yield proxy
        while proxy.serving:  # until the clients have let go
            await asyncio.wait(proxy.serving, timeout=10)
