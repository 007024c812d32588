"""Updates that were set aside: looked at, tried again, dropped. Also while bots run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.inbox_table import inbox


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that was not answered. arrived: seconds since 1970. payload: its JSON, "" when there is none."""

    key: str
    lane: str
    arrived: float
    why: str
    payload: str


def listed(connection: Connection) -> tuple[SetAside, ...]:
    """All of them, the oldest first."""
    columns = (inbox.c.key, inbox.c.lane, inbox.c.arrived, inbox.c.why, inbox.c.payload)
    rows = connection.execute(sa.select(*columns).where(_aside()).order_by(inbox.c.arrived))
    return tuple(SetAside(row.key, row.lane, row.arrived / 1e9, row.why, row.payload) for row in rows)


def waiting(connection: Connection) -> tuple[int, float | None]:
    """How many updates are not answered yet, and when the oldest arrived, in seconds since 1970."""
    found = sa.select(sa.func.count(), sa.func.min(inbox.c.arrived)).where(inbox.c.done.is_(None))
    count, oldest = connection.execute(found).one()
    return count, None if oldest is None else oldest / 1e9


def retry(connection: Connection, keys: Collection[str]) -> tuple[str, ...]:
    """As if they had just come and nobody had them: a running bot finds them within seconds. The keys that can be."""
    mine = sa.and_(_aside(), inbox.c.key.in_(keys), inbox.c.payload != "")
    found = tuple(connection.execute(sa.select(inbox.c.key).where(mine).order_by(inbox.c.arrived)).scalars())
    connection.execute(sa.update(inbox).where(mine).values(done=None, why="", tries=0, owner="", handed=False))
    return found


def drop(connection: Connection, keys: Collection[str]) -> tuple[str, ...]:
    """Their content goes; their keys stay for a day, as those of answered ones. The keys that were there."""
    mine = sa.and_(_aside(), inbox.c.key.in_(keys))
    found = tuple(connection.execute(sa.select(inbox.c.key).where(mine).order_by(inbox.c.arrived)).scalars())
    connection.execute(sa.update(inbox).where(mine).values(why="", payload=""))
    return found


def _aside() -> sa.ColumnElement[bool]:
    return sa.and_(inbox.c.why != "", inbox.c.done.is_not(None))
