"""Many people at the local Bot API, a bot as a process beside it, and the count of who got which answer."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa

from bot.demo import LocalApi
from bot.demo.world.telegram_state import Message
from bot.state.engines import parsed
from tests.kit.echo import EdgeSettings
from tests.kit.process import run

# New processes are forked from one that has loaded everything: a start takes 0.1 s of a processor instead of 0.8.
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.kit.process"])


async def readable(descriptor: int) -> None:
    """Return when there is something to read."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(descriptor, event.set)
    try:
        await event.wait()
    finally:
        loop.remove_reader(descriptor)


async def until(condition: Callable[[], bool], within: float = 60.0) -> None:
    """Return when the condition holds, which no event tells; raises TimeoutError."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  another process, or a log line
            await asyncio.sleep(0.02)


class Forked:
    """A process of the tests, with what they use of asyncio's subprocesses."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Return when it has ended; the exit status."""
        while self._process.exitcode is None:
            await readable(self._process.sentinel)
        return self._process.exitcode


class BotProcess:
    """The bot in a process of its own; only processes started here are ever signalled."""

    def __init__(self, settings: EdgeSettings, *, unlimited: bool = True, log: Path | None = None) -> None:
        self._settings = settings
        self._unlimited = unlimited
        self._log = log
        self._ready: Connection | None = None
        self.process: Forked | None = None
        self.port: int | None = None

    async def start(self) -> None:
        """Start it and return once it takes updates."""
        await self.launch()
        assert self._ready is not None
        await asyncio.wait_for(readable(self._ready.fileno()), 90)
        self.port = self._ready.recv()

    async def launch(self) -> None:
        """Start it without waiting."""
        self._ready, ready = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=run, args=(self._settings, self._unlimited, self._log, ready), daemon=True)
        await asyncio.to_thread(process.start)
        ready.close()
        self.process = Forked(process)

    async def kill(self) -> None:
        """SIGKILL, as a power cut or the kernel's memory killer would."""
        await self.end(signal.SIGKILL)

    async def end(self, number: int = signal.SIGTERM, within: float = 60.0) -> int:
        """Send a signal, return the exit status."""
        assert self.process is not None
        assert self._ready is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        status = await asyncio.wait_for(self.process.wait(), within)
        self._ready.close()
        return status


class Crowd:
    """People who ask numbered questions; `unanswered` and `duplicates` look at what they see."""

    def __init__(self, api: LocalApi, people: int, first: int = 5_000) -> None:
        self.api = api
        self.users = range(first, first + people)
        for user in self.users:
            api.people.add_user(user, f"人{user}")
        self.questions: list[Message] = []

    def ask(self, count: int, text: str = "问") -> None:
        """Questions from everybody in turn."""
        start = len(self.questions)
        for n in range(start, start + count):
            user = self.users[n % len(self.users)]
            self.questions.append(self.api.people.send(user, f"{text} {n}"))

    def replies(self) -> Counter[tuple[int, int]]:
        """How many replies each question has got: (chat, message) → count."""
        bot = self.api.state.bot.id
        return Counter(
            (user, message.reply_to)
            for user in self.users
            for message in self.api.people.messages(user)
            if message.sender.id == bot and message.reply_to and message.text.content != "稍等"
        )

    def unanswered(self, among: Sequence[Message] | None = None) -> list[Message]:
        replies = self.replies()
        return [q for q in among or self.questions if not replies[q.chat_id, q.id]]

    def duplicates(self) -> int:
        return sum(count - 1 for count in self.replies().values())

    async def answered(self, within: float = 180.0, leaving: int = 0) -> None:
        """Return when at most `leaving` questions are without a reply; raises TimeoutError."""
        worth_a_look = 0

        def done() -> bool:
            nonlocal worth_a_look
            happened = self.api.people.mark
            if happened < worth_a_look:  # fewer things have happened since the last look than replies were missing then
                return False
            missing = len(self.unanswered()) - leaving
            worth_a_look = happened + missing
            return missing <= 0

        await until(done, within)


def free_port() -> int:
    """A port of this machine that nobody listens on: below those that the kernel hands out, and not given to another test meanwhile."""
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


_EACH = 1_000  # ports of a process of the tests; the kernel's own begin at 32 768
_PORTS = cycle(range(first := 10_000 + _EACH * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]), first + _EACH))


def integrity(settings: EdgeSettings) -> str:
    """SQLite's own verdict on the file; PostgreSQL's word is taken for its."""
    if not settings.database_url.startswith("sqlite"):
        return "ok"
    return str(rows(settings, "PRAGMA integrity_check")[0][0])


def rows(settings: EdgeSettings, query: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    engine = sa.create_engine(parsed(settings.database_url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def by_webhook(settings: EdgeSettings, port: int) -> EdgeSettings:
    """The same bot, told of updates at this port."""
    url = f"http://127.0.0.1:{port}/hook"
    return replace(settings, webhook_url=url, webhook_secret="s3cret_for-tests", web_port=port)
