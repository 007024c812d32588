"""What whoever runs the bot sees of it: its state in time, one line in the log for each, numbers for a dashboard."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
from dataclasses import replace

import aiohttp
import pytest

from bot.contract.response import ChatKind
from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.edge.app import build
from bot.edge.menus import MenuPublisher
from bot.edge.transport import AiohttpRequest
from bot.health import OVERLOADED_SECONDS
from bot.metrics import Metrics
from bot.settings.config import HERE
from tests.bot.edge.conftest import running
from tests.bot.edge.test_crashes import free_port
from tests.kit.crowd import BotProcess, Crowd, until
from tests.kit.echo import Echo, EdgeSettings


async def get(port: int | None, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


@pytest.mark.slow
async def test_a_chat_that_telegram_told_to_wait_is_nobodys_illness(api: LocalApi, settings: EdgeSettings) -> None:
    bot = BotProcess(replace(settings, web_port=0))
    await bot.start()
    api.faults.plan("429", "sendmessage", retry_after=300)
    api.people.send(FIRST_USER, "问")
    await until(lambda: api.faults.happened != [])
    await asyncio.sleep(OVERLOADED_SECONDS + 2)
    assert (await api.people.ask(SECOND_USER, "问")).text.content == "问"
    assert await get(bot.port, "/healthz") == (200, "ok\n")
    assert await bot.end() == 0


@pytest.mark.slow
async def test_calls_that_never_end_stop_nobody_and_health_is_red(api: LocalApi, settings: EdgeSettings) -> None:
    bot = BotProcess(replace(settings, web_port=0))
    await bot.start()
    lost, others = Crowd(api, 8), Crowd(api, 20, first=9_000)
    lost.ask(8, "hang")
    others.ask(20)
    await others.answered(20)
    await lost.answered(60)  # with an apology
    assert {message.text.content for user in lost.users for message in api.people.messages(user)[1:]} == {"抱歉"}
    status, said = await get(bot.port, "/healthz")
    assert (status, said.startswith("degraded: 8 calls did not end")) == (503, True)
    others.ask(20)
    await others.answered(20)
    await bot.kill()


@pytest.mark.slow
async def test_a_database_that_refuses_for_long_is_one_line_not_ninety_a_second(
    api: LocalApi, echo: Echo, settings: EdgeSettings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings, echo):
        api.faults.latency = 1.0
        crowd = Crowd(api, 16)
        crowd.ask(16)
        await until(lambda: len(echo.asked) == 16)
        path = settings.database_url.removeprefix("sqlite:///")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        crowd.ask(16)
        await asyncio.sleep(12)
        other.close()
        await crowd.answered(60)
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert 0 < len(told) <= 4, [record.getMessage() for record in told]
    assert crowd.duplicates() == 0


async def test_menus_follow_the_service_and_are_told_only_when_they_changed(api: LocalApi, settings: EdgeSettings) -> None:
    class Changing(Echo):
        words = "帮助"

        def commands(self, language: str, kind: ChatKind = "private") -> tuple[tuple[str, str], ...]:
            return (("help", f"{self.words} {language} {kind}"),)

    bot, service = build(settings, AiohttpRequest(), AiohttpRequest()).bot, Changing()
    await bot.initialize()
    menus = MenuPublisher(bot, service)
    told = lambda: api.api.answered["setmycommands", 200]  # noqa: E731
    api.faults.plan("500", "setmycommands", count=1)
    await menus.bring_up_to_date()
    assert told() == 0
    for _ in range(2):
        await menus.bring_up_to_date()
        assert told() == 6
    service.words = "求助"
    await menus.bring_up_to_date()
    assert told() == 12
    assert (await bot.get_my_commands())[0].description == "求助 zh private"
    await bot.shutdown()


async def test_health_and_numbers_can_have_a_port_of_their_own_that_no_proxy_publishes(
    api: LocalApi, echo: Echo, settings: EdgeSettings
) -> None:
    health, web = free_port(), free_port()
    url = f"http://127.0.0.1:{web}/hook"
    async with running(settings, echo, webhook_url=url, webhook_secret="s3cret", web_port=web, health_port=health):
        assert (await api.people.ask(FIRST_USER, "问")).text.content == "问"
        assert await get(health, "/healthz") == (200, "ok\n")
        assert (await get(health, "/metrics"))[0] == 200
        assert [(await get(web, path))[0] for path in ("/healthz", "/metrics")] == [404, 404]
        assert (await get(health, "/hook"))[0] == 404


async def test_an_answer_is_one_line_at_debug(api: LocalApi, echo: Echo, settings: EdgeSettings, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        async with running(settings, echo):
            await api.people.ask(FIRST_USER, "问")
            api.people.send(FIRST_USER, "parts 2")
            await until(lambda: caplog.text.count("answered") == 2)
    answered = [record for record in caplog.records if record.getMessage() == "answered"]
    assert [record.__dict__["parts"] for record in answered] == [1, 2]
    assert all({"handle_ms", "wait_ms", "send_ms", "all_ms"} <= record.__dict__.keys() for record in answered)


def test_the_dashboard_shows_numbers_that_exist() -> None:
    board = json.loads((HERE / "docs" / "grafana.json").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    shown = {re.sub(r"_(total|bucket|sum|count)$", "", name) for expr in asked for name in re.findall(r"bot_\w+", expr)}
    there = {family.name for family in Metrics().registry.collect()}
    assert shown == there
