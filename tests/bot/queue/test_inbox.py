"""The inbox by itself: whose row is whose, and in which order a new process answers what an old one left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.queue import inbox, outbox
from bot.queue.inbox import LEASE_SECONDS, Inbox
from bot.state.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/bot.db", (inbox.SCHEMA, outbox.SCHEMA))
    yield opened
    opened.close()


def question(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 7}, "text": f"问 {number}"}}


def process(store: Store, name: str, now: float, *, alone: bool = True) -> Inbox:
    return Inbox(store, name, alone=alone, clock=lambda: now)


CLOCKS = {"goes on": (1000.0, 1001.0, 1002.0), "stands still": (1000.0,) * 3, "is set back": (1000.0, 990.0, 980.0)}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS.keys())
async def test_what_killed_processes_left_comes_in_the_order_of_arrival(store: Store, clock: tuple[float, float, float]) -> None:
    first, second, third = (process(store, f"process {n}", now) for n, now in enumerate(clock))
    await first.accept([question(8)])
    await first.accept([question(9)])
    await second.take_over()
    await second.accept([question(10), question(11)])
    assert [job.key for job in await third.take_over()] == ["u8", "u9", "u10", "u11"]


async def test_of_several_processes_one_takes_over_a_row_once_its_lease_has_ended(store: Store) -> None:
    await process(store, "gone", 1000.0, alone=False).accept([question(8)])
    early = process(store, "early", 1000.0 + LEASE_SECONDS - 1, alone=False)
    late = [process(store, f"late {n}", 1000.0 + LEASE_SECONDS + 1, alone=False) for n in range(2)]
    assert await early.take_over() == []
    assert [len(await one.take_over()) for one in late] == [1, 0]
