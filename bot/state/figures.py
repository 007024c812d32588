"""Counts for the administrators: answers, latencies, votes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import figures, votes

# SQLite understands it, too.
_COUNT = insert(figures).on_conflict_do_update(index_elements=[figures.c.day, figures.c.name], set_={"count": figures.c.count + 1})

LIMITS_MS = (1, 2, 5, 10, 20, 50, 100, 1000)  # upper limits of the latency classes; the rest is over


def add_writes(now: float, *names: str) -> tuple[Write, ...]:
    """The writes that count each of the names once for today."""
    day = today(now)
    return tuple((_COUNT, {"day": day, "name": name, "count": 1}) for name in names)


def add(connection: Connection, now: float, *names: str) -> None:
    """Count each of the names once for today."""
    for write in add_writes(now, *names):
        connection.execute(*write)


def latency_name(seconds: float) -> str:
    """The class of a latency.

    >>> latency_name(0.0031), latency_name(3)
    ('ms5', 'over')
    """
    return next((f"ms{limit}" for limit in LIMITS_MS if seconds * 1000 <= limit), "over")


def by_day(connection: Connection, since: float) -> dict[str, Counter[str]]:
    """Day → name → count from the day of a moment on."""
    found: dict[str, Counter[str]] = {}
    for row in connection.execute(sa.select(figures).where(figures.c.day >= today(since))):
        found.setdefault(row[0], Counter())[row[1]] = row[2]
    return found


def today(now: float) -> str:
    """The day of a moment in UTC."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()


def vote(connection: Connection, key: str, person: int, good: bool, now: float) -> bool:
    """A person's opinion of an answer; the last one counts. Whether it is new."""
    mine = sa.and_(votes.c.key == key, votes.c.person == person)
    before = connection.execute(sa.select(votes.c.good).where(mine)).scalar()
    connection.execute(sa.delete(votes).where(mine))
    connection.execute(sa.insert(votes).values(key=key, person=person, good=good, at=now))
    return before is not good


def opinions(connection: Connection, since: float) -> tuple[int, int]:
    """Good and bad votes since a moment."""
    found = sa.select(votes.c.good, sa.func.count()).where(votes.c.at >= since).group_by(votes.c.good)
    counts = {bool(good): int(count) for good, count in connection.execute(found)}
    return counts.get(True, 0), counts.get(False, 0)


def sweep(connection: Connection, before: float) -> None:
    """Forget figures and votes from before a moment."""
    connection.execute(sa.delete(figures).where(figures.c.day < today(before)))
    connection.execute(sa.delete(votes).where(votes.c.at < before))
