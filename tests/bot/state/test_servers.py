"""What only a server can refuse, with a real PostgreSQL: each with its remedy, and nothing secret in it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.cli.database import SCHEMAS
from bot.queue.lease import Lease
from bot.settings.config import HERE
from bot.state import chats, figures, personal_data, process_table, saved, subscriptions, talks
from bot.state.asker_state import AskerState, asker_state
from bot.state.chats import ChatState
from bot.state.engines import IDLE_SECONDS, parsed
from bot.state.schema import Schema
from bot.state.store import Store, open_store
from bot.state.store_error import StoreConflict, StoreInUse, StoreLocked, StoreNewer, StoreRefused, StoreUnreachable
from bot.state.subscriptions import Subscription
from tests.kit.postgres import Cluster

LATER = (*SCHEMAS[:-1], Schema("memory", (*SCHEMAS[-1].migrations, lambda _: None)))


@pytest.fixture
def url(cluster: Cluster) -> str:
    return cluster.create()


@pytest.fixture
def on_server(url: str) -> Iterator[Store]:
    with closing(open_store(url, SCHEMAS)) as store:
        yield store


WRONG = [
    ({"password": "not-this-one"}, "does not accept the user or the password"),
    ({"username": "nobody_here"}, "does not accept the user or the password"),
    ({"database": "no_such_database"}, "there is no database of that name"),
    ({"port": 9}, "cannot be reached"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("change", "remedy"), WRONG)
def test_what_keeps_us_out_is_said_with_its_remedy(url: str, change: dict[str, object], remedy: str) -> None:
    address = make_url(url).set(**change).render_as_string(hide_password=False)
    with pytest.raises(StoreUnreachable, match=remedy) as caught:
        open_store(address, SCHEMAS)
    assert "not-this-one" not in str(caught.value)
    assert str(make_url(url).password) not in str(caught.value)


@pytest.mark.slow
def test_a_user_without_rights_and_a_server_that_only_reads_are_told_apart(cluster: Cluster, url: str) -> None:
    open_store(url, SCHEMAS).close()
    name = url.rpartition("/")[2]
    cluster.execute("CREATE ROLE reader LOGIN PASSWORD 'reads'")
    cluster.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", name)
    reader = make_url(url).set(username="reader", password="reads").render_as_string(hide_password=False)
    with closing(open_store(reader, SCHEMAS)) as store, pytest.raises(StoreUnreachable, match="make it the owner"):
        store.integrity()
    cluster.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with closing(open_store(url, SCHEMAS)) as store, pytest.raises(StoreUnreachable, match="only reads"):
        store.integrity()


@pytest.mark.slow
async def test_tables_do_not_change_under_a_running_process_and_it_does_not_come_back_to_changed_ones(url: str) -> None:
    with closing(open_store(url, SCHEMAS, serving=True)) as old:
        lease = Lease(old)
        await lease.join()
        with pytest.raises(StoreInUse, match="its tables have to change, but 1 process"):
            open_store(url, LATER, serving=True)
        await lease.leave()
        with closing(open_store(url, LATER, serving=True)) as new:
            await Lease(new).join()
            with pytest.raises(StoreNewer, match="start the newer program"):
                await lease.join()


@pytest.mark.slow
def test_two_processes_that_start_on_an_empty_database_at_once_both_can(url: str) -> None:
    gate, failures = threading.Barrier(4), []

    def start() -> None:
        gate.wait()
        try:
            open_store(url, SCHEMAS, serving=True).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.slow
async def test_a_lock_is_waited_for_and_then_said_and_a_deadlock_is_no_fault_of_the_row(on_server: Store) -> None:
    engine = sa.create_engine(parsed(on_server.url.render_as_string(hide_password=False)), poolclass=sa.NullPool)
    with engine.connect() as other:
        other.exec_driver_sql("LOCK TABLE figures IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreLocked, match="locked by another program"), on_server.quick() as connection:
            figures.add(connection, 1.0, "x")
    with on_server.quick() as connection:
        figures.add(connection, 1.0, "a", "b")
    both, met = threading.Barrier(2), []

    def count(*names: str) -> None:
        try:
            with on_server.quick() as connection:
                for name in names:
                    figures.add(connection, 1.0, name)
                    if name == names[0]:
                        both.wait()
        except StoreConflict as error:
            met.append(error)

    await asyncio.gather(asyncio.to_thread(count, "a", "b"), asyncio.to_thread(count, "b", "a"))
    assert len(met) == 1


@pytest.mark.slow
async def test_a_group_that_meets_a_deadlock_is_written_in_the_end(on_server: Store) -> None:
    """Somebody else holds the second count and wants the first."""
    engine = sa.create_engine(parsed(on_server.url.render_as_string(hide_password=False)), poolclass=sa.NullPool)
    with on_server.quick() as connection:
        figures.add(connection, 1.0, "a", "b")
    for _ in range(3):
        with engine.connect() as other:
            other.exec_driver_sql("SET deadlock_timeout = '10s'")  # so that it is ours that is undone
            other.exec_driver_sql("UPDATE figures SET count = count WHERE name = 'b'")
            writing = asyncio.ensure_future(on_server.write(*figures.add_writes(1.0, "a", "b")))
            await asyncio.to_thread(other.exec_driver_sql, "SELECT pg_sleep(0.2)")
            await asyncio.to_thread(other.exec_driver_sql, "UPDATE figures SET count = count WHERE name = 'a'")
            other.commit()
            await writing
    with on_server.reading() as connection:
        assert figures.by_day(connection, 1.0) == {"1970-01-01": {"a": 4, "b": 4}}


STANDS_STILL = """
import os, signal, sys
import psycopg
from psycopg.adapt import Dumper
from bot.cli.database import SCHEMAS
from bot.state import figures
from bot.state.store import open_store

class Stopping(Dumper):
    def dump(self, value):
        os.kill(os.getpid(), signal.SIGSTOP)
        return value.encode()

class Name(str):
    pass

psycopg.adapters.register_dumper(Name, Stopping)
with open_store(sys.argv[1], SCHEMAS).quick() as connection:
    first, second = figures.add_writes(1.0, "a", "b")
    connection.execute(first[0], [first[1], second[1] | {"name": Name("b")}])
"""


@pytest.mark.slow
def test_who_stands_still_between_two_rows_holds_nobody_up_for_long(url: str, on_server: Store) -> None:
    """Its locks end with its transaction, which the server ends."""
    process = subprocess.Popen([sys.executable, "-c", STANDS_STILL, url], cwd=HERE)
    try:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        began = time.monotonic()
        while True:
            try:
                with on_server.quick() as connection:
                    figures.add(connection, 1.0, "a")
                break
            except StoreLocked:
                assert time.monotonic() - began < 4 * IDLE_SECONDS
    finally:
        process.kill()
        process.wait()
    with on_server.reading() as connection:
        assert figures.by_day(connection, 1.0) == {"1970-01-01": {"a": 1}}


@pytest.mark.slow
async def test_a_row_that_a_server_does_not_take_is_refused_alone(on_server: Store) -> None:
    long = figures.add_writes(1.0, "n" * 99)
    results = await asyncio.gather(
        *(on_server.write(*writes) for writes in (figures.add_writes(1.0, "a"), long, figures.add_writes(1.0, "b"))), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), StoreRefused, type(None)]
    with pytest.raises(StoreRefused), on_server.quick() as connection:
        figures.add(connection, 1.0, "n\x00")


@pytest.mark.slow
async def test_counts_of_many_processes_add_up(url: str) -> None:
    stores = [open_store(url, SCHEMAS) for _ in range(3)]
    await asyncio.gather(*(store.write(*figures.add_writes(1.0, *names)) for _ in range(60) for store in stores for names in ("ab", "ba")))
    with stores[0].reading() as connection:
        assert figures.by_day(connection, 1.0) == {"1970-01-01": {"a": 360, "b": 360}}
    for store in stores:
        store.close()


def test_what_is_stored_for_a_group_moves_with_it_and_goes_when_it_is_gone(database_url: str) -> None:
    with closing(open_store(database_url, SCHEMAS)) as store:
        with store.quick() as memory:
            chats.change(memory, -7, language="en")
            subscriptions.put(memory, Subscription(-7, 480, "UTC", active=True))
            subscriptions.put(memory, Subscription(-9, 480, "UTC", active=True))
        for _ in range(2):  # both chats are told
            with store.quick() as memory:
                personal_data.move(memory, -7, -1007)
        with store.reading() as memory:
            assert chats.chat_of(memory, -1007).language == "en"
            assert {one.chat for one in subscriptions.due(memory, 1.0, 9)} == {-1007, -9}
        with store.quick() as memory:
            subscriptions.stop(memory, -1007)
        with store.reading() as memory:
            assert {one.chat for one in subscriptions.due(memory, 1.0, 9)} == {-9}
            assert process_table.somebody_died(memory) is False


SAVED = frozenset({"1.2.3", "6.70.95"})


@pytest.mark.parametrize(
    ("chat", "person", "expected"),
    [
        (7, 7, AskerState(ChatState(), "", frozenset())),  # nothing is known
        (-9, 8, AskerState(ChatState("en", 2, "tw", True), "{}", SAVED)),
        (-9, 9, AskerState(ChatState("en", 2, "tw", True), "", frozenset())),  # in a group everybody has their own
        (0, 8, AskerState(ChatState(quotes=3), "", SAVED)),  # without a chat the person's own counts
        (8, 8, AskerState(ChatState(quotes=3), "", SAVED)),  # what was talked of is too old
    ],
)
def test_what_is_kept_of_who_writes_is_read_at_once(database_url: str, chat: int, person: int, expected: AskerState) -> None:
    with closing(open_store(database_url, SCHEMAS)) as store:
        with store.quick() as memory:
            chats.change(memory, -9, language="en", quotes=2, script="tw", script_offered=True)
            chats.change(memory, 8, quotes=3)
            talks.keep(memory, -9, 8, "{}", 11.0)
            talks.keep(memory, 8, 8, "{}", 10.0)
            for quote in SAVED:
                saved.add(memory, 8, quote, "words", 1.0)
        assert asker_state(store, chat, person, 10.0) == expected
        with store.reading() as memory:
            assert expected.chat == chats.chat_of(memory, chat or person)
            assert expected.talk == talks.talk_of(memory, chat, person, 10.0)


async def test_that_traditional_characters_were_offered_changes_nothing_else(database_url: str) -> None:
    with closing(open_store(database_url, SCHEMAS)) as store:
        with store.quick() as memory:
            chats.change(memory, 8, language="en", quotes=3)
        await asyncio.gather(*(store.write(chats.offered_write(chat)) for chat in (7, 8, 8)))
        with store.reading() as memory:
            assert chats.chat_of(memory, 7) == ChatState(script_offered=True)
            assert chats.chat_of(memory, 8) == ChatState("en", 3, "", True)


@pytest.mark.slow
def test_a_connection_given_back_after_the_end_is_closed(url: str) -> None:
    store = open_store(url, SCHEMAS)
    with store.reading() as late:
        store.close()
        assert late.exec_driver_sql("SELECT 1").scalar_one() == 1
        connection = late.connection.driver_connection
    assert connection is not None
    assert connection.closed
