"""The database: opening, migrating, writing in groups, and every way it can refuse."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import Schema
from bot.state.store import open_store
from bot.state.store_error import StoreCorrupt, StoreError, StoreFull, StoreInUse, StoreLocked, StoreNewer, StoreUnreachable

notes = sa.Table("notes", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
INSERT = notes.insert()


def create(connection: Connection) -> None:
    notes.create(connection)


def fill(connection: Connection) -> None:
    connection.execute(INSERT, [{"id": 1, "text": "first"}])


FIRST = Schema("notes", (create,))
SECOND = Schema("notes", (create, fill))


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/state/bot.db"


def test_the_files_belong_to_their_owner_alone(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), (FIRST,))
    with store.quick() as connection:
        connection.execute(INSERT, [{"id": 5, "text": "x"}])
    folder = tmp_path / "state"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    store.close()
    assert modes == {"state": 0o700, "bot.db": 0o600, "bot.db.lock": 0o600, "bot.db-wal": 0o600, "bot.db-shm": 0o600}


def test_migrations_run_once_and_in_order(database_url: str) -> None:
    for parts in ((FIRST,), (SECOND,), (SECOND,)):
        open_store(database_url, parts).close()
    store = open_store(database_url, (SECOND,))
    with store.reading() as connection:
        assert connection.execute(sa.select(notes)).all() == [(1, "first")]
    store.close()


def test_a_failed_migration_leaves_nothing_behind(database_url: str) -> None:
    def broken(connection: Connection) -> None:
        fill(connection)
        connection.exec_driver_sql("no SQL")

    with pytest.raises(StoreError):
        open_store(database_url, (Schema("notes", (create, broken)),))
    store = open_store(database_url, (SECOND,))
    with store.reading() as connection:
        assert connection.execute(sa.select(notes)).all() == [(1, "first")]
    store.close()


def test_a_newer_database_is_refused_with_both_versions(database_url: str) -> None:
    open_store(database_url, (SECOND,)).close()
    with pytest.raises(StoreNewer, match="version 2, this program knows 1"):
        open_store(database_url, (FIRST,))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "bot.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(StoreCorrupt, match=r"bot\.db: the database is damaged"):
        open_store(url(tmp_path), (FIRST,))


def test_a_page_gone_bad_is_found_by_the_integrity_check(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), (FIRST,))
    with store.quick() as connection:
        connection.execute(INSERT, [{"id": n, "text": "x" * 900} for n in range(200)])
    store.close()
    path = tmp_path / "state" / "bot.db"
    content = bytearray(path.read_bytes())
    content[-9000:-5000] = b"\xff" * 4000
    path.write_bytes(content)
    store = open_store(url(tmp_path), ())
    with pytest.raises(StoreCorrupt):
        store.integrity()
    store.close()


@pytest.mark.parametrize("wrong", ["", "nonsense", "mysql://h/db", "postgresql://h:port/db", "sqlite:////proc/no/bot.db"])
def test_a_wrong_url_is_refused(wrong: str) -> None:
    with pytest.raises(StoreUnreachable):
        open_store(wrong, (FIRST,))


@pytest.mark.slow
async def test_a_locked_database_is_said_to_be_locked(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), (FIRST,))
    other = sqlite3.connect(tmp_path / "state" / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked, match="locked by another program"):
        await store.write((INSERT, {"id": 1, "text": "x"}))
    other.close()
    await store.write((INSERT, {"id": 1, "text": "x"}))
    store.close()


async def test_a_full_disk_is_said_to_be_full_and_costs_nothing_written_before(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), (FIRST,))
    await store.write((INSERT, {"id": 1, "text": "x"}))
    await store.run(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreFull, match="free some space"):
        await store.write((INSERT, {"id": 2, "text": "x" * 100_000}))
    with store.reading() as connection:
        assert connection.execute(sa.select(notes.c.id)).scalars().all() == [1]
    store.close()


async def test_a_bad_write_fails_alone(database_url: str) -> None:
    store = open_store(database_url, (FIRST,))
    writes = [store.write((INSERT, {"id": number, "text": "x"})) for number in (1, 2, 2, 3)]
    results = await asyncio.gather(*writes, return_exceptions=True)
    with store.reading() as connection:
        assert connection.execute(sa.select(notes.c.id)).scalars().all() == [1, 2, 3]
    store.close()
    assert [isinstance(result, StoreError) for result in results] == [False, False, True, False]


async def test_writes_of_one_moment_share_a_commit(database_url: str) -> None:
    store = open_store(database_url, (FIRST,))
    commits: list[int] = []
    sa.event.listen(store._durable, "commit", lambda _: commits.append(1))
    await asyncio.gather(*(store.write((INSERT, {"id": n, "text": "x"})) for n in range(300)))
    store.close()
    assert len(commits) < 20


def test_a_second_process_is_kept_away_from_the_file_before_it_looks_at_it(tmp_path: Path) -> None:
    one = open_store(url(tmp_path), (FIRST,), serving=True)
    with pytest.raises(StoreInUse, match="stop that one"):
        open_store(url(tmp_path), (SECOND,), serving=True)
    with one.reading() as connection:
        assert connection.execute(sa.select(notes)).all() == [], "the second one's migrations have not run"
    one.close()
    open_store(url(tmp_path), (SECOND,), serving=True).close()


def test_a_tool_works_beside_the_bot_but_does_not_change_its_tables(tmp_path: Path) -> None:
    one = open_store(url(tmp_path), (FIRST,), serving=True)
    open_store(url(tmp_path), (FIRST,)).close()
    with pytest.raises(StoreInUse):
        open_store(url(tmp_path), (SECOND,))
    one.close()
    open_store(url(tmp_path), (SECOND,)).close()


def test_no_error_quotes_what_was_written(database_url: str) -> None:
    store = open_store(database_url, (SECOND,))
    with pytest.raises(StoreError) as caught, store.quick() as connection:
        connection.execute(INSERT, [{"id": 1, "text": "秘密"}])
    store.close()
    assert "秘密" not in f"{caught.value!r} {caught.value.__cause__}"
