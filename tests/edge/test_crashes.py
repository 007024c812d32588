"""Real processes over the strict local Bot API: killed, stopped, broken. Nobody's question may get lost."""

from __future__ import annotations

import asyncio
import random
import socket
import time

import pytest

from bot.demo import LocalApi
from bot.demo.faults import FaultKind

from .crowd import BotProcess, Crowd, by_webhook, integrity, rows
from .echo import EdgeSettings

pytestmark = pytest.mark.slow

WORKERS = 8


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_200_questions_survive_20_kills_at_random_moments(
    api: LocalApi, settings: EdgeSettings, mode: str
) -> None:
    settings = settings if mode == "polling" else by_webhook(settings, free_port())
    api.faults.latency = 0.03
    crowd, moments, kills = Crowd(api, 50), random.Random(5), 0
    crowd.ask(200)
    for _ in range(20):
        bot = BotProcess(settings)
        await bot.start()
        try:
            await crowd.answered(within=moments.uniform(0.0, 0.25))
        except TimeoutError:
            pass
        await bot.kill()
        kills += 1
        assert integrity(settings) == "ok"
        if not crowd.unanswered():
            crowd.ask(40)
    bot = BotProcess(settings)
    await bot.start()
    await crowd.answered()
    assert await bot.end() == 0
    assert not crowd.unanswered()
    assert crowd.duplicates() <= kills * WORKERS
    assert rows(settings, "SELECT count(*) FROM outbox") == [(0,)]


@pytest.mark.parametrize("moment", ["handed over", "acknowledged", "sent but unseen"])
async def test_a_kill_at_each_stage_loses_nothing(
    api: LocalApi, settings: EdgeSettings, moment: str
) -> None:
    crowd = Crowd(api, 10)
    if moment != "handed over":
        api.faults.plan("hang", "sendmessage", count=10, after=moment == "sent but unseen")
    bot = BotProcess(settings)
    await bot.start()
    crowd.ask(10)
    async with asyncio.timeout(10):
        while not api.api.answered.get(("getupdates", 200)) or (
            moment == "sent but unseen" and len(crowd.unanswered()) > 10 - WORKERS
        ):
            await asyncio.sleep(0.005)
    await bot.kill()
    api.faults.clear()
    await bot.start()
    await crowd.answered()
    assert await bot.end() == 0
    assert crowd.duplicates() <= WORKERS


async def test_a_stop_in_the_middle_ends_in_time_and_loses_nothing(
    api: LocalApi, settings: EdgeSettings
) -> None:
    api.faults.latency = 0.3
    crowd = Crowd(api, 50)
    crowd.ask(200)
    bot = BotProcess(settings)
    await bot.start()
    await crowd.answered(leaving=180)
    began = time.monotonic()
    assert await bot.end() == 0
    assert time.monotonic() - began < 10
    assert crowd.unanswered()
    api.faults.latency = 0.0
    await bot.start()
    await crowd.answered()
    assert await bot.end() == 0
    assert crowd.duplicates() == 0


FAULTS: list[FaultKind] = ["429", "500", "502", "reset", "hang", "truncated", "bad_json"]


@pytest.mark.parametrize("after", [False, True], ids=["before its effect", "after its effect"])
@pytest.mark.parametrize("method", ["sendmessage", "getupdates"])
@pytest.mark.parametrize("kind", FAULTS)
async def test_one_fault_loses_no_question(
    api: LocalApi, settings: EdgeSettings, kind: FaultKind, method: str, after: bool
) -> None:
    bot, crowd = BotProcess(settings), Crowd(api, 1)
    await bot.start()
    api.faults.plan(kind, method, after=after)
    crowd.ask(1)
    await crowd.answered(within=75)
    assert await bot.end() == 0
    assert crowd.duplicates() <= (1 if after and method == "sendmessage" else 0)
