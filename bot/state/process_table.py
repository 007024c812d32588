"""Which processes work on a database: each has a row with a lease that it renews; who does not is dead.

The first of the living leads. Moments are the database's own, so that no two clocks have to agree. On SQLite
there is one process, and its lease has no end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.fair_share import fair_shares, next_share
from bot.state.schema import Schema, lacking
from bot.state.store_error import StoreInUse, StoreNewer

LEASE_SECONDS = 3.0  # six beats; the work of the dead has to be taken over within five seconds
SCHEMA_LOCK = 7_311_001  # any number of our own; whoever changes tables or joins holds it on PostgreSQL
SHARE_LOCK = 7_311_003  # whoever changes its share of the limit

_metadata = sa.MetaData()
processes = sa.Table(
    "processes",
    _metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(40), nullable=False, unique=True),
    sa.Column("until", sa.Float, nullable=False),
    sa.Column("need", sa.Float, nullable=False),  # of Telegram's overall limit
    sa.Column("share", sa.Float, nullable=False),  # of it, see `bot.state.fair_share`
)


def _create(connection: Connection) -> None:
    _metadata.create_all(connection)


SCHEMA = Schema("processes", (_create,), (processes.name,))


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process needs of the overall limit, and a share that has been enough for long enough."""

    need: float = 0.0
    unused_above: float = 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a process stands among the living: whether it leads, and its share of the overall limit (None: as before).

    attainable: the share that it gets within a second when it needs it.
    """

    leads: bool
    share: float | None = None
    attainable: float = 1.0


def join(connection: Connection, name: str, schemas: Sequence[Schema], where: str) -> Standing:
    """Enter a process; raises StoreNewer when the tables are not those that it knows."""
    lock_schemas(connection)
    if lacking(connection, schemas, where):
        raise StoreNewer(f"{where}: its tables are older than this program; start it again to bring them up to date")
    if _alone(connection):
        connection.execute(sa.delete(processes))  # they are dead, for only one has the lock
    connection.execute(sa.insert(processes).values(name=name, until=_lease(connection), need=0.0, share=0.0))
    return _standing(connection, name, Usage())


def renew(connection: Connection, name: str, usage: Usage) -> Standing | None:
    """Renew a lease; None when the process was declared dead meanwhile."""
    mine = sa.update(processes).where(processes.c.name == name)
    if not connection.execute(mine.values(until=_lease(connection))).rowcount:
        return None
    return _standing(connection, name, usage)


def _standing(connection: Connection, name: str, usage: Usage) -> Standing:
    if _alone(connection):
        return Standing(True, 1.0)
    # Not waited for: a process that stands still with the lock must not keep the others from renewing their leases.
    may_divide = bool(connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(SHARE_LOCK))).scalar())
    alive = (processes.c.until >= now_of(connection)).label("alive")
    rows = connection.execute(sa.select(processes, alive).order_by(processes.c.number)).all()
    living = [row for row in rows if row.alive]
    place = next(place for place, row in enumerate(living) if row.name == name)
    if not may_divide:
        return Standing(place == 0)
    fair = fair_shares([usage.need if row.name == name else row.need for row in living])
    attainable = fair_shares([1.0 if row.name == name else row.need for row in living])[place]
    others = sum(row.share for row in rows if row.name != name)
    share, said = next_share(living[place].share, others, fair[place], usage.unused_above)
    connection.execute(sa.update(processes).where(processes.c.name == name).values(need=usage.need, share=said))
    return Standing(place == 0, share, attainable)


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
