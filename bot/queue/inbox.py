"""Every update, written before it is acknowledged and marked done after it is answered.

A row belongs to the process named in `owner`. The work of a chat belongs to one process at a time: what arrives
elsewhere for a chat that has undone rows, or had some a minute ago, is given to their owner, who looks for it. Rows
of a process that is dead go to the one that leads.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.queue.chat_owner import give, lock_giving
from bot.queue.job import Job, Received, TakenOver
from bot.queue.lease import Lease
from bot.queue.outbox import Planned, StoredParts, forget_writes, open_parts, plan_writes, planned
from bot.queue.payload import Payload, as_stored, lane_of
from bot.state import process_table
from bot.state.inbox_table import Row, inbox
from bot.state.store import Store
from bot.state.store_error import StoreRefused

log = logging.getLogger(__name__)

MOST_LOST = 5000  # found at a time; PostgreSQL takes 65 535 parameters, SQLite 32 766
DOUBT_SECONDS = 30.0  # between looks for own rows that are not in memory; there should be none

_INSERT = sa.insert(inbox)
_KNOWN = sa.select(inbox.c.key).where(inbox.c.key.in_(sa.bindparam("keys", expanding=True)))
_STARTED = sa.update(inbox).where(inbox.c.key == sa.bindparam("k")).values(tries=sa.bindparam("n"))
_IN_MEMORY = sa.update(inbox).where(inbox.c.key == sa.bindparam("k")).values(handed=False)
_ASIDE = sa.update(inbox).where(inbox.c.key == sa.bindparam("k")).values(why=sa.bindparam("w"))
_KEPT = sa.case((inbox.c.why == "", ""), else_=inbox.c.payload)
_DONE = sa.update(inbox).where(inbox.c.key == sa.bindparam("k")).values(done=sa.bindparam("at"), payload=_KEPT)


class Inbox:
    """The rows of one process; what is awaited has committed when it returns, or raises StoreError."""

    def __init__(self, store: Store, lease: Lease, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self.lease = lease
        self._latest = 0  # the last moment given to a row
        self._held: set[tuple[str, str]] = set()  # owner and key of every job in memory
        self._unsure = False  # a commit failed, and may have happened nevertheless
        self._sure_at = time.monotonic()

    # -- in

    async def accept(self, updates: Sequence[Payload]) -> Received:
        """Store a batch in one transaction, and what cannot be stored apart from the others."""
        try:
            return await self._accept(updates)
        except StoreRefused as error:
            if len(updates) == 1:
                return await self._accept_aside(updates[0], str(error))
        each = [await self.accept([update]) for update in updates]
        return Received(tuple(job for one in each for job in one.jobs), tuple(key for one in each for key in one.aside))

    async def _accept(self, updates: Sequence[Payload]) -> Received:
        me, moments = self.lease.name, self._moments(len(updates))
        jobs: list[Job] = []
        rows: list[Row] = []
        aside: list[str] = []
        for update, at in zip(updates, moments, strict=True):
            key, lane, text, why = f"u{update['update_id']}"[:80], "none", "", ""
            try:
                text, update = as_stored(update)
                lane = lane_of(update)
                jobs.append(Job(key, lane, update, at / 1e9, me))
            except (ValueError, TypeError, RecursionError) as error:
                why = f"cannot be read as an update ({type(error).__name__})"
                aside.append(key)
            rows.append(self._row(me, key, lane, text, at, why))
        return self._taken(await self._insert(rows), jobs, aside)

    async def _accept_aside(self, update: Payload, why: str) -> Received:
        key = f"u{update['update_id']}"[:80]
        fresh = await self._insert([self._row(self.lease.name, key, "none", "", self._moments(1)[0], why[-200:])])
        return Received(aside=(key,) if key in fresh else ())

    async def deliver(self, deliveries: Sequence[tuple[str, str, Sequence[Planned]]]) -> tuple[Job, ...]:
        """Store messages that no update asked for: (key, lane, parts); a key already stored is left alone."""
        me, moments = self.lease.name, self._moments(len(deliveries))
        jobs = [Job(key, lane, None, at / 1e9, me, parts=tuple(parts)) for (key, lane, parts), at in zip(deliveries, moments, strict=True)]
        rows = [self._row(me, job.key, job.lane, "", at) for job, at in zip(jobs, moments, strict=True)]
        return self._taken(await self._insert(rows, {job.key: job.parts for job in jobs}), jobs).jobs

    async def _insert(self, rows: list[Row], parts: dict[str, tuple[Planned, ...]] | None = None) -> dict[str, Row]:
        """The rows that were not there before, by key, with the owner that each got."""

        def work(connection: Connection) -> dict[str, Row]:
            fresh = _insert_new(connection, rows, self._clock())
            for key in fresh.keys() & (parts or {}).keys():
                for statement, values in plan_writes(key, (parts or {})[key]):
                    connection.execute(statement, values)
            return fresh

        try:
            return await self._store.run(work)
        except BaseException:
            self._unsure = True
            raise

    def _taken(self, fresh: dict[str, Row], jobs: Iterable[Job], aside: Iterable[str] = ()) -> Received:
        mine = tuple(job for job in jobs if job.key in fresh and not fresh[job.key]["handed"])
        self._held.update((job.owner, job.key) for job in mine)
        return Received(mine, tuple(key for key in aside if key in fresh))

    def _moments(self, count: int) -> range:
        """So many moments, each later than every one before even while the clock stands or goes back.

        Replay orders by them alone, and clocks are coarse on some systems and set back on all.
        """
        start = max(int(self._clock() * 1e9), self._latest + 1)
        self._latest = start + count - 1
        return range(start, start + count)

    def _row(self, owner: str, key: str, lane: str, payload: str, arrived: int, why: str = "") -> Row:
        place = {"owner": owner, "key": key, "lane": lane, "arrived": arrived}
        return {**place, "payload": payload, "tries": 0, "done": self._clock() if why else None, "why": why, "handed": False}

    # -- taken over, and given by others

    async def take_over(self) -> Received:
        """Claim what others left or gave, in order of arrival, with what was planned for it."""
        self._unsure = self._unsure or time.monotonic() - self._sure_at > DOUBT_SECONDS
        if not self._unsure and not await asyncio.to_thread(self._something_to_take):
            return Received()
        unsure, self._unsure = self._unsure, False
        try:
            rows, parts = await self._store.run(lambda connection: self._claim(connection, unsure))
            self._sure_at = time.monotonic() if unsure else self._sure_at
        except BaseException:
            self._unsure = True
            raise
        self._latest = max([self._latest, *(row.arrived for row in rows)])
        jobs, aside = [], []
        for row in rows:
            if (row.owner, row.key) in self._held:
                continue
            try:
                jobs.append(_job(row, parts))
            except (ValueError, TypeError, RecursionError, KeyError) as error:
                why = f"stored in a form that this program does not read ({type(error).__name__})"
                await self._store.write(*self.set_aside(row.key, why), *self.done(row.key))
                aside.append(row.key)
        self._held.update((job.owner, job.key) for job in jobs)
        return Received(tuple(jobs), tuple(aside))

    def _something_to_take(self) -> bool:
        """A look that costs next to nothing, before a transaction that holds others up."""
        wanted = sa.and_(inbox.c.owner == self.lease.name, inbox.c.handed)
        if self.lease.leads:
            wanted = sa.or_(wanted, inbox.c.owner.not_in(process_table.living_names()))
        with self._store.reading() as connection:
            found = sa.select(inbox.c.key).where(inbox.c.done.is_(None), wanted).limit(1)
            if connection.execute(found).first() is not None:
                return True
            return self.lease.leads and self.lease.steady and process_table.somebody_died(connection)

    def _claim(self, connection: Connection, unsure: bool) -> tuple[Sequence[sa.Row[Any]], StoredParts]:
        me = self.lease.name
        mine = sa.and_(inbox.c.done.is_(None), inbox.c.owner == me)
        if self.lease.leads:
            lock_giving(connection, shared=False)
            if self.lease.steady:
                process_table.bury(connection)
            abandoned = sa.and_(inbox.c.done.is_(None), inbox.c.owner.not_in(process_table.living_names()))
            connection.execute(sa.update(inbox).where(abandoned).values(owner=me, handed=True))
        wanted = sa.and_(mine, inbox.c.handed)
        if unsure:
            held = {key for owner, key in tuple(self._held) if owner == me}
            lost = set(connection.execute(sa.select(inbox.c.key).where(mine)).scalars()) - held
            wanted = sa.and_(mine, sa.or_(inbox.c.handed, inbox.c.key.in_(sorted(lost)[:MOST_LOST])))
        rows = connection.execute(sa.select(inbox).where(wanted).order_by(inbox.c.arrived)).all()
        parts = open_parts(connection, wanted) if rows else {}
        if rows:  # those alone: others may have been given meanwhile
            connection.execute(_IN_MEMORY, [{"k": row.key} for row in rows])
        return rows, parts

    # -- through and out

    async def hold(self, job: Job) -> None:
        """Return when this process may go on with the job; raises TakenOver when it may not."""
        await self.lease.held()
        if job.owner != self.lease.name:
            raise TakenOver(job.key)

    def doubt(self) -> None:
        """There may be rows of this process that are not in memory: the next look finds them."""
        self._unsure = True

    def let_go(self, job: Job) -> None:
        """The job is not in memory any more."""
        self._held.discard((job.owner, job.key))

    def started(self, job: Job) -> tuple[Write, ...]:
        """The write that counts the start of the handler."""
        return ((_STARTED, {"k": job.key, "n": job.tries}),)

    def set_aside(self, key: str, why: str) -> tuple[Write, ...]:
        """The write that keeps the update's content beyond its end, to be looked at; why: without people's words."""
        return ((_ASIDE, {"k": key, "w": why[:200]}),)

    def done(self, key: str) -> tuple[Write, ...]:
        """The writes that end a job: its content and its parts go, its key stays for a day."""
        return ((_DONE, {"k": key, "at": self._clock()}), *forget_writes(key))


def _insert_new(connection: Connection, rows: Sequence[Row], now: float) -> dict[str, Row]:
    unique = {row["key"]: row for row in rows}
    known = set(connection.execute(_KNOWN, {"keys": list(unique)}).scalars())
    fresh = {key: dict(row) for key, row in unique.items() if key not in known}  # copies: a group may be tried again
    if fresh:
        if connection.dialect.name != "sqlite":
            give(connection, list(fresh.values()), now)
        connection.execute(_INSERT, list(fresh.values()))
    return fresh


def _job(row: sa.Row[Any], parts: StoredParts) -> Job:
    payload = json.loads(row.payload) if row.payload else None
    return Job(row.key, row.lane, payload, row.arrived / 1e9, row.owner, row.tries, True, planned(parts.get(row.key, ())))
