"""Faults and limits: what the bot's library sees of them."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.demo import FIRST_USER, LocalApi, start
from bot.demo.api.faults import KINDS, FaultKind, Faults
from tests.bot.demo.conftest import Caller, Clock, group_of

SEEN: dict[FaultKind, type[TelegramError]] = {
    "429": RetryAfter,
    "500": NetworkError,
    "502": NetworkError,
    "reset": NetworkError,
    "hang": TimedOut,
    "truncated": NetworkError,
    "bad_json": TelegramError,
}


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", KINDS)
async def test_each_fault_before_or_after_the_effect(api: LocalApi, kind: FaultKind, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library's own wish, else it warns
    api.people.send(FIRST_USER, "你好")
    api.faults.plan(kind, "sendMessage", after=after)
    request = HTTPXRequest(read_timeout=0.3)
    async with Bot(api.token, api.base_url, api.base_file_url, request) as bot:
        with pytest.raises(SEEN[kind]):
            await bot.send_message(FIRST_USER, "一")
        assert (len(api.people.messages(FIRST_USER)) == 2) is after
        assert (await bot.send_message(FIRST_USER, "二")).text == "二"
    assert api.faults.happened == [f"sendmessage {kind} {'after' if after else 'before'}"]


async def test_a_planned_429_says_how_long_to_wait(api: LocalApi, call: Caller) -> None:
    api.faults.plan("429", retry_after=7, count=2)
    for _ in range(2):
        answer = await call("getMe")
        assert answer["description"] == "Too Many Requests: retry after 7"
        assert answer["parameters"] == {"retry_after": 7}
    assert (await call("getMe"))["ok"]


def test_random_faults_repeat_with_their_seed() -> None:
    def happened(seed: int) -> list[str]:
        faults = Faults()
        faults.at_random(0.1, seed=seed, methods=["sendMessage"])
        for _ in range(500):
            faults.draw("sendmessage")
            faults.draw("getme")
        return faults.happened

    assert happened(1) == happened(1) != happened(2)
    assert 25 < len(happened(1)) < 80
    assert all(line.startswith("sendmessage") for line in happened(1))


async def test_an_unknown_fault_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'418'; expected one of 429, 500"):
        Faults().plan("418")  # type: ignore[arg-type]


async def test_closing_lets_hanging_requests_go() -> None:
    api = await start()
    api.faults.plan("hang")
    async with aiohttp.ClientSession() as session:
        hanging = asyncio.create_task(session.get(f"{api.base_url}{api.token}/getMe"))
        assert not (await asyncio.wait({hanging}, timeout=0.2))[0]
        await asyncio.wait_for(api.close(), 2)
        with pytest.raises(aiohttp.ClientError):
            await hanging


async def test_limits_are_enforced_with_the_time_to_wait(clock: Clock) -> None:
    async with await start(limits=True, now=clock) as api, aiohttp.ClientSession() as session:
        call = Caller(session, api)
        group = group_of(api)
        sent = [await call("sendMessage", chat_id=group.id, text="一") for _ in range(4)]
        assert [answer["ok"] for answer in sent] == [True, True, True, False]
        assert sent[3]["parameters"] == {"retry_after": 3}
        for _ in range(17):
            clock.seconds += 3
            assert (await call("sendMessage", chat_id=group.id, text="一"))["ok"]
        refused = await call("sendMessage", chat_id=group.id, text="一")
        assert refused["parameters"] == {"retry_after": 9}
        clock.seconds += 9
        assert (await call("sendMessage", chat_id=group.id, text="一"))["ok"]


async def test_no_more_than_thirty_a_second_over_all_chats(clock: Clock) -> None:
    async with await start(limits=True, now=clock) as api, aiohttp.ClientSession() as session:
        call = Caller(session, api)
        for user in range(1, 32):
            api.people.add_user(user, f"第{user}位")
            api.people.send(user, "你好")
        answers = [await call("sendMessage", chat_id=user, text="一") for user in range(1, 32)]
        assert [answer["ok"] for answer in answers] == [True] * 30 + [False]
        assert api.api.answered["sendmessage", 429] == 1


async def test_a_message_is_sent_though_its_sender_vanishes_while_waiting(api: LocalApi, session: aiohttp.ClientSession) -> None:
    sent = api.people.send(FIRST_USER, "你好")
    api.faults.latency = 0.2
    url = f"{api.base_url}{api.token}/sendMessage"
    with pytest.raises(TimeoutError):
        await session.post(url, json={"chat_id": FIRST_USER, "text": "一"}, timeout=aiohttp.ClientTimeout(total=0.1))
    assert (await api.people.message(FIRST_USER, after=sent.seq)).text.content == "一"
