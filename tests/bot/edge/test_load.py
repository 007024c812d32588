"""A bot as a process before a Bot API that keeps Telegram's limits: many at once, slow networks, broadcasts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from bot.demo import LocalApi, start
from tests.kit.arrivals import busy, kept_waiting, most_within, refused
from tests.kit.crowd import BotProcess, Crowd, until
from tests.kit.echo import EdgeSettings

pytestmark = pytest.mark.slow

FIRST_SECONDS = 0.1
SETTLED_SECONDS = 1.5  # until menus are set and the first tick is over


@pytest.fixture
async def limited(settings: EdgeSettings) -> AsyncIterator[LocalApi]:
    async with await start(token=settings.token, limits=True) as api:
        yield api


@asynccontextmanager
async def bot_at(api: LocalApi, settings: EdgeSettings, **changes: object) -> AsyncIterator[BotProcess]:
    """The bot takes updates inside the block, and stops well after it."""
    bot = BotProcess(replace(settings, api_base=api.base_url, web_port=0, **changes), unlimited=False)
    await bot.start()
    await asyncio.sleep(SETTLED_SECONDS)
    api.api.arrivals.clear()
    api.api.answered.clear()
    try:
        yield bot
    finally:
        assert await bot.end() == 0


def sent(api: LocalApi, method: str = "sendmessage") -> int:
    return api.api.answered[method, 200]


async def get(bot: BotProcess, path: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{bot.port}{path}") as response:
        return await response.text()


@pytest.mark.parametrize(("people", "jitter"), [(50, 0.0), (120, 0.3), (500, 0.0), (800, 0.3)])
async def test_all_at_once_are_answered_at_the_limit_and_never_above_it(
    limited: LocalApi, settings: EdgeSettings, people: int, jitter: float
) -> None:
    async with bot_at(limited, settings) as bot:
        limited.faults.jitter = jitter
        crowd, began, without = Crowd(limited, people), time.monotonic(), kept_waiting(bot.process.pid)
        crowd.ask(people)
        await until(lambda: sent(limited) > 0, 10)
        waited = max(0.0, kept_waiting(bot.process.pid) - without)  # for a processor, while others begin
        await until(lambda: sent(limited) >= people and not crowd.unanswered(), people / 20 * busy() + 10)
    arrivals = [moment - began for moment in limited.api.arrivals]
    assert refused(limited) <= (people / 100 if jitter else 0)
    assert most_within(arrivals, 1.0) <= 30
    assert arrivals[0] <= FIRST_SECONDS * busy() + jitter + waited
    assert sorted(arrivals)[people // 2] <= people / 50 * (1 + jitter) * busy()
    assert crowd.duplicates() == 0


async def test_a_limit_lower_than_promised_is_found_and_mostly_kept(settings: EdgeSettings) -> None:
    """A refusal makes the pace slower, and it comes back little by little: one in fifty is refused."""
    async with await start(token=settings.token, limits=True, overall=22) as api, bot_at(api, settings) as bot:
        crowd = Crowd(api, 600)
        crowd.ask(600)
        await until(lambda: sent(api) >= 600 and not crowd.unanswered(), 90 * busy())
        assert "bot_pace 1.0" not in await get(bot, "/metrics")
        assert 0 < refused(api) <= 600 / 50


async def test_seven_thousand_at_once_are_answered_at_the_limit_and_health_says_so(limited: LocalApi, settings: EdgeSettings) -> None:
    async with bot_at(limited, settings) as bot:
        crowd, began = Crowd(limited, 7000), time.monotonic()
        crowd.ask(7000)
        await asyncio.sleep(10)
        assert "overloaded: who asks now waits for about" in await get(bot, "/healthz")
        assert 'bot_state{state="overloaded"} 1.0' in await get(bot, "/metrics")
        await asyncio.sleep(10)
        seconds = time.monotonic() - began
        assert sent(limited) / seconds > 24 / busy()
        assert refused(limited) == 0
        assert most_within(list(limited.api.arrivals), 1.0) <= 30


@pytest.mark.parametrize("fate", ["slow", "hang"])
async def test_eight_requests_that_take_long_hold_up_nobody(limited: LocalApi, settings: EdgeSettings, fate: str) -> None:
    async with bot_at(limited, settings):
        if fate == "hang":
            limited.faults.plan("hang", "sendmessage", count=8)
        else:
            limited.faults.latency_of["sendmessage"] = 3.0
        first = Crowd(limited, 8)
        first.ask(8)
        await until(lambda: len(limited.faults.happened) == 8 or fate == "slow", 10)
        await asyncio.sleep(0.3)  # all eight are on their way
        limited.faults.latency_of.clear()
        others, began = Crowd(limited, 20, first=9_000), time.monotonic()
        others.ask(20)
        await others.answered(within=30)
        assert time.monotonic() - began < 1.0 * busy() + 1.0  # the twentieth has 0.7 s to wait for its turn
        assert refused(limited) == 0
        limited.faults.clear()
        await first.answered(within=60)


async def test_sixty_quick_taps_of_one_person_are_all_answered_and_end_with_the_last(limited: LocalApi, settings: EdgeSettings) -> None:
    async with bot_at(limited, settings):
        crowd = Crowd(limited, 1)
        [person] = crowd.users
        card = await limited.people.ask(person, "问")
        began = time.monotonic()
        for number in range(60):
            limited.people.send_callback(person, card, f"tap {number}")
        await until(lambda: sent(limited, "answercallbackquery") == 60, 10)
        assert time.monotonic() - began < 2.0 * busy()
        last = lambda: limited.people.messages(person)[-1].text.content == f"card tap 59 {person}"  # noqa: E731
        await until(last, 20)
        assert refused(limited) == 0
        assert sent(limited, "editmessagetext") < 10


@pytest.mark.parametrize("kind", ["taps", "queries"])
@pytest.mark.parametrize("people", [1, 200])
async def test_two_hundred_taps_or_queries_at_once_are_all_answered(
    limited: LocalApi, settings: EdgeSettings, kind: str, people: int
) -> None:
    async with bot_at(limited, settings):
        crowd = Crowd(limited, people)
        cards = {}
        if kind == "taps":
            crowd.ask(people)
            await crowd.answered()
            cards = {user: limited.people.messages(user)[-1] for user in crowd.users}
        for number in range(200):
            user = crowd.users[number % people]
            if kind == "taps":
                limited.people.send_callback(user, cards[user], f"tap {number}")
            else:
                limited.people.type_inline(user, f"query {number}")
        method = "answercallbackquery" if kind == "taps" else "answerinlinequery"
        await until(lambda: sent(limited, method) == 200, 10 * busy())
        assert refused(limited) == 0


@pytest.mark.parametrize("how", ["refuses", "polls hang"])
async def test_after_telegram_was_away_nobody_waits_for_long(settings: EdgeSettings, how: str) -> None:
    async with await start(token=settings.token) as api, bot_at(api, settings) as bot:
        if how == "refuses":
            port = int(api.page_url.rsplit(":", 1)[1].strip("/"))
            await api.close()
            await asyncio.sleep(20)
            assert "waiting for Telegram" in await get(bot, "/healthz")
            api = await start(port=port, token=settings.token)
        else:
            api.faults.plan("hang", "getupdates", count=1000)
            await asyncio.sleep(20)
            assert "waiting for Telegram" in await get(bot, "/healthz")
            api.faults.end_planned()
        crowd = Crowd(api, 5)
        crowd.ask(5)
        began = time.monotonic()
        await crowd.answered(60)
        assert time.monotonic() - began < 3.0 * busy()
        async with asyncio.timeout(20):
            while await get(bot, "/healthz") != "ok\n":  # noqa: ASYNC110  another process: no event tells
                await asyncio.sleep(0.1)
        await api.close()
