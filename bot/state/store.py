"""The database: opened by URL, brought up to date, written durably in groups or quickly one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.state import engines, process_table
from bot.state.engines import engine_for, exclusive, file_of, parsed, private_file
from bot.state.group_commit import GroupWriter
from bot.state.prepared import Prepared
from bot.state.schema import Schema, advance, lacking
from bot.state.store_error import DATABASE_ERRORS, StoreCorrupt, StoreError, explained, is_outage
from bot.state.write_trouble import WriteTrouble

T = TypeVar("T")


class Store:
    """An open database: `write` and `run` survive a power cut, `quick` a crash of the process."""

    def __init__(self, url: URL, schemas: Sequence[Schema], unlock: Callable[[], None] | None = None) -> None:
        """unlock: lets go of the lock that came with the opening, called when the store is closed."""
        self.where = url.render_as_string(hide_password=True)
        self.schemas = tuple(schemas)
        self.url = url
        self._unlock = unlock
        self._durable = engine_for(url, durable=True)
        self._quick = engine_for(url, durable=False)
        self._reads = self._quick.execution_options(**({"read": True} if self.alone else {"isolation_level": "AUTOCOMMIT"}))
        self._trouble = WriteTrouble()
        self._prepared = Prepared(self._quick.dialect) if self.alone else None
        self._writer = GroupWriter(self._durable, self.where, self._trouble, self._prepared)

    @property
    def alone(self) -> bool:
        """Whether only one process can work on it: SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def backlog(self) -> int:
        """Durable writes that wait for their commit."""
        return self._writer.backlog

    @property
    def trouble(self) -> str:
        """Why the last write failed, with its remedy; "" when it did not."""
        return self._trouble.text

    async def write(self, *writes: tuple[sa.Executable, Mapping[str, Any]]) -> None:
        """Execute the statements durably, all or none; raises StoreError.

        Writes of the same moment share one commit and are merged by statement, so statements are module
        constants with bound parameters, and two writes to the same row need an `await` between them.
        """
        await self._writer.submit(tuple((statement, dict(values)) for statement, values in writes), None)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` durably in a transaction of the group and return its result; raises StoreError."""
        result: T = await self._writer.submit((), work)
        return result

    @contextmanager
    def quick(self) -> Iterator[Connection]:
        """A short transaction from any thread: survives a crash of the process, maybe not a power cut."""
        try:
            with self._transaction(self._quick) as connection:
                yield connection
        except StoreError as error:
            if is_outage(error):
                self._trouble.met(error)
            raise
        self._trouble.over()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads and waits for no writer."""
        with self._transaction(self._reads) as connection:
            yield connection

    def row(self, query: sa.Select[Any], values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The first row that a constant query finds, waiting for no writer; truth values may be 0 and 1. Raises StoreError."""
        if self._prepared is None:
            with self.reading() as connection:
                return connection.execute(query, values).first()
        try:
            with closing(self._reads.raw_connection()) as pooled:
                return self._prepared.row(pooled.driver_connection, query, values)  # type: ignore[arg-type]
        except DATABASE_ERRORS as error:
            raise explained(error, self.where) from error

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise explained(error, self.where) from error

    def integrity(self) -> None:
        """Read a whole SQLite database once, write nothing to another; raises StoreCorrupt, StoreUnreachable."""
        if not self.alone:
            with self.quick() as connection:
                connection.execute(sa.update(process_table.processes).where(sa.false()).values(need=0.0))  # needs the right to
            return
        with self.reading() as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        if verdict != "ok":
            raise StoreCorrupt(f"{self.where}: damaged ({verdict}); restore a copy or move the file away")

    def bring_up_to_date(self) -> None:
        """Run the migrations that the database lacks.

        Raises StoreNewer when it has more than the program knows, StoreInUse when somebody works on it meanwhile.
        """
        with self.reading() as connection:
            if not lacking(connection, self.schemas, self.where):
                return
        unlock = None if self._unlock else self._lock()
        try:
            with self.quick() as connection:
                process_table.lock_schemas(connection)
                missing = lacking(connection, self.schemas, self.where)
                if missing:
                    process_table.refuse_while_somebody_works(connection, self.where, "its tables have to change")
                advance(connection, missing)
        finally:
            if unlock:
                unlock()

    def _lock(self) -> Callable[[], None] | None:
        path = file_of(self.url)
        return None if path is None else exclusive(path)

    def close(self) -> None:
        """Commit what waits, close every connection, let go of the lock."""
        self._writer.close()
        engines.close(self._durable)
        engines.close(self._quick)
        if self._unlock:
            self._unlock()
            self._unlock = None


def open_store(url: str, schemas: Sequence[Schema], *, serving: bool = False) -> Store:
    """The database behind `url`, created when it is a missing SQLite file, brought up to date; raises StoreError.

    serving: for the bot itself. The lock of a SQLite file is taken before anything is looked at, and kept until the
    store is closed; StoreInUse when another process has it.
    """
    address = parsed(url)
    path = file_of(address)
    unlock = exclusive(path) if path is not None and serving else None
    try:
        if path is not None:
            private_file(path)
        store = Store(address, schemas, unlock)
    except BaseException:
        if unlock:
            unlock()
        raise
    try:
        store.bring_up_to_date()
    except BaseException:
        store.close()
        raise
    return store
