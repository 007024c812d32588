"""Every update, written before it is acknowledged and marked done after it is answered.

A row belongs to the process named in `owner` until `lease`; an abandoned row is taken over by an UPDATE that
names the old state, so two processes on one database never work on the same row.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.queue.outbox import Planned, Write, forget_writes, open_parts, plan_writes
from bot.state.schema import Schema
from bot.state.store import Store

LEASE_SECONDS = 180.0  # renewed every minute
DONE_SECONDS = 26 * 3600.0  # Telegram keeps an unacknowledged update for 24 hours and may deliver it again
CALLBACK_SECONDS = 150.0  # later answers are refused: "query is too old"
INLINE_SECONDS = 30.0

Parts: TypeAlias = dict[str, tuple[Planned, ...]]  # what is planned for each key

_metadata = sa.MetaData()
_inbox = sa.Table(
    "inbox",
    _metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("lane", sa.String(40), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("arrived", sa.BigInteger, nullable=False),  # nanoseconds since 1970, strictly increasing
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("owner", sa.String(40), nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("done", sa.Float, nullable=True),
    sa.Index("inbox_done", "done"),
)


def _create(connection: Connection) -> None:
    _metadata.create_all(connection)


SCHEMA = Schema("inbox", (_create,))

_INSERT = _inbox.insert()
_STARTED = _inbox.update().where(_inbox.c.key == sa.bindparam("k")).values(tries=_inbox.c.tries + 1)
_DONE = _inbox.update().where(_inbox.c.key == sa.bindparam("k")).values(done=sa.bindparam("at"), payload="")


@dataclass(slots=True)
class Job:
    """One update, or a delivery without one (payload None), on its way to being done.

    arrived: seconds since 1970. tries: how often its handler was started before. parts: what an earlier run
    planned; such a job is only sent, never handled again.
    """

    key: str
    lane: str
    payload: dict[str, Any] | None
    arrived: float
    tries: int = 0
    replayed: bool = False
    parts: tuple[Planned, ...] = ()

    @property
    def is_delivery(self) -> bool:
        """Whether nobody waits for it: a broadcast, in a lane of its own."""
        return self.lane.startswith("d")

    def expired(self, now: float) -> bool:
        """Whether Telegram refuses an answer by now (taps and inline queries only)."""
        payload = self.payload or {}
        limit = (
            CALLBACK_SECONDS if "callback_query" in payload
            else INLINE_SECONDS if "inline_query" in payload
            else float("inf")
        )  # fmt: skip
        return not self.parts and now - self.arrived > limit


def lane_of(update: dict[str, Any]) -> str:
    """Updates of one lane are answered in order: the chat, or the person when there is no chat of ours."""
    for kind, content in update.items():
        if not isinstance(content, dict):
            continue
        holder = content.get("message") if kind == "callback_query" else content
        chat = _id_in(holder, "chat")
        if chat is not None and kind not in ("inline_query", "guest_message"):
            return f"c{chat}"
        return f"u{_id_in(content, 'from')}"
    return "none"


def _id_in(holder: object, name: str) -> int | None:
    inner = holder.get(name) if isinstance(holder, dict) else None
    number = inner.get("id") if isinstance(inner, dict) else None
    return number if isinstance(number, int) else None


class Inbox:
    """The rows of one process; what is awaited has committed when it returns, or raises StoreError."""

    def __init__(self, store: Store, owner: str, *, alone: bool, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._owner = owner
        self._alone = alone
        self._latest = 0  # the last moment given to a row

    async def accept(self, updates: Sequence[dict[str, Any]]) -> list[Job]:
        """Store a batch in one transaction; return the jobs of those not seen before, in order."""
        moments = self._moments(len(updates))
        jobs = [Job(f"u{update['update_id']}", lane_of(update), update, at / 1e9) for update, at in zip(updates, moments, strict=True)]
        rows = [self._row(job, json.dumps(job.payload, ensure_ascii=False), at) for job, at in zip(jobs, moments, strict=True)]
        fresh = await self._store.run(lambda connection: _insert_new(connection, rows))
        return [job for job in jobs if job.key in fresh]

    async def deliver(self, deliveries: Sequence[tuple[str, str, Sequence[Planned]]]) -> list[Job]:
        """Store messages that no update asked for: (key, lane, parts); a key already stored is left alone."""
        moments = self._moments(len(deliveries))
        jobs = [Job(key, lane, None, at / 1e9, parts=tuple(parts)) for (key, lane, parts), at in zip(deliveries, moments, strict=True)]
        rows = [self._row(job, "", at) for job, at in zip(jobs, moments, strict=True)]

        def store(connection: Connection) -> set[str]:
            fresh = _insert_new(connection, rows)
            for job in jobs:
                if job.key in fresh:
                    for statement, values in plan_writes(job.key, job.parts):
                        connection.execute(statement, values)
            return fresh

        fresh = await self._store.run(store)
        return [job for job in jobs if job.key in fresh]

    def _moments(self, count: int) -> range:
        """So many moments, each later than every one before even while the clock stands or goes back.

        Replay orders by them alone, and clocks are coarse on some systems and set back on all.
        """
        start = max(int(self._clock() * 1e9), self._latest + 1)
        self._latest = start + count - 1
        return range(start, start + count)

    def _row(self, job: Job, payload: str, arrived: int) -> dict[str, Any]:
        return {
            "key": job.key, "lane": job.lane, "payload": payload, "arrived": arrived, "tries": 0,
            "owner": self._owner, "lease": self._clock() + LEASE_SECONDS, "done": None,
        }  # fmt: skip

    async def take_over(self) -> list[Job]:
        """Claim the undone rows of processes that are gone, in order of arrival, with what they planned."""
        rows, parts = await self._store.run(self._claim)
        self._latest = max([self._latest, *(row.arrived for row in rows)])
        return [_job(row, parts.get(row.key, ())) for row in rows]

    def _claim(self, connection: Connection) -> tuple[Sequence[sa.Row[Any]], Parts]:
        now = self._clock()
        abandoned = sa.and_(_inbox.c.done.is_(None), _inbox.c.owner != self._owner)
        if not self._alone:
            abandoned = sa.and_(abandoned, _inbox.c.lease < now)
        keys = list(connection.execute(sa.select(_inbox.c.key).where(abandoned)).scalars())
        mine = sa.and_(abandoned, _inbox.c.key.in_(keys))
        claim = sa.update(_inbox).where(mine).values(owner=self._owner, lease=now + LEASE_SECONDS)
        if not keys or not connection.execute(claim).rowcount:
            return [], {}
        rows = connection.execute(
            sa.select(_inbox).where(_inbox.c.key.in_(keys), _inbox.c.owner == self._owner).order_by(_inbox.c.arrived)
        ).all()
        return rows, open_parts(connection, [row.key for row in rows])

    def started(self, key: str) -> tuple[Write, ...]:
        """The write that counts one start of the handler."""
        return ((_STARTED, {"k": key}),)

    def done(self, key: str) -> tuple[Write, ...]:
        """The writes that end a job: its content and its parts go, its key stays for a day."""
        return ((_DONE, {"k": key, "at": self._clock()}), *forget_writes(key))

    async def renew(self) -> None:
        """Keep the own rows: to be called well within LEASE_SECONDS."""
        await self._store.run(lambda connection: self._lease(connection, self._clock() + LEASE_SECONDS))

    async def release(self) -> None:
        """Leave what is undone to whoever starts next."""
        await self._store.run(lambda connection: self._lease(connection, 0.0))

    def _lease(self, connection: Connection, until: float) -> None:
        mine = sa.and_(_inbox.c.done.is_(None), _inbox.c.owner == self._owner)
        connection.execute(_inbox.update().where(mine).values(lease=until))


def sweep(connection: Connection, now: float) -> None:
    """Delete what is done and too old to be delivered again."""
    connection.execute(_inbox.delete().where(_inbox.c.done < now - DONE_SECONDS))


def _insert_new(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[str]:
    unique = {row["key"]: row for row in rows}
    known = set(connection.execute(sa.select(_inbox.c.key).where(_inbox.c.key.in_(list(unique)))).scalars())
    fresh = [row for key, row in unique.items() if key not in known]
    if fresh:
        connection.execute(_INSERT, fresh)
    return {row["key"] for row in fresh}


def _job(row: sa.Row[Any], parts: tuple[Planned, ...]) -> Job:
    payload = json.loads(row.payload) if row.payload else None
    return Job(row.key, row.lane, payload, row.arrived / 1e9, row.tries, replayed=True, parts=parts)
