"""The database fails while questions are in hand, with real processes: nothing is lost, nobody is asked to send it again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.demo import LocalApi
from bot.state.engines import parsed
from tests.kit.arrivals import busy
from tests.kit.crowd import BotProcess, Crowd, rows
from tests.kit.echo import EdgeSettings
from tests.kit.postgres import Cluster

pytestmark = pytest.mark.slow

QUESTIONS = 150
NOTED = "记"  # the service writes to the database for such a question


def apologies(crowd: Crowd) -> int:
    return sum(m.text.content == "抱歉" for user in crowd.users for m in crowd.api.people.messages(user))


Change = Callable[[], Awaitable[None]]


async def asked_and_broken(api: LocalApi, settings: EdgeSettings, log: Path, break_it: Change, mend: Change, seconds: float) -> Crowd:
    """Questions are acknowledged, then the database is away for some seconds; who was answered in the end."""
    api.faults.latency = 0.05
    crowd, bot = Crowd(api, 50), BotProcess(settings, log=log)
    await bot.start()
    crowd.ask(QUESTIONS, NOTED)
    await crowd.answered(leaving=QUESTIONS - 5)
    await break_it()
    await asyncio.sleep(seconds)
    await mend()
    await crowd.answered(within=30)
    assert await bot.end() == 0
    return crowd


def lines(log: Path, words: str) -> int:
    return sum(words in line for line in log.read_text().splitlines())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["stopped", "killed"])
async def test_a_server_that_is_away_for_six_seconds_costs_nothing_but_time(
    api: LocalApi, settings: EdgeSettings, cluster: Cluster, tmp_path: Path, how: signal.Signals
) -> None:
    async def stop() -> None:
        await asyncio.to_thread(cluster.stop, how)

    async def start() -> None:
        cluster.start()

    settings = replace(settings, database_url=cluster.create())
    crowd = await asked_and_broken(api, settings, tmp_path / "log", stop, start, 6.0)
    assert apologies(crowd) == 0
    assert crowd.duplicates() <= 8
    assert rows(settings, "SELECT count(*) FROM inbox WHERE done IS NULL") == [(0,)]
    assert lines(tmp_path / "log", "cannot write") <= 10, "one line a state"


async def test_dropped_connections_cost_nothing(api: LocalApi, settings: EdgeSettings, cluster: Cluster, tmp_path: Path) -> None:
    async def drop() -> None:
        for _ in range(20):
            await asyncio.to_thread(cluster.disconnect)
            await asyncio.sleep(0.1)

    async def nothing() -> None:
        return

    settings = replace(settings, database_url=cluster.create())
    crowd = await asked_and_broken(api, settings, tmp_path / "log", drop, nothing, 0.0)
    assert apologies(crowd) == 0
    assert crowd.duplicates() == 0


async def test_a_full_device_for_eight_seconds_costs_nothing_but_time(api: LocalApi, settings: EdgeSettings, tmp_path: Path) -> None:
    """A device of its own size that another file fills."""
    folder = tmp_path / "small"
    await mounted(folder)
    settings = replace(settings, database_url=f"sqlite:///{folder}/bot.db")
    filler = folder / "filler"

    async def fill() -> None:
        file = os.open(filler, os.O_CREAT | os.O_WRONLY)
        with suppress(OSError):
            while True:
                os.write(file, b"x" * 4096)
        os.close(file)

    async def free() -> None:
        filler.unlink()

    try:
        crowd = await asked_and_broken(api, settings, tmp_path / "log", fill, free, 8.0)
        assert apologies(crowd) == 0
        assert crowd.duplicates() <= 8
        assert lines(tmp_path / "log", "cannot write") <= 10, "one line a state"
    finally:
        await unmounted(folder)


async def mounted(folder: Path) -> None:
    folder.mkdir()  # noqa: ASYNC240
    mount = await asyncio.create_subprocess_exec("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder))
    if await mount.wait():
        pytest.skip("this machine lets nobody mount a small device; see test_store for a full one without")


async def unmounted(folder: Path) -> None:
    await (await asyncio.create_subprocess_exec("umount", "--lazy", str(folder))).wait()


def lock_all(connection: sa.Connection) -> None:
    """Again where this is what is broken off, because the bot waits for one of the tables and has another."""
    while True:
        connection.exec_driver_sql("BEGIN")
        try:
            connection.exec_driver_sql("LOCK TABLE inbox, outbox, figures, answered IN ACCESS EXCLUSIVE MODE")
        except sa.exc.OperationalError:
            connection.exec_driver_sql("ROLLBACK")
        else:
            return


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_another_program_that_locks_everything_is_waited_for(
    api: LocalApi, settings: EdgeSettings, request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    if kind == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("cluster").create())
    engine = sa.create_engine(parsed(settings.database_url), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with ExitStack() as stack:
        others: list[sa.Connection] = []

        async def lock() -> None:
            others.append(stack.enter_context(engine.connect()))
            if kind == "sqlite":
                others[0].exec_driver_sql("BEGIN EXCLUSIVE")
            else:
                lock_all(others[0])

        async def unlock() -> None:
            others[0].exec_driver_sql("ROLLBACK")

        crowd = await asked_and_broken(api, settings, tmp_path / "log", lock, unlock, 6.0)
    assert apologies(crowd) == 0
    assert crowd.duplicates() <= 8


async def test_a_kill_and_a_start_at_once_on_a_server_loses_nothing(api: LocalApi, settings: EdgeSettings, cluster: Cluster) -> None:
    settings = replace(settings, database_url=cluster.create())
    api.faults.latency = 0.05
    crowd, bot = Crowd(api, 50), BotProcess(settings)
    await bot.start()
    for _ in range(3):
        crowd.ask(QUESTIONS, NOTED)
        await crowd.answered(leaving=QUESTIONS - 20)
        await bot.kill()
        await bot.start()
        await crowd.answered(within=6 * busy())
    assert await bot.end() == 0
    assert apologies(crowd) == 0
    assert crowd.duplicates() <= 3 * 8


async def test_deadlocks_are_tried_again(api: LocalApi, settings: EdgeSettings, cluster: Cluster) -> None:
    """Another program takes the rows of two counts in the other order, again and again."""
    settings = replace(settings, database_url=cluster.create())
    crowd, bot = Crowd(api, 20), BotProcess(settings)
    await bot.start()
    crowd.ask(20, NOTED)
    await crowd.answered()
    engine = sa.create_engine(parsed(settings.database_url), poolclass=sa.NullPool)
    ended = asyncio.Event()

    def lock_in_the_other_order() -> int:
        try:
            with engine.begin() as connection:
                for name in ("noted", "asked"):
                    connection.exec_driver_sql(f"UPDATE figures SET count = count WHERE name = '{name}'")  # noqa: S608
                    connection.exec_driver_sql("SELECT pg_sleep(0.2)")
        except sa.exc.OperationalError:
            return 1
        return 0

    async def interfere() -> int:
        met = 0
        while not ended.is_set():
            met += await asyncio.to_thread(lock_in_the_other_order)
        return met

    count = f"SELECT deadlocks FROM pg_stat_database WHERE datname = '{settings.database_url.rpartition('/')[2]}'"  # noqa: S608
    interfering = asyncio.create_task(interfere())
    async with asyncio.timeout(60):
        while cluster.execute(count) == [(0,)]:
            crowd.ask(20, NOTED)
            await crowd.answered()
    ended.set()
    await interfering
    assert await bot.end() == 0
    assert apologies(crowd) == 0
    assert crowd.duplicates() == 0
    assert rows(settings, "SELECT sum(count) FROM figures WHERE name = 'asked'") >= [(len(crowd.questions),)]
