"""A wire that can stand still: bytes are taken and not handed on, as by a network that loses them."""

from __future__ import annotations

import asyncio
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class StallingProxy:
    """Before a port of this machine, in a thread with a loop of its own."""

    def __init__(self, port: int) -> None:
        self._behind = port
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    def stall(self, stalled: bool = True) -> None:
        """From now on nothing arrives, or everything again, what came meanwhile first."""
        self._loop.call_soon_threadsafe(self._flowing.clear if stalled else self._flowing.set)

    async def _serve(self, client: StreamReader, to_client: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        server, to_server = await asyncio.open_connection("127.0.0.1", self._behind)
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(self._hand_on(client, to_server), self._hand_on(server, to_client))
        for writer in (to_client, to_server):
            writer.close()
        self._tasks.discard(task)

    async def _hand_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        while data := await reader.read(65536):
            await self._flowing.wait()
            writer.write(data)
        writer.close()

    async def _listen(self, ready: threading.Event, end: asyncio.Event) -> None:
        self._flowing.set()
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await end.wait()
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def run(self, ready: threading.Event, end: asyncio.Event) -> None:
        self._loop.run_until_complete(self._listen(ready, end))
        self._loop.close()

    def finish(self, end: asyncio.Event) -> None:
        self._loop.call_soon_threadsafe(end.set)


@contextmanager
def stalling(port: int) -> Iterator[StallingProxy]:
    """A proxy before the port, inside the block."""
    proxy, ready, end = StallingProxy(port), threading.Event(), asyncio.Event()
    thread = threading.Thread(target=proxy.run, args=(ready, end))
    thread.start()
    assert ready.wait(10)
    try:
        yield proxy
    finally:
        proxy.finish(end)
        thread.join(10)
