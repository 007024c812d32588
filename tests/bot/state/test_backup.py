"""Copies of the state: whole, private, made while others write; put back all or nothing."""

from __future__ import annotations

import asyncio
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cli.database import SCHEMAS
from bot.queue.lease import Lease
from bot.settings.config import HERE
from bot.state import subscriptions
from bot.state.backup import BadCopy, back_up, restore
from bot.state.schema import Schema
from bot.state.store import open_store
from bot.state.store_error import StoreInUse, StoreNewer, StoreUnreachable
from bot.state.subscriptions import Subscription
from tests.kit.postgres import Cluster


def subscribe(url: str, *chats: int) -> None:
    with closing(open_store(url, SCHEMAS)) as store, store.quick() as connection:
        for chat in chats:
            subscriptions.put(connection, Subscription(chat, 480, "UTC", active=True))


def subscribed(url: str) -> list[int]:
    with closing(open_store(url, SCHEMAS)) as store, store.reading() as connection:
        return sorted(one.chat for one in subscriptions.due(connection, 1.0, 10_000))


def test_a_copy_is_put_back_and_what_was_there_is_kept(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "first"
    subscribe(database_url, 1, 2)
    back_up(database_url, SCHEMAS, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    subscribe(database_url, 3)
    before = restore(database_url, SCHEMAS, copy, tmp_path)
    assert subscribed(database_url) == [1, 2]
    assert before is not None
    restore(database_url, SCHEMAS, before, tmp_path / "again")
    assert subscribed(database_url) == [1, 2, 3]
    subscribe(database_url, 4)
    assert subscribed(database_url) == [1, 2, 3, 4]


def test_a_copy_is_of_one_moment_while_others_write(database_url: str, tmp_path: Path) -> None:
    """Each transaction writes two rows; a copy has both or none."""

    async def copied() -> int:
        with closing(open_store(database_url, SCHEMAS, serving=True)) as store:
            ended, wrote = asyncio.Event(), asyncio.Event()

            async def write() -> int:
                pair = 0
                while not ended.is_set():
                    pair += 1
                    rows = [Subscription(chat, 480, "UTC", active=True) for chat in (pair, -pair)]
                    await store.run(lambda connection, rows=rows: [subscriptions.put(connection, row) for row in rows])  # type: ignore[misc]
                    wrote.set()
                return pair

            writing = asyncio.create_task(write())
            for number in range(3):
                wrote.clear()
                await wrote.wait()
                await asyncio.to_thread(back_up, database_url, SCHEMAS, tmp_path / f"copy {number}")
            ended.set()
            return await writing

    assert asyncio.run(copied()) >= 3
    found = []
    for number in range(3):
        restore(database_url, SCHEMAS, tmp_path / f"copy {number}", tmp_path / f"kept {number}")
        chats = subscribed(database_url)
        assert sum(chats) == 0
        found.append(len(chats))
    assert found == sorted(found)


def test_nothing_is_put_back_under_a_running_bot(database_url: str, tmp_path: Path) -> None:
    subscribe(database_url, 1)
    back_up(database_url, SCHEMAS, tmp_path / "copy")
    subscribe(database_url, 2)

    async def refused() -> None:
        with closing(open_store(database_url, SCHEMAS, serving=True)) as store:
            await Lease(store).join()
            with pytest.raises(StoreInUse, match="stop"):
                await asyncio.to_thread(restore, database_url, SCHEMAS, tmp_path / "copy", tmp_path)

    asyncio.run(refused())
    assert subscribed(database_url) == [1, 2]


@pytest.mark.slow
def test_what_a_killed_process_left_in_its_log_is_copied_and_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    subscribe(url, 1)
    back_up(url, SCHEMAS, tmp_path / "early")
    work = "from tests.bot.state.test_backup import *; import os; s = open_store(sys.argv[1], SCHEMAS)\n"
    work += "with s.quick() as c: subscriptions.put(c, Subscription(2, 480, 'UTC', active=True))\nos.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", work, url], check=False, cwd=HERE)
    assert (tmp_path / "bot.db-wal").stat().st_size
    back_up(url, SCHEMAS, tmp_path / "copy")
    kept = restore(url, SCHEMAS, tmp_path / "early", tmp_path)
    assert subscribed(url) == [1]
    assert kept is not None
    for copy in (tmp_path / "copy", kept):
        restore(url, SCHEMAS, copy, tmp_path)
        assert subscribed(url) == [1, 2]


def test_a_damaged_database_can_be_replaced(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    subscribe(url, 1)
    back_up(url, SCHEMAS, tmp_path / "copy")
    (tmp_path / "bot.db").write_bytes(b"damaged" * 999)
    kept = restore(url, SCHEMAS, tmp_path / "copy", tmp_path)
    assert subscribed(url) == [1]
    assert kept is not None
    assert kept.read_bytes() == b"damaged" * 999


CONTENTS = {"nothing": b"", "text": b"no copy at all", "half a copy": b"SQLite format 3\0" + b"x" * 5000, "half a dump": b"PGDMP\1\16"}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_what_is_no_copy_changes_nothing(database_url: str, tmp_path: Path, content: bytes) -> None:
    subscribe(database_url, 1)
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BadCopy, match="file"):
        restore(database_url, SCHEMAS, tmp_path / "file", tmp_path)
    with pytest.raises(BadCopy, match="cannot be read"):
        restore(database_url, SCHEMAS, tmp_path / "missing", tmp_path)
    assert subscribed(database_url) == [1]


def test_a_copy_of_a_newer_program_is_refused(database_url: str, tmp_path: Path) -> None:
    later = (*SCHEMAS[:-1], Schema("memory", (*SCHEMAS[-1].migrations, lambda _: None), SCHEMAS[-1].tables))
    with closing(open_store(database_url, later)):
        back_up(database_url, later, tmp_path / "copy")
    with pytest.raises(StoreNewer, match="start the newer program"):
        restore(database_url, SCHEMAS, tmp_path / "copy", tmp_path)


def test_a_file_that_exists_is_not_written_over_and_nothing_is_left_of_a_failure(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    with pytest.raises(StoreUnreachable, match="no database yet"):
        back_up(url, SCHEMAS, tmp_path / "copy")
    subscribe(url, 1)
    (tmp_path / "copy").write_bytes(b"mine")
    with pytest.raises(BadCopy, match="exists already"):
        back_up(url, SCHEMAS, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"mine"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_other_tables_of_a_shared_database_stay_and_no_argument_holds_the_password(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = cluster.create()
    subscribe(url, 1)
    name = url.rpartition("/")[2]
    cluster.execute("CREATE TABLE theirs AS SELECT 7 AS number", name)
    back_up(url, SCHEMAS, tmp_path / "copy")
    cluster.execute("UPDATE theirs SET number = 8", name)
    subscribe(url, 2)
    restore(url, SCHEMAS, tmp_path / "copy", tmp_path)
    assert subscribed(url) == [1]
    assert cluster.execute("SELECT number FROM theirs", name) == [(8,)]
    wrong = sa.engine.make_url(url).set(port=9).render_as_string(hide_password=False)
    password = sa.engine.make_url(url).password
    with pytest.raises(BadCopy) as caught:
        back_up(wrong, SCHEMAS, tmp_path / "other")
    assert str(password) not in str(caught.value)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadCopy, match="pg_dump is not installed"):
        back_up(url, SCHEMAS, tmp_path / "other")
