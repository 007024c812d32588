"""The whole program on the real speeches: asked, killed in the middle, started again, stopped, looked at."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.edge.web import HEADER
from bot.settings.config import WORKERS, Settings
from tests.kit.crowd import free_port, integrity
from tests.kit.echo import EdgeSettings
from tests.kit.prepared import started_before
from tests.kit.program import PATIENCE_SECONDS, TOKEN, People, Program, telegram

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

QUESTIONS = ("榜样的力量有多大？", "怎样培养年轻干部？", "第三篇第二部分讲了什么")
SECRET = "only-for-this_test"


@pytest_asyncio.fixture(loop_scope="module")
async def people() -> AsyncIterator[People]:
    async with telegram() as local:
        yield local


def program(mode: str, folder: Path, people: People) -> Program:
    port = free_port()
    hook = {"BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "BOT_WEBHOOK_SECRET": SECRET}
    return Program(folder, people.base_url, port, **(hook if mode == "webhook" else {}))


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_questions_survive_kills_of_the_real_program(mode: str, people: People, folder: Path) -> None:
    bot = program(mode, folder, people)
    await people.arrive(range(5000, 5060))  # two seconds' work at Telegram's limit
    await people.slow_down(0.1)
    for question in QUESTIONS:
        await bot.start()
        before = await people.sent()
        await people.ask(question)
        await people.saw(before + 20)  # what was in hand at the kill before is answered by then: three kills set a question aside
        await bot.kill()
        assert await people.unanswered(), "killed in the middle"
    await bot.start()
    await people.answered()
    assert await bot.stop() == 0
    answers = await people.answers()
    assert sum(len(texts) - 1 for texts in answers.values()) <= len(QUESTIONS) * WORKERS
    for number, question in enumerate(QUESTIONS):
        said = {text for person, asked in people.asked.items() for text in answers[person, asked[number][0]]}
        assert len(said) == 1, f"{question}: everybody gets the same answer, before and after a kill"
    path = bot.state / "bot.db"
    assert integrity(EdgeSettings("", "", f"sqlite:///{path}")) == "ok"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log = bot.log.read_text()
    assert "Traceback" not in log
    assert not [secret for secret in (TOKEN, SECRET, *QUESTIONS) if secret in log]


@dataclass(frozen=True)
class Running:
    """A program that one person has asked a question."""

    mode: str
    bot: Program


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["polling", "webhook"])
async def running(request: pytest.FixtureRequest, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One for all tests of a mode that leave it as it is."""
    folder = tmp_path_factory.mktemp(request.param)
    started_before(settings, folder / "state")
    async with telegram() as people:
        bot = program(request.param, folder, people)
        await people.arrive([5000])
        await bot.start()
        await people.ask(QUESTIONS[0])
        await people.answered()
        yield Running(request.param, bot)
        assert await bot.stop() == 0


async def test_health_numbers_and_doctor_of_the_real_program(running: Running) -> None:
    bot, numbers = running.bot, ""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while 'bot_updates_total{state="answered"} 1.0' not in numbers:
            status, numbers = await bot.get("/metrics")  # another process: it counts a moment after the answer is seen
            assert status == 200
    assert ("bot_polls_total" in numbers and 'bot_polls_total{outcome="ok"}' in numbers) == (running.mode == "polling")
    status, said = await bot.run("doctor")
    assert status == 0, said
    assert [line.split()[1] for line in said.splitlines()] == [
        "network:",
        "token:",
        "reader:",
        "database:",
        "speeches:",
        "documents:",
        "fonts:",
        "meaning:",
    ]
    assert TOKEN not in said


@pytest.mark.parametrize("running", ["webhook"], indirect=True)
async def test_a_forged_webhook_is_refused_by_the_real_program(running: Running) -> None:
    async with aiohttp.ClientSession() as session:
        for secret, status in ((SECRET[:-1], 403), ("", 403), (SECRET, 200)):
            update = {"update_id": 1}
            async with session.post(f"{running.bot.web}/hook", json=update, headers={HEADER: secret}) as response:
                assert response.status == status


async def test_the_doctor_without_network_names_a_remedy_and_no_secret(folder: Path) -> None:
    bot = Program(folder, "http://127.0.0.1:9/bot", free_port())
    status, said = await bot.run("doctor")
    assert status == 1
    assert "127.0.0.1:9 cannot be reached" in said
    assert TOKEN not in said
