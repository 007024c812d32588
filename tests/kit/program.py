"""The local Bot API and `python -m bot` as processes of their own, and people who talk to one through the other."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Any

import aiohttp

from bot.settings.config import HERE
from tests.kit.process import end_with_the_tests

TOKEN = "123456:only-a-local-Bot-API-knows-this-one"
PATIENCE_SECONDS = 90.0  # for what takes two seconds on a machine with nothing else to do


class People:
    """Everybody who talks to the bot, through the control interface of the local Bot API."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, page_url: str) -> None:
        self._session = session
        self._page = page_url
        self.base_url = base_url
        self.asked: dict[int, list[tuple[int, str]]] = {}  # by person: (message, question)

    async def _post(self, what: str, **body: Any) -> Any:
        async with self._session.post(f"{self._page}people/{what}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def arrive(self, people: Sequence[int]) -> None:
        for person in people:
            await self._post("user", id=person, name=f"人{person}")
            self.asked.setdefault(person, [])

    async def ask(self, question: str) -> None:
        """The same question from everybody."""
        for person, questions in self.asked.items():
            sent = await self._post("send", user=person, text=question)
            questions.append((sent["message_id"], question))

    async def slow_down(self, seconds: float) -> None:
        """From now on the Bot API takes so long for every request."""
        await self._post("faults", latency=seconds)

    async def answers(self) -> dict[tuple[int, int], list[str]]:
        """(person, message) → what replied to it."""
        found: dict[tuple[int, int], list[str]] = defaultdict(list)
        for person in self.asked:
            async with self._session.get(f"{self._page}people/messages", params={"chat": person}) as response:
                for message in await response.json():
                    if message["from"]["is_bot"] and "reply_to_message" in message:
                        found[person, message["reply_to_message"]["message_id"]].append(message["text"])
        return found

    async def buttons(self, person: int) -> list[list[dict[str, Any]]]:
        """The rows of the last message of a person's chat."""
        async with self._session.get(f"{self._page}people/messages", params={"chat": person}) as response:
            rows: list[list[dict[str, Any]]] = (await response.json())[-1]["reply_markup"]["inline_keyboard"]
            return rows

    async def unanswered(self) -> int:
        answers = await self.answers()
        return sum((person, message) not in answers for person, asked in self.asked.items() for message, _ in asked)

    async def answered(self) -> None:
        """Return when no question is without an answer; raises TimeoutError."""
        await self.saw(sum(map(len, self.asked.values())))  # one request a look, where the next needs one a person
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.unanswered():  # noqa: ASYNC110  another process: no event tells
                await asyncio.sleep(0.2)

    async def sent(self) -> int:
        """How many messages the bot has sent so far: one request, so that it is true on a busy machine too."""
        async with self._session.get(f"{self._page}people/counts") as response:
            return int((await response.json())["answered"].get("sendmessage 200", 0))

    async def saw(self, messages: int) -> None:
        """Return when the bot has sent so many messages; raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.sent() < messages:  # noqa: ASYNC110  another process: no event tells
                await asyncio.sleep(0.05)


@asynccontextmanager
async def telegram() -> AsyncIterator[People]:
    """The local Bot API as a process, inside the block."""
    arguments = ("--port", "0", "--token", TOKEN, "--webhook-retry", "0.1", "--limits")
    api = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo", *arguments, stdout=PIPE, cwd=HERE, preexec_fn=end_with_the_tests
    )
    try:
        assert api.stdout is not None
        addresses = json.loads(await asyncio.wait_for(api.stdout.readline(), PATIENCE_SECONDS))
        async with aiohttp.ClientSession() as session:
            yield People(session, addresses["base_url"], addresses["page_url"])
    finally:
        api.terminate()
        await asyncio.wait_for(api.wait(), PATIENCE_SECONDS)


class Program:
    """`python -m bot` with its environment; what it says is appended to `log`. module: what is run instead of `bot`."""

    def __init__(self, folder: Path, api_base: str, web_port: int, *, module: str = "bot", **environment: str) -> None:
        self._module = module
        self.log = folder / "bot.log"
        self.state = folder / "state"
        self.web = f"http://127.0.0.1:{web_port}"
        ours = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api_base, "BOT_DATA_DIR": str(self.state)}
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "TELEGRAM_"))}
        self._environment = foreign | ours | {"BOT_WEB_PORT": str(web_port)} | environment
        self.process: Process | None = None

    async def run(self, *arguments: str) -> tuple[int, str]:
        """One command to its end: exit status and everything it said."""
        command = (sys.executable, "-m", "bot", *arguments)
        process = await asyncio.create_subprocess_exec(
            *command, env=self._environment, stdout=PIPE, stderr=asyncio.subprocess.STDOUT, cwd=HERE, preexec_fn=end_with_the_tests
        )
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
        return process.returncode or 0, said.decode()

    async def start(self) -> None:
        """Return once it is healthy."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._module, env=self._environment, stdout=log, stderr=log, cwd=HERE, preexec_fn=end_with_the_tests
            )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self._healthy():
                assert self.process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.05)  # another process: no event tells

    async def _healthy(self) -> bool:
        try:
            return await self.get("/healthz") == (200, "ok\n")
        except aiohttp.ClientConnectionError:
            return False

    async def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page of its web server."""
        async with aiohttp.ClientSession() as session, session.get(self.web + path) as response:
            return response.status, await response.text()

    async def kill(self) -> None:
        """As the kernel's memory killer would."""
        await self._signal(SIGKILL)

    async def stop(self) -> int:
        """As a container is stopped; the exit status."""
        return await self._signal(SIGTERM)

    async def _signal(self, number: int) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE_SECONDS)
