"""What differs between databases: how each is named, opened, locked and checked. SQLite and PostgreSQL, nothing else.

SQLite belongs to one process, which holds a lock beside the file. On PostgreSQL several may work; who does is a
table (`bot.state.process_table`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.state.store_error import StoreInUse, StoreUnreachable

BUSY_SECONDS = 2.0  # how long a connection waits for another writer before StoreLocked
CONNECT_SECONDS = 3  # libpq takes whole seconds and at least two
# A call of the service that a database holds up has to fail as a database error, so before its own limit of 10 s.
STATEMENT_SECONDS = 5
IDLE_SECONDS = 3.0  # a process that stands still must not hold its locks for longer than its lease
POSTGRES_CONNECTIONS = 12  # 8 threads for questions, 2 for pictures, one for the lease, one for turns

DRIVER = "postgresql+psycopg"
NO_DRIVER = "PostgreSQL needs its driver, which is not installed; install it with: pip install 'speech-quotes-bot[postgres]'"
NO_URL = "BOT_DATABASE_URL is no database URL; expected e.g. sqlite:////data/bot.db or postgresql://user:password@host/name"


def parsed(url: str) -> URL:
    """The address of a database; raises StoreUnreachable when it is none, or of another kind.

    >>> parsed("postgres://bot:secret@db/bot").drivername
    'postgresql+psycopg'
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StoreUnreachable(NO_URL) from None
    kind = address.drivername.partition("+")[0]
    if kind in ("postgres", "postgresql"):
        return address.set(drivername=DRIVER)
    if kind != "sqlite":
        raise StoreUnreachable(NO_URL)
    return address


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for one in memory and elsewhere."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def engine_for(url: URL, *, durable: bool) -> Engine:
    """Connections whose commits survive a power cut when `durable`, else a crash of the process.

    Raises StoreUnreachable when the driver is missing.
    """
    return _sqlite(url, durable=durable) if url.get_backend_name() == "sqlite" else _postgres(url, durable=durable)


def _sqlite(url: URL, *, durable: bool) -> Engine:
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
        # IMMEDIATE: a deferred transaction that turns into a writer fails at once when another one writes. Who only
        # reads needs none: each statement sees what is committed, as on PostgreSQL.
        if not connection.get_execution_options().get("read"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(url: URL, *, durable: bool) -> Engine:
    wait = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": 1000 * STATEMENT_SECONDS,  # a server that vanished without a word
        "application_name": "speech-quotes-bot",
    }
    pool = {"pool_size": POSTGRES_CONNECTIONS, "max_overflow": 0, "pool_timeout": BUSY_SECONDS, "pool_pre_ping": True}
    try:
        from bot.state.row_by_row import RowByRow

        engine = sa.create_engine(url, connect_args={**wait, "cursor_factory": RowByRow}, hide_parameters=True, **pool)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreUnreachable(NO_DRIVER) from None

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.autocommit = True
        for name, value in (
            ("lock_timeout", f"{BUSY_SECONDS:.0f}s"),
            ("statement_timeout", f"{STATEMENT_SECONDS}s"),
            ("idle_in_transaction_session_timeout", f"{IDLE_SECONDS:.0f}s"),
            # Off: the next durable commit takes these with it, a server that dies before loses the last half second.
            ("synchronous_commit", "on" if durable else "off"),
        ):
            connection.execute(f"SET {name} = '{value}'")
        connection.autocommit = False

    return engine


def close(engine: Engine) -> None:
    """Close every connection: those in the pool now, one that a thread still works with when it is given back."""
    event.listen(engine.pool, "checkin", lambda _connection, entry: entry.close())
    engine.dispose()


def private_file(path: Path) -> None:
    """Create folder and file for the owner only; WAL and index files inherit the rights of the file.

    Raises StoreUnreachable.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise StoreUnreachable(f"{path}: cannot be written ({error.strerror}); set BOT_DATA_DIR") from None


def exclusive(path: Path) -> Callable[[], None]:
    """Take the lock beside a SQLite file, which only one process has; what is returned lets go of it.

    Raises StoreInUse, StoreUnreachable.
    """
    lock = path.with_name(path.name + ".lock")
    private_file(lock)
    connection = sqlite3.connect(lock, isolation_level=None, timeout=0.2, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        raise StoreInUse(f"{path}: another process of this bot is running on it; stop that one, or set BOT_DATA_DIR") from None
    return connection.close
