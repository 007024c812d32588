"""The whole program on the real speeches: asked, killed in the middle, started again, stopped, looked at."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.edge.web import HEADER
from tests.bot.edge.test_crashes import WORKERS
from tests.kit.crowd import free_port, integrity
from tests.kit.echo import EdgeSettings
from tests.kit.program import TOKEN, People, Program, telegram

pytestmark = pytest.mark.slow

QUESTIONS = ("榜样的力量有多大？", "怎样培养年轻干部？", "第三篇第二部分讲了什么")
SECRET = "only-for-this_test"


@pytest.fixture
async def people() -> AsyncIterator[People]:
    async with telegram() as local:
        yield local


def program(mode: str, folder: Path, people: People) -> Program:
    port = free_port()
    hook = {"BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "BOT_WEBHOOK_SECRET": SECRET}
    return Program(folder, people.base_url, port, **(hook if mode == "webhook" else {}))


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_questions_survive_kills_of_the_real_program(mode: str, people: People, tmp_path: Path) -> None:
    bot = program(mode, tmp_path, people)
    await people.arrive(range(5000, 5060))  # two seconds' work at Telegram's limit
    await people.slow_down(0.1)
    for question in QUESTIONS:
        await bot.start()
        await people.ask(question)
        await people.answered(leaving=await people.unanswered() - 5)
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


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_health_numbers_and_doctor_of_the_real_program(mode: str, people: People, tmp_path: Path) -> None:
    bot = program(mode, tmp_path, people)
    await people.arrive([5000])
    await bot.start()
    await people.ask(QUESTIONS[0])
    await people.answered()
    async with asyncio.timeout(30):
        while 'bot_updates_total{state="answered"} 1.0' not in (numbers := (await bot.get("/metrics"))[1]):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # seen is not stored yet
    assert ("bot_polls_total" in numbers and 'bot_polls_total{outcome="ok"}' in numbers) == (mode == "polling")
    status, said = await bot.run("doctor")
    assert status == 0, said
    assert [line.split()[1] for line in said.splitlines()] == ["network:", "token:", "database:", "speeches:", "fonts:"]
    assert TOKEN not in said
    assert await bot.stop() == 0


async def test_a_forged_webhook_is_refused_by_the_real_program(people: People, tmp_path: Path) -> None:
    bot = program("webhook", tmp_path, people)
    await bot.start()
    async with aiohttp.ClientSession() as session:
        for secret, status in ((SECRET[:-1], 403), ("", 403), (SECRET, 200)):
            update = {"update_id": 1}
            async with session.post(f"{bot.web}/hook", json=update, headers={HEADER: secret}) as response:
                assert response.status == status
    assert await bot.stop() == 0


async def test_the_doctor_without_network_names_a_remedy_and_no_secret(tmp_path: Path) -> None:
    bot = Program(tmp_path, "http://127.0.0.1:9/bot", free_port())
    status, said = await bot.run("doctor")
    assert status == 1
    assert "127.0.0.1:9 cannot be reached" in said
    assert TOKEN not in said
