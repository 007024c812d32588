"""Starting, stopping and everything that keeps the bot from running: a clear line each, never with the token."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.cli.doctor import examine
from bot.demo import FIRST_USER, LocalApi, start
from bot.edge.app import build
from bot.edge.polling import PATIENT, Poller
from bot.edge.transport import AiohttpRequest
from bot.health import LastAnswer
from bot.metrics import Metrics
from bot.state.store_error import StoreCorrupt, StoreInUse
from tests.bot.edge.conftest import running
from tests.kit.crowd import until
from tests.kit.echo import Echo, EdgeSettings, run_alone


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING)


REFUSALS = [
    ({"token": ""}, "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather"),
    ({"token": "12345:wrong-wrong-wrong-wrong-wrong"}, "Telegram does not accept TELEGRAM_BOT_TOKEN"),
    ({"webhook_url": "https://example.org/hook"}, "BOT_WEBHOOK_SECRET is not set"),
    ({"webhook_url": "https://example.org/hook", "webhook_secret": "x"}, "BOT_WEB_PORT is not set"),
]


@pytest.mark.parametrize(("change", "message"), REFUSALS)
async def test_what_cannot_run_says_why_and_ends_with_1(
    settings: EdgeSettings, caplog: pytest.LogCaptureFixture, change: dict[str, Any], message: str
) -> None:
    settings = replace(settings, **change)
    assert await run_alone(settings, Echo(), stop=asyncio.Event()) == 1
    assert message in said(caplog)
    assert not settings.token or settings.token not in caplog.text


async def test_a_damaged_database_stops_the_start_and_is_left_alone(settings: EdgeSettings, tmp_path: Path) -> None:
    path = tmp_path / "state" / "bot.db"
    path.write_bytes(b"damaged" * 999)
    with pytest.raises(StoreCorrupt, match="the database is damaged; move the file away"):
        await run_alone(settings, Echo(), stop=asyncio.Event())
    assert path.read_bytes() == b"damaged" * 999


async def test_a_second_process_on_the_same_file_is_refused(settings: EdgeSettings, echo: Echo) -> None:
    async with running(settings, echo):
        with pytest.raises(StoreInUse, match="another process of this bot is running on it"):
            await run_alone(settings, Echo(), stop=asyncio.Event())


@pytest.mark.slow
async def test_a_second_poller_makes_one_of_both_end_with_1(
    settings: EdgeSettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stops = [asyncio.Event(), asyncio.Event()]
    other = replace(settings, database_url=f"sqlite:///{tmp_path}/other/bot.db")
    tasks = [asyncio.create_task(run_alone(s, Echo(), stop=e)) for s, e in zip((settings, other), stops, strict=True)]
    done, left = await asyncio.wait(tasks, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    for stop in stops:
        stop.set()
    assert sorted([task.result() for task in done] + [await task for task in left]) in ([0, 1], [1, 1])
    assert "another process fetches the updates of this bot; stop it" in said(caplog)


async def test_without_a_network_it_keeps_trying_until_there_is_one(
    settings: EdgeSettings, echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    async with await start(token=settings.token) as gone:
        address = gone.base_url
    port = int(address.split(":")[2].split("/")[0])
    stop = asyncio.Event()
    ready: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(run_alone(replace(settings, api_base=address), echo, stop=stop, on_ready=ready.set_result))
    await until(lambda: "cannot reach the Bot API" in caplog.text)
    async with await start(port=port, token=settings.token) as back:
        await asyncio.wait_for(ready, 60)
        assert (await back.people.ask(FIRST_USER, "问")).text.content == "问"
        stop.set()
        assert await task == 0


async def test_a_stop_while_the_network_is_away_is_heard(settings: EdgeSettings) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(run_alone(replace(settings, api_base="http://127.0.0.1:9/bot"), Echo(), stop=stop))
    await asyncio.sleep(0)
    stop.set()
    assert await asyncio.wait_for(task, 60) == 0


async def test_menus_are_set_in_every_language_and_a_failure_does_not_matter(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    api.faults.plan("500", "setmydescription")
    async with running(settings, echo):
        assert (await api.people.ask(FIRST_USER, "问")).text.content == "问"
    async with running(settings, echo):
        await until(lambda: api.api.answered["setmyshortdescription", 200] >= 3)
    assert api.api.answered["setmycommands", 200] >= 8
    group = next(c for c in api.state.chats.values() if c.is_group)
    menus = [{c["command"] for c in api.world.menus.shown(chat, FIRST_USER, "zh")} for chat in (api.state.chats[FIRST_USER], group)]
    assert menus[0] - menus[1] == {"saved"}


@pytest.mark.slow
async def test_while_the_database_refuses_updates_stay_with_telegram_and_are_answered_later(
    api: LocalApi, echo: Echo, settings: EdgeSettings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings, echo, web_port=0) as port, aiohttp.ClientSession() as session:
        path = settings.database_url.removeprefix("sqlite:///")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        mark = api.people.mark
        api.people.send(FIRST_USER, "问")
        await until(lambda: "cannot store updates" in caplog.text)
        assert not echo.asked
        async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert (response.status, "locked by another program" in await response.text()) == (503, True)
        other.close()
        assert (await api.people.message(FIRST_USER, after=mark, within=60)).text.content == "问"
        async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200


# -- polling by itself


class Intake:
    """Collects updates."""

    full = False

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.arrived = asyncio.Event()
        self.renewals = 0

    async def renewed(self) -> None:
        self.renewals += 1

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        self.updates += updates
        self.arrived.set()


@pytest.mark.slow
async def test_a_stalled_poll_is_noticed_and_renewed(api: LocalApi, settings: EdgeSettings) -> None:
    request, polls = AiohttpRequest(), AiohttpRequest()
    bot = build(settings, request, polls).bot
    await bot.initialize()
    renewals: list[int] = []

    async def renew() -> None:
        renewals.append(1)
        await request.renew()

    api.faults.plan("hang", "getupdates")
    intake = Intake()
    poller = Poller(bot, intake, LastAnswer(), Metrics(), renew, poll_seconds=1, stall_seconds=0.3)
    task = asyncio.create_task(poller.run())
    api.people.send(FIRST_USER, "问")
    await asyncio.wait_for(intake.arrived.wait(), 60)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await bot.shutdown()
    assert renewals


@pytest.mark.slow
async def test_a_network_that_becomes_slow_is_found_to_be_so(api: LocalApi, settings: EdgeSettings) -> None:
    """Every answer is later than polls are waited for."""
    bot = build(settings, AiohttpRequest(), AiohttpRequest()).bot
    await bot.initialize()
    intake = Intake()
    poller = Poller(bot, intake, LastAnswer(), Metrics(), intake.renewed, poll_seconds=1, stall_seconds=0.05)
    task = asyncio.create_task(poller.run())
    await asyncio.sleep(0.5)  # until it knows the network to be quick
    api.faults.latency = 1.5
    for question in ("问", "再问"):
        intake.arrived.clear()
        api.people.send(FIRST_USER, question)
        await asyncio.wait_for(intake.arrived.wait(), 20)
    assert intake.renewals >= PATIENT - 1
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await bot.shutdown()


async def test_the_webhook_of_an_earlier_run_does_not_stop_polling(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    request = AiohttpRequest()
    bot = build(settings, request, AiohttpRequest()).bot
    await bot.initialize()
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await bot.shutdown()
    async with running(settings, echo):
        assert (await api.people.ask(FIRST_USER, "问")).text.content == "问"


# -- the transport by itself

Broken = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def test_no_transport_error_names_the_token(settings: EdgeSettings) -> None:
    from telegram.error import TelegramError

    bases = ["http://127.0.0.1:9/bot", "http://no.such.host.invalid/bot", "nonsense/bot", "http://[/bot"]
    for base in bases:
        request = AiohttpRequest()
        await request.initialize()
        with pytest.raises(TelegramError) as caught:
            await request.post(f"{base}{settings.token}/getMe")
        await request.shutdown()
        error: BaseException | None = caught.value
        while error is not None:
            assert settings.token not in f"{error!r}{error}", base
            error = error.__cause__


async def test_the_doctor_finds_everything_well(settings: EdgeSettings) -> None:
    findings = await examine(settings, speeches=lambda: "6 speeches", documents=lambda: "all", fonts=lambda: "Noto Serif SC")
    assert [(f.name, f.well) for f in findings] == [
        (name, True) for name in ("network", "token", "reader", "database", "speeches", "documents", "fonts")
    ]


async def test_the_doctor_names_a_remedy_for_everything_that_is_not_well(settings: EdgeSettings) -> None:
    def missing() -> str:
        raise FileNotFoundError("no such folder")

    nowhere = "http://127.0.0.1:9"
    broken = replace(settings, token="1:x", api_base=f"{nowhere}/bot", database_url="sqlite:////proc/x.db", public_url=nowhere)
    findings = await examine(broken, speeches=missing, documents=missing, fonts=missing)
    assert [f.well for f in findings] == [False] * 7
    assert all(f.detail and f.remedy for f in findings)
    assert "1:x" not in str(findings)


REACHED = [(200, True, "answers"), (502, True, "answers 502, as a proxy does"), (404, False, "answers 404"), (302, False, "answers 302")]


@pytest.mark.parametrize(("status", "well", "detail"), REACHED)
async def test_the_doctor_says_how_the_pages_are_reached(settings: EdgeSettings, status: int, well: bool, detail: str) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/read", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        reached = replace(settings, public_url=f"http://127.0.0.1:{runner.addresses[0][1]}")
        findings = await examine(reached, speeches=str, documents=str, fonts=str)
    finally:
        await runner.cleanup()
    (found,) = (finding for finding in findings if finding.name == "reader")
    assert (found.well, detail in found.detail, bool(found.remedy)) == (well, True, not well)
