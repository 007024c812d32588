"""Which processes work on a database: each has a row with a lease that it renews; who does not is dead.

The first of the living leads. Moments are the database's own, so that no two clocks have to agree. On SQLite
there is one process, and its lease has no end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import Schema, lacking
from bot.state.store_error import StoreInUse, StoreNewer

LEASE_SECONDS = 3.0  # six beats; the work of the dead has to be taken over within five seconds
SCHEMA_LOCK = 7_311_001  # any number of our own; whoever changes tables or joins holds it on PostgreSQL

_metadata = sa.MetaData()
processes = sa.Table(
    "processes",
    _metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(40), nullable=False, unique=True),
    sa.Column("until", sa.Float, nullable=False),
)


def _create(connection: Connection) -> None:
    _metadata.create_all(connection)


SCHEMA = Schema("processes", (_create,))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a process stands among the living: whether it leads, and how many they are."""

    leads: bool
    members: int


def join(connection: Connection, name: str, schemas: Sequence[Schema], where: str) -> None:
    """Enter a process; raises StoreNewer or StoreInUse when the tables are not those that it knows."""
    lock_schemas(connection)
    if lacking(connection, schemas, where):
        raise StoreNewer(f"{where}: its tables are older than this program; start it again to bring them up to date")
    if _alone(connection):
        connection.execute(sa.delete(processes))  # they are dead, for only one has the lock
    connection.execute(sa.insert(processes).values(name=name, until=_lease(connection)))


def renew(connection: Connection, name: str) -> bool:
    """Renew a lease; False when the process was declared dead meanwhile."""
    mine = sa.update(processes).where(processes.c.name == name)
    return bool(connection.execute(mine.values(until=_lease(connection))).rowcount)


def standing(connection: Connection, name: str) -> Standing:
    """How the process stands among the living."""
    living = sa.select(processes.c.name).where(processes.c.until >= now_of(connection)).order_by(processes.c.number)
    names = connection.execute(living).scalars().all()
    return Standing(bool(names) and names[0] == name, max(1, len(names)))


def bury(connection: Connection) -> None:
    """Declare dead whose lease has ended: they find out when they renew it."""
    connection.execute(sa.delete(processes).where(processes.c.until < now_of(connection)))


def somebody_died(connection: Connection) -> bool:
    """Whether there is a lease that has ended."""
    dead = sa.select(processes.c.name).where(processes.c.until < now_of(connection)).limit(1)
    return connection.execute(dead).first() is not None


def leave(connection: Connection, name: str) -> None:
    """A process ends by itself; what it left undone is anybody's."""
    connection.execute(sa.delete(processes).where(processes.c.name == name))


def living_names() -> sa.Select[str]:
    """A query for the names of those that were not declared dead."""
    return sa.select(processes.c.name)


def refuse_while_somebody_works(connection: Connection, where: str, what: str) -> None:
    """Raise StoreInUse when a process of the bot is alive on this database."""
    if _alone(connection) or not sa.inspect(connection).has_table(processes.name):
        return
    living = sa.select(sa.func.count()).select_from(processes).where(processes.c.until >= now_of(connection))
    count = connection.execute(living).scalar_one()
    if count:
        raise StoreInUse(f"{where}: {what}, but {count} process(es) of this bot work on it; stop them first")


def lock_schemas(connection: Connection) -> None:
    """Hold off whoever joins or changes tables until this transaction ends; SQLite's transactions do so anyway."""
    if not _alone(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(SCHEMA_LOCK)))


def now_of(connection: Connection) -> sa.ColumnElement[float]:
    """The database's own clock in seconds since 1970; on SQLite a moment before every lease's end."""
    if _alone(connection):
        return sa.literal(0.0)
    return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)


def _lease(connection: Connection) -> sa.ColumnElement[float]:
    return now_of(connection) + LEASE_SECONDS


def _alone(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
