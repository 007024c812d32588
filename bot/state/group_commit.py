"""One thread that commits in groups: everything handed over while the disk was busy shares the next commit.

A commit that survives a power cut costs milliseconds however little it holds, so the cost per write falls
with load.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.state.prepared import Prepared
from bot.state.store_error import DATABASE_ERRORS, StoreConflict, StoreError, StoreUnreachable, explained, is_outage
from bot.state.write_trouble import WriteTrouble

Writes = tuple[tuple[sa.Executable, dict[str, Any]], ...]
Work = Callable[[Connection], Any]

LARGEST_GROUP = 500  # keeps the write lock short for the quick connections
CONFLICT_TRIES = 5  # of a group that met a deadlock; each costs the other side at most the same
GATHER_SECONDS = 0.01  # between the beginnings of two groups while much is written: half the statements at 200 answers a second


@dataclass(slots=True)
class _Order:
    writes: Writes
    work: Work | None
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = field(default=None)
    error: BaseException | None = field(default=None)

    def settle(self) -> None:
        if self.future.done():  # cancelled meanwhile
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class GroupWriter:
    """Durable writes from event loops, committed in the order of their groups."""

    def __init__(self, engine: Engine, where: str, trouble: WriteTrouble, prepared: Prepared | None) -> None:
        """prepared: for SQLite, None elsewhere."""
        self._engine = engine
        self._prepared = prepared
        self._where = where
        self._trouble = trouble
        self._queue: SimpleQueue[_Order | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._began = 0.0
        self._many = False  # the last group was one

    @property
    def backlog(self) -> int:
        """Orders that wait for their group."""
        return self._queue.qsize()

    def submit(self, writes: Writes, work: Work | None) -> asyncio.Future[Any]:
        """A future of the work's result; it fails with StoreError when the order could not be committed."""
        loop = asyncio.get_running_loop()
        if self._closed:
            raise StoreUnreachable(f"{self._where}: already closed")
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="commits", daemon=True)
            self._thread.start()
        order = _Order(writes, work, loop, loop.create_future())
        self._queue.put(order)
        return order.future

    def close(self) -> None:
        """Commit what waits, then end the thread."""
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _serve(self) -> None:
        while (orders := self._next_group()) is not None:
            self._commit(orders)
            _settle(orders)

    def _next_group(self) -> list[_Order] | None:
        first = self._queue.get()
        if first is None:
            return None
        if self._many:
            time.sleep(max(0.0, self._began + GATHER_SECONDS - time.monotonic()))
        self._began = time.monotonic()
        orders = [first]
        while len(orders) < LARGEST_GROUP:
            try:
                order = self._queue.get_nowait()
            except Empty:
                break
            if order is None:
                self._queue.put(None)  # found again when this group is done
                break
            orders.append(order)
        self._many = len(orders) > 1
        return orders

    def _commit(self, orders: list[_Order]) -> None:
        error = self._tried(orders)
        if error is None:
            if any(order.writes or order.work for order in orders):  # an empty commit succeeds on a full device, too
                self._trouble.over()
        elif len(orders) > 1 and not is_outage(error):
            for order in orders:  # one bad order must not take the others with it
                self._commit([order])
        else:
            for order in orders:
                order.error = error
            if isinstance(error, StoreError) and is_outage(error):
                self._trouble.met(error)

    def _tried(self, orders: list[_Order]) -> Exception | None:
        """Commit the orders together; what went wrong."""
        for _ in range(CONFLICT_TRIES):
            try:
                with self._engine.begin() as connection:
                    self._execute(connection, orders)
            except Exception as error:
                known = explained(error, self._where) if isinstance(error, DATABASE_ERRORS) else error
                if not isinstance(known, StoreConflict):
                    return known
            else:
                return None
        return known

    def _execute(self, connection: Connection, orders: list[_Order]) -> None:
        merged: dict[int, tuple[sa.Executable, list[dict[str, Any]]]] = {}
        for order in orders:
            for statement, values in order.writes:
                merged.setdefault(id(statement), (statement, []))[1].append(values)
        if self._prepared:
            for statement, rows in merged.values():
                self._prepared.write(connection.connection.driver_connection, statement, rows)  # type: ignore[arg-type]
        else:
            for statement, rows in sorted(merged.values(), key=_table_of):
                connection.execute(statement, sorted(rows, key=_place_of))
        for order in orders:
            if order.work is not None:
                order.result = order.work(connection)


def _table_of(merged: tuple[sa.Executable, list[dict[str, Any]]]) -> str:
    """Tables and rows in one order in all processes: they wait for each other's counts, and meet no deadlock."""
    return str(getattr(merged[0], "table", ""))


def _place_of(row: Mapping[str, Any]) -> str:
    return "\0".join(map(str, row.values()))


def _settle(orders: Iterable[_Order]) -> None:
    """Wake each event loop once for all of its orders."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Order]] = {}
    for order in orders:
        by_loop.setdefault(order.loop, []).append(order)
    for loop, mine in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, mine)


def _settle_all(orders: list[_Order]) -> None:
    for order in orders:
        order.settle()
