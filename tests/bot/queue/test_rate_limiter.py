"""The limiter, over invented time: never above a limit as Telegram sees it, never idle without a reason, fair."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.queue.budget import RECOVERY, SLACK, SLOWER, SLOWEST, Budget, Departure, Limits
from bot.queue.rate_limiter import LENT_SECONDS, RateLimiter
from tests.kit.jumping import JumpingLoop

SMALL = Limits(overall=12, chat_seconds=1.0, chat_burst=2, group_minute=4)
chats = st.sampled_from([1, 2, 3, -1, -2])
delays = st.floats(0, 0.4)


def most_within(moments: list[float], seconds: float) -> int:
    return max((sum(a <= b < a + seconds for b in moments) for a in moments), default=0)


@given(st.lists(st.tuples(chats, delays, delays, delays), max_size=60))
def test_no_window_ever_holds_more_than_its_limit_however_the_network_delays(wishes: list[tuple[int, float, float, float]]) -> None:
    """Each message leaves, arrives after one delay, and its answer is back after another."""
    budget, now = Budget(SMALL), 0.0
    flying: list[tuple[float, Departure]] = []
    arrivals = defaultdict[int, list[float]](list)
    for chat, pause, there, back in wishes:
        now += pause
        while True:
            for landed, departure in sorted((one for one in flying if one[0] <= now), key=lambda one: one[0]):
                budget.land(departure, landed)
            flying = [one for one in flying if one[0] > now]
            at = max(budget.overall_at(now), budget.chat_at(chat, now))
            if at <= now:
                break
            now = min([at, *(landed for landed, _ in flying)])
        flying.append((now + there + back, budget.depart(chat, now)))
        arrivals[chat].append(now + there)
    assert most_within(sorted(itertools.chain.from_iterable(arrivals.values())), 1.0) <= SMALL.overall
    for chat, moments in arrivals.items():
        assert most_within(sorted(moments), 2.0) <= SMALL.chat_burst
        assert chat > 0 or most_within(sorted(moments), 60.0) <= SMALL.group_minute


@given(chats, st.floats(0.1, 1000))
def test_a_pause_is_kept_exactly(chat: int, seconds: float) -> None:
    budget = Budget(SMALL)
    budget.pause(chat, 10 + seconds, 10)
    assert budget.chat_at(chat, 10) == 10 + seconds


def test_three_chats_told_to_wait_make_everybody_wait() -> None:
    budget = Budget(SMALL)
    for chat in (1, 2):
        budget.pause(chat, 5.0, 0.0)
    assert budget.overall_at(0.0) == 0.0
    budget.pause(3, 7.0, 0.0)
    assert budget.overall_at(0.0) == 5.0


def test_after_a_refusal_for_two_chats_the_pace_is_slower_and_comes_back() -> None:
    budget = Budget(Limits())
    budget.pause(1, 1.0, 0.0)
    assert budget.pace(0.0) == 1.0  # one chat alone may have a limit of its own
    budget.pause(2, 1.0, 0.5)
    assert budget.pace(0.5) == SLOWER
    budget.pause(3, 1.0, 0.6)
    assert budget.pace(0.6) == pytest.approx(SLOWER + 0.1 * RECOVERY)  # at most once a second
    assert budget.pace(0.5 + (1 - SLOWER) / RECOVERY) == 1.0
    for second in range(100):
        budget.pause(second, second + 1.0, float(second))
    assert budget.pace(99.0) >= SLOWEST


def test_requests_that_hang_leave_a_third_of_the_limit_to_the_others() -> None:
    budget, now = Budget(Limits()), 0.0
    for _ in range(40):
        now = budget.overall_at(now)
        budget.depart(0, now)
    began = now
    for _ in range(100):
        now = budget.overall_at(now)
        budget.land(budget.depart(0, now), now)
    assert 9 < now - began < 11


def test_idle_chats_are_forgotten() -> None:
    budget = Budget(SMALL)
    for chat in range(1, 1001):
        budget.land(budget.depart(chat, float(chat)), float(chat))
    budget.forget_idle(5000.0)
    assert len(budget) == 0


# -- the queue before the limits

Send = Callable[..., Awaitable[None]]


def in_invented_time(work: Callable[[], Awaitable[None]]) -> None:
    with closing(JumpingLoop(moment=0.0)) as loop:
        loop.run_until_complete(asyncio.wait_for(work(), 10_000))


def sender(turns: RateLimiter, order: list[str], *, takes: float = 0.0) -> Send:
    async def send(name: str, chat: int, *, bulk: bool = False) -> None:
        async with turns.permit(chat, bulk=bulk):
            order.append(name)
            await asyncio.sleep(takes)

    return send


def test_a_flooder_delays_only_itself_and_bulk_waits_behind_answers() -> None:
    async def work() -> None:
        turns, order = RateLimiter(Limits(overall=5, chat_burst=1), 8), list[str]()
        send = sender(turns, order)
        await asyncio.gather(*(send("before", 0) for _ in range(5)))
        flood = [send("flood", 1) for _ in range(5)]
        bulk = [send("bulk", chat, bulk=True) for chat in range(100, 105)]
        others = [send("other", chat) for chat in range(2, 12)]
        await asyncio.gather(*flood, *bulk, *others)
        assert order.index("bulk") > max(n for n, name in enumerate(order) if name == "other")
        assert order[5:11].count("flood") <= 2
        assert turns.waiting == 0

    in_invented_time(work)


def test_in_the_middle_of_a_broadcast_an_answer_leaves_at_once() -> None:
    async def work() -> None:
        turns, order, loop = RateLimiter(Limits(), 8), list[str](), asyncio.get_running_loop()
        send = sender(turns, order, takes=0.2)
        broadcast = [asyncio.create_task(send("bulk", chat, bulk=True)) for chat in range(1000, 1300)]
        for _ in range(5):
            await asyncio.sleep(1.7)
            began = loop.time()
            async with turns.permit(7):
                assert loop.time() - began < 0.05
        assert 100 < order.count("bulk") < 220
        await asyncio.gather(*broadcast)

    in_invented_time(work)


def test_a_cancelled_wait_takes_no_turn() -> None:
    async def work() -> None:
        turns, loop = RateLimiter(Limits(overall=1), 1), asyncio.get_running_loop()
        async with turns.permit(1):
            pass
        waiting = asyncio.ensure_future(turns.admitted(2, bulk=False))
        await asyncio.sleep(0)
        waiting.cancel()
        began = loop.time()
        async with turns.permit(3):
            assert turns.waiting == 0
            assert loop.time() - began < 1.0 + SLACK + 0.5

    in_invented_time(work)


def test_a_turn_given_to_somebody_who_is_gone_is_given_back() -> None:
    async def work() -> None:
        turns = RateLimiter(Limits(), 1)
        waiting = asyncio.ensure_future(turns.admitted(2, bulk=False))
        await asyncio.sleep(0)  # the turn is given, but not yet taken
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        async with turns.permit(3):
            assert turns.waiting == 0

    in_invented_time(work)


def test_eight_requests_that_hang_hold_up_nobody_for_long() -> None:
    async def work() -> None:
        turns, order, loop = RateLimiter(Limits(), 8), list[str](), asyncio.get_running_loop()
        hanging = [asyncio.create_task(sender(turns, order, takes=20.0)("lost", chat)) for chat in range(1, 9)]
        await asyncio.sleep(0.2)
        began = loop.time()
        await asyncio.gather(*(sender(turns, order, takes=0.05)("quick", chat) for chat in range(20, 40)))
        assert loop.time() - began < LENT_SECONDS + 1.0
        await asyncio.gather(*hanging)

    in_invented_time(work)


def test_no_more_are_on_their_way_than_there_are_places_twice_as_many_while_they_take_long() -> None:
    async def work() -> None:
        for takes, most in ((LENT_SECONDS * 0.9, 4), (LENT_SECONDS * 3, 8)):
            turns, flying, seen = RateLimiter(Limits(overall=1000), 4), set[int](), [0]

            async def send(chat: int, turns: RateLimiter, flying: set[int], seen: list[int], takes: float) -> None:
                async with turns.permit(chat):
                    flying.add(chat)
                    seen.append(len(flying))
                    await asyncio.sleep(takes)
                    flying.discard(chat)

            await asyncio.gather(*(send(chat, turns, flying, seen, takes) for chat in range(1, 60)))
            assert max(seen) == most

    in_invented_time(work)


@pytest.mark.parametrize("people", [50, 500])
def test_many_at_once_leave_as_fast_as_the_limit_allows(people: int) -> None:
    chance = random.Random(3)

    async def work() -> None:
        turns, loop = RateLimiter(Limits(), 16), asyncio.get_running_loop()
        began, arrived = loop.time(), list[float]()

        async def send(chat: int) -> None:
            async with turns.permit(chat):
                await asyncio.sleep(chance.uniform(0, 0.1))
                arrived.append(loop.time() - began)
                await asyncio.sleep(chance.uniform(0, 0.1))

        await asyncio.gather(*(send(chat) for chat in range(1, people + 1)))
        assert most_within(arrived, 1.0) <= 30
        assert sorted(arrived)[people // 2] <= people / 50
        assert arrived[0] <= 0.1

    in_invented_time(work)
