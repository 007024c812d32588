"""The inbox by itself: whose row is whose, in which order it is answered, and what cannot be stored."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.database import SCHEMAS
from bot.queue import outbox
from bot.queue.inbox import Inbox
from bot.queue.job import TakenOver
from bot.queue.lease import Lease
from bot.queue.payload import as_stored, lane_of
from bot.state import personal_data, process_table
from bot.state.inbox_table import ASIDE_SECONDS, DONE_SECONDS, inbox, sweep
from bot.state.process_table import Usage
from bot.state.schema import advance
from bot.state.store import Store, open_store
from bot.state.store_error import StoreUnreachable
from tests.kit.crowd import until
from tests.kit.cutting_proxy import cutting
from tests.kit.postgres import Cluster


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with closing(open_store(database_url, SCHEMAS)) as opened:
        yield opened


@pytest.fixture
def shared(cluster: Cluster) -> Iterator[Store]:
    """A database on which several processes may work."""
    with closing(open_store(cluster.create(), SCHEMAS)) as opened:
        yield opened


def question(number: int, chat: int = 7) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": f"问 {number}"}}


async def process(store: Store, now: float = 1000.0) -> Inbox:
    """The inbox of a process that has just started."""
    lease = Lease(store)
    await lease.join()
    return Inbox(store, lease, clock=lambda: now)


async def die(process: Inbox, store: Store) -> None:
    """Its lease ends without a word; the others have noticed at their next renewal."""
    with store.quick() as connection:
        mine = process_table.processes.c.name == process.lease.name
        connection.execute(sa.update(process_table.processes).where(mine).values(until=1.0))


async def beat(*processes: Inbox) -> None:
    for one in processes:
        name, standing = await asyncio.to_thread(one.lease._renewed, Usage())
        await one.lease._know(name, standing, asyncio.get_running_loop().time())


def keys(jobs: Any) -> list[str]:
    return [job.key for job in jobs.jobs]


CLOCKS = {"goes on": (1000.0, 1001.0, 1002.0), "stands still": (1000.0,) * 3, "is set back": (1000.0, 990.0, 980.0)}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS.keys())
async def test_what_killed_processes_left_comes_in_the_order_of_arrival(store: Store, clock: tuple[float, float, float]) -> None:
    first = await process(store, clock[0])
    await first.accept([question(8)])
    await first.accept([question(9)])
    await die(first, store)
    second = await process(store, clock[1])
    await second.take_over()
    await second.accept([question(10), question(11)])
    await die(second, store)
    third = await process(store, clock[2])
    assert keys(await third.take_over()) == ["u8", "u9", "u10", "u11"]


@pytest.mark.slow
async def test_the_rows_of_a_process_go_to_the_one_that_leads_once_its_lease_has_ended(shared: Store) -> None:
    gone, first, second = [await process(shared) for _ in range(3)]
    await gone.accept([question(8)])
    assert [keys(await one.take_over()) for one in (first, second)] == [[], []]
    await die(gone, shared)
    await beat(first, second)
    assert [one.lease.leads for one in (first, second)] == [True, False]
    assert [keys(await one.take_over()) for one in (second, first, first)] == [[], ["u8"], []]


@pytest.mark.slow
async def test_who_was_declared_dead_goes_on_under_a_new_name_with_nothing_in_hand(shared: Store) -> None:
    late, other = [await process(shared) for _ in range(2)]
    [job] = (await late.accept([question(8)])).jobs
    await late.hold(job)
    await die(late, shared)
    await beat(other)
    assert keys(await other.take_over()) == ["u8"]
    before = late.lease.name
    await beat(late)
    assert late.lease.name != before
    with pytest.raises(TakenOver):
        await late.hold(job)


@pytest.mark.slow
async def test_what_is_stored_while_the_name_changes_is_not_lost(shared: Store) -> None:
    one, gate = await process(shared), threading.Event()
    before = asyncio.ensure_future(shared.run(lambda _: gate.wait()))
    accepting = asyncio.ensure_future(one.accept([question(8)]))
    await asyncio.sleep(0)
    with shared.quick() as connection:
        process_table.leave(connection, one.lease.name)
    await beat(one)
    gate.set()
    [job] = (await accepting).jobs
    with pytest.raises(TakenOver):
        await one.hold(job)
    assert keys(await one.take_over()) == ["u8"]
    assert await before


@pytest.mark.slow
async def test_the_questions_of_a_chat_go_to_the_process_that_has_its_work(shared: Store) -> None:
    one, other = [await process(shared) for _ in range(2)]
    assert keys(await one.accept([question(8)])) == ["u8"]
    assert keys(await other.accept([question(9), question(10, chat=3), question(11)])) == ["u10"]
    assert keys(await one.take_over()) == ["u9", "u11"]
    assert keys(await other.take_over()) == []
    await shared.write(*one.done("u8"), *one.done("u9"), *one.done("u11"))
    assert keys(await other.accept([question(12)])) == [], "its limits of a minute are with the first one"
    assert keys(await one.take_over()) == ["u12"]


@pytest.mark.slow
async def test_what_is_given_while_its_owner_looks_is_not_lost(shared: Store) -> None:
    """The look is held up after it has seen what was there, before it notes that it has it."""
    stores = [open_store(shared.url.render_as_string(hide_password=False), SCHEMAS) for _ in range(2)]
    giver, owner = [await process(store) for store in stores]
    await owner.accept([question(1)])
    await giver.accept([question(2)])
    with shared.quick() as other:
        other.exec_driver_sql("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        looking = asyncio.ensure_future(owner.take_over())
        waits = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        await until(lambda: other.execute(waits).scalar_one() == 1)
        await giver.accept([question(3)])
    assert keys(await looking) == ["u2"]
    assert keys(await owner.take_over()) == ["u3"]
    for store in stores:
        store.close()


@pytest.mark.slow
async def test_a_chat_that_waits_for_the_work_of_the_dead_is_not_overtaken(shared: Store) -> None:
    gone, one, other = [await process(shared) for _ in range(3)]
    await gone.accept([question(8), question(9)])
    await die(gone, shared)
    assert keys(await other.accept([question(10)])) == []
    await beat(one, other)
    assert keys(await one.take_over()) == ["u8", "u9", "u10"]


@pytest.mark.slow
async def test_clocks_that_differ_do_not_change_the_order_of_a_chat(shared: Store) -> None:
    ahead, behind = await process(shared, 1000.0), await process(shared, 900.0)
    await ahead.accept([question(8)])
    await behind.accept([question(9), question(10)])
    await die(ahead, shared)
    await die(behind, shared)
    third = await process(shared, 950.0)
    assert keys(await third.take_over()) == ["u8", "u9", "u10"]


@pytest.mark.slow
async def test_the_same_update_at_two_processes_at_once_is_one_job(shared: Store) -> None:
    stores = [open_store(shared.url.render_as_string(hide_password=False), SCHEMAS) for _ in range(2)]
    processes = [await process(store) for store in stores]
    found = await asyncio.gather(*(one.accept([question(n)]) for n in range(20) for one in processes))
    given = [await one.take_over() for one in processes]  # what one stored and the chat's other owner works on
    assert sorted(key for received in (*found, *given) for key in keys(received)) == sorted(f"u{n}" for n in range(20))
    for store in stores:
        store.close()


@pytest.mark.slow
async def test_a_commit_whose_answer_was_lost_is_found_again(cluster: Cluster) -> None:
    """The retry finds a known update, which nobody has in memory."""
    async with cutting(cluster) as proxy:
        with closing(await asyncio.to_thread(open_store, proxy.url, SCHEMAS)) as store:
            one = await process(store)
            await one.accept([question(7)])
            proxy.cut_after_commit()
            with pytest.raises(StoreUnreachable):
                await one.accept([question(8)])
            assert keys(await one.accept([question(8)])) == []
            assert keys(await one.take_over()) == ["u8"]
            assert keys(await one.take_over()) == []


# -- what cannot be stored


async def test_one_update_that_is_none_is_set_aside_and_the_others_go_on(store: Store) -> None:
    one = await process(store)
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    odd = [{"update_id": 2, "x": object()}, {"update_id": 3, "message": {"chat": 7}}, {"update_id": 4, "x": nested}]
    accepted = await one.accept([question(1), *odd, question(5), {"update_id": 10**90}])
    assert keys(accepted) == ["u1", "u3", "u5", f"u{10**90}"[:80]]
    assert accepted.aside == ("u2", "u4")
    assert (await one.accept(odd)).aside == ()


async def test_a_stored_row_that_this_program_does_not_read_is_set_aside(store: Store) -> None:
    one = await process(store)
    await one.accept([question(1), question(2), question(3)])
    plan = outbox.plan_writes("u3", [outbox.Planned(0, "planned", outbox.Step("send", 7))])
    await store.write(*plan)
    with store.quick() as connection:
        connection.execute(sa.update(inbox).where(inbox.c.key == "u2").values(payload="{"))
        connection.exec_driver_sql("UPDATE outbox SET step = '[1]'")
    await die(one, store)
    other = await process(store)
    accepted = await other.take_over()
    assert (keys(accepted), accepted.aside) == (["u1"], ("u2", "u3"))
    with store.reading() as connection:
        kept = connection.execute(sa.select(inbox.c.key, inbox.c.payload).where(inbox.c.why != "").order_by(inbox.c.key))
        assert [key for key, payload in kept if payload] == ["u2", "u3"]


async def test_what_was_set_aside_is_kept_longer_than_what_was_answered(store: Store) -> None:
    one = await process(store, now=0.0)
    await one.accept([question(1), question(2)])
    await store.write(*one.done("u1"))
    await store.write(*one.set_aside("u2", "why"))
    await store.write(*one.done("u2"))
    for now, left in ((DONE_SECONDS + 1, ["u2"]), (ASIDE_SECONDS + 1, [])):
        with store.quick() as connection:
            sweep(connection, now)
            assert list(connection.execute(sa.select(inbox.c.key)).scalars()) == left


async def test_who_asks_to_be_forgotten_is_also_forgotten_in_what_was_set_aside(store: Store) -> None:
    one = await process(store)
    updates = [question(n, chat) | {"message": question(n, chat)["message"] | {"from": {"id": n}}} for n, chat in ((1, 1), (2, -5), (3, 3))]
    await one.accept(updates)
    for n in (1, 2, 3):
        await store.write(*one.set_aside(f"u{n}", "why"))
        await store.write(*one.done(f"u{n}"))
    with store.quick() as connection:
        assert personal_data.forget(connection, 2).aside == 1, "also in a group"
        assert personal_data.kept(connection, 2).any is False
        left = connection.execute(sa.select(inbox.c.key).where(inbox.c.payload != "").order_by(inbox.c.key))
        assert list(left.scalars()) == ["u1", "u3"]


ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(st.characters()), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8
)
NAMES = st.sampled_from(["chat", "from", "message", "id"])
SHAPES = st.dictionaries(st.text(), st.recursive(st.integers() | st.none(), lambda x: st.dictionaries(NAMES, x)))


@given(ANYTHING)
def test_any_text_can_be_stored_and_what_is_usual_is_not_changed(value: Any) -> None:
    update = {"update_id": 1, "x": value}
    text, kept = as_stored(update)
    assert json.loads(text) == kept
    assert "\x00" not in json.dumps(kept, ensure_ascii=False)
    text.encode()
    if json.dumps(value).count("\\u0000") == 0 and "\\ud" not in json.dumps(value):
        assert kept == update


@given(SHAPES)
def test_every_shape_has_a_lane(update: dict[str, Any]) -> None:
    assert 1 <= len(lane_of(update)) <= 40


def test_rows_of_an_older_program_are_taken_over(database_url: str) -> None:
    """Opened at the first version of the tables, filled, brought up to date."""
    from bot.state.schema import Schema

    first = tuple(Schema(schema.name, schema.migrations[:1]) for schema in SCHEMAS)
    with closing(open_store(database_url, first)) as store, store.quick() as connection:
        values = "('u1', 'c7', '{\"update_id\": 1}', 5, 0, 'old', 9.0, NULL)"
        connection.exec_driver_sql(f"INSERT INTO inbox VALUES {values}")  # noqa: S608

    async def taken() -> list[str]:
        with closing(open_store(database_url, SCHEMAS, serving=True)) as store:
            return keys(await (await process(store)).take_over())

    assert asyncio.run(taken()) == ["u1"]


def test_advancing_twice_changes_nothing(store: Store) -> None:
    with store.quick() as connection:
        advance(connection, SCHEMAS)
