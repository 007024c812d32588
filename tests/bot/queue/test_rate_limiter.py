"""The limiter, over invented time: never above a limit, never idle without a reason, fair."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from bot.queue.rate_limiter import SLACK, Budget, Limits, RateLimiter
from tests.kit.jumping import JumpingLoop

SMALL = Limits(overall=5, chat_seconds=1.0, chat_burst=2, group_minute=4)
chats = st.sampled_from([1, 2, 3, -1, -2])


def most_within(moments: list[float], seconds: float) -> int:
    return max((sum(a <= b < a + seconds for b in moments) for a in moments), default=0)


@given(st.lists(st.tuples(chats, st.floats(0, 0.4)), max_size=60))
def test_no_window_ever_holds_more_than_its_limit(wishes: list[tuple[int, float]]) -> None:
    budget, now, sends = Budget(SMALL), 0.0, defaultdict[int, list[float]](list)
    for chat, pause in wishes:
        now += pause
        now = max(budget.overall_at(now), budget.chat_at(chat, now))
        budget.spend(chat, now)
        sends[chat].append(now)
    everything = sorted(itertools.chain.from_iterable(sends.values()))
    assert most_within(everything, 1.0) <= SMALL.overall
    for chat, moments in sends.items():
        assert most_within(moments, 2.0) <= SMALL.chat_burst
        assert chat > 0 or most_within(moments, 60.0) <= SMALL.group_minute


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


def test_idle_chats_are_forgotten() -> None:
    budget = Budget(SMALL)
    for chat in range(1, 1001):
        budget.spend(chat, float(chat))
    budget.forget_idle(5000.0)
    assert len(budget) == 0


def test_a_flooder_delays_only_itself_and_bulk_waits_behind_answers() -> None:
    async def everybody() -> list[str]:
        turns, order = RateLimiter(Limits(overall=5, chat_seconds=0.01, chat_burst=1)), list[str]()
        while turns.try_take(0):
            pass  # the second's messages are spent, so everybody has to queue

        async def send(name: str, chat: int, *, bulk: bool = False) -> None:
            await turns.take(chat, bulk=bulk)
            order.append(name)

        flood = [send("flood", 1) for _ in range(5)]
        bulk = [send("bulk", chat, bulk=True) for chat in range(100, 105)]
        others = [send("other", chat) for chat in range(2, 12)]
        await asyncio.gather(*flood, *bulk, *others)
        assert turns.waiting == 0
        return order

    with closing(JumpingLoop()) as loop:
        order = loop.run_until_complete(everybody())
    assert order.index("bulk") > max(n for n, name in enumerate(order) if name == "other")
    assert order[:6].count("flood") <= 2


def test_a_cancelled_wait_takes_no_turn() -> None:
    async def third() -> float:
        turns = RateLimiter(Limits(overall=1))
        assert turns.try_take(1)
        waiting = asyncio.ensure_future(turns.take(2))
        await asyncio.sleep(0)
        waiting.cancel()
        began = asyncio.get_running_loop().time()
        await turns.take(3)
        assert turns.waiting == 0
        return asyncio.get_running_loop().time() - began

    with closing(JumpingLoop()) as loop:
        assert loop.run_until_complete(third()) < 1.0 + SLACK + 0.5
