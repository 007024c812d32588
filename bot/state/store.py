"""The database: opened by URL, brought up to date, written durably in groups or quickly one by one.

Every file that keeps state offers a `Part`: its name with its ordered migrations. `open_store` runs those a
database does not have yet; the table `schema_version` counts them per part. A store may be opened several
times for the same URL with different parts. All SQL that only SQLite understands is in this file.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.state.group_commit import GroupWriter
from bot.state.store_error import StoreCorrupt, StoreInUse, StoreNewer, StoreUnreachable, explained

T = TypeVar("T")
Migration = Callable[[Connection], None]

BUSY_SECONDS = 2.0  # how long a connection waits for another writer before StoreLocked

_versions = sa.Table(
    "schema_version",
    sa.MetaData(),
    sa.Column("part", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one file. Migrations are only ever appended; each runs once, together with its count."""

    name: str
    migrations: tuple[Migration, ...]


class Store:
    """An open database: `write` and `run` survive a power cut, `quick` a crash of the process."""

    def __init__(self, url: URL) -> None:
        self.where = url.render_as_string(hide_password=True)
        self._url = url
        self._durable = _engine(url, durable=True)
        self._quick = _engine(url, durable=False)
        self._writer = GroupWriter(self._durable, self.where)

    @property
    def backlog(self) -> int:
        """Durable writes that wait for their commit."""
        return self._writer.backlog

    @property
    def trouble(self) -> str:
        """Why the last durable write failed, with its remedy; "" when it did not."""
        return self._writer.trouble

    async def write(self, *writes: tuple[sa.Executable, Mapping[str, Any]]) -> None:
        """Execute the statements durably, all or none; raises StoreError.

        Writes of the same moment share one commit and are merged by statement, so statements are module
        constants with bound parameters, and two writes to the same row need an `await` between them.
        """
        await self._writer.submit(tuple((statement, dict(values)) for statement, values in writes), None)

    def write_soon(self, *writes: tuple[sa.Executable, Mapping[str, Any]]) -> None:
        """Like `write`, without waiting: committed with or before whatever follows; failures are dropped."""
        pairs = tuple((statement, dict(values)) for statement, values in writes)
        self._writer.submit(pairs, None).add_done_callback(_observe)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` durably in a transaction of the group and return its result; raises StoreError."""
        result: T = await self._writer.submit((), work)
        return result

    @contextmanager
    def quick(self) -> Iterator[Connection]:
        """A short transaction from any thread: survives a crash of the process, maybe not a power cut."""
        with self._transaction(self._quick) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads and waits for no writer."""
        with self._transaction(self._quick.execution_options(read=True)) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise explained(error, self.where) from error

    def alone(self) -> Callable[[], None] | None:
        """Take the lock that only one process has, until the returned function is called.

        SQLite: a lock beside the file; raises StoreInUse when another process has it. Elsewhere None: several
        processes may work, and leases tell whose rows are abandoned.
        """
        path = _sqlite_path(self._url)
        return None if path is None else _exclusive(path.with_name(path.name + ".lock"), self.where)

    def integrity(self) -> None:
        """Read the whole database once; raises StoreCorrupt when it is damaged."""
        if self._url.get_backend_name() != "sqlite":
            return
        with self.reading() as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        if verdict != "ok":
            raise StoreCorrupt(f"{self.where}: damaged ({verdict}); restore a copy or move the file away")

    def migrate(self, parts: tuple[Schema, ...]) -> None:
        """Run what the database lacks; raises StoreNewer when it has more than the program knows."""
        with self.quick() as connection:
            _versions.create(connection, checkfirst=True)
            for part in parts:
                _advance(connection, part, self.where)

    def close(self) -> None:
        """Commit what waits and close every connection."""
        self._writer.close()
        self._durable.dispose()
        self._quick.dispose()


def open_store(url: str, parts: tuple[Schema, ...]) -> Store:
    """The database behind `url`, created when it is a missing SQLite file, migrated; raises StoreError."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnreachable("BOT_DATABASE_URL is no database URL; expected e.g. sqlite:////data/bot.db") from None
    path = _sqlite_path(parsed)
    if path is not None:
        _private_file(path)
    store = Store(parsed)
    try:
        store.migrate(parts)
    except BaseException:
        store.close()
        raise
    return store


def _observe(future: asyncio.Future[Any]) -> None:
    if not future.cancelled():
        future.exception()


def _advance(connection: Connection, part: Schema, where: str) -> None:
    row = sa.select(_versions.c.version).where(_versions.c.part == part.name)
    have = connection.execute(row).scalar()
    known = len(part.migrations)
    if have is not None and have > known:
        raise StoreNewer(
            f"{where}: tables of {part.name} have version {have}, this program knows {known}; "
            "start the newer program or restore the copy made before the upgrade"
        )
    for migration in part.migrations[have or 0 :]:
        migration(connection)
    if have is None:
        connection.execute(_versions.insert().values(part=part.name, version=known))
    elif have < known:
        connection.execute(_versions.update().where(_versions.c.part == part.name).values(version=known))


def _engine(url: URL, *, durable: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    wait = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=wait, hide_parameters=True)  # what people wrote is no log line
    synchronous = "FULL" if durable else "NORMAL"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "secure_delete=FAST"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE: a deferred transaction that turns into a writer fails at once when another one writes.
        read = connection.get_execution_options().get("read")
        connection.exec_driver_sql("BEGIN" if read else "BEGIN IMMEDIATE")

    return engine


def _sqlite_path(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def _private_file(path: Path) -> None:
    """Create folder and file for the owner only; WAL and index files inherit the rights of the file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise StoreUnreachable(f"{path}: cannot be written ({error.strerror}); set BOT_DATA_DIR") from None


def _exclusive(path: Path, where: str) -> Callable[[], None]:
    _private_file(path)
    connection = sqlite3.connect(path, isolation_level=None, timeout=0.2, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        raise StoreInUse(f"{where}: another process of this bot is running on it; stop that one, or set BOT_DATA_DIR") from None
    return connection.close
