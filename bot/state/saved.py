"""Favourite quotes of a person."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.tables import saved

MOST = 1000  # favourites of one person
_HAS = sa.select(saved.c.quote).where(saved.c.person == sa.bindparam("p"), saved.c.quote == sa.bindparam("q"))


@dataclass(frozen=True, slots=True)
class Favourite:
    """A favourite: the quote's id when it was saved, and its words, by which it is found again."""

    quote: str
    words: str


def add(connection: Connection, person: int, quote: str, words: str, now: float) -> bool:
    """Save a quote, unless it is saved; False when there are MOST."""
    if has(connection, person, quote):
        return True
    if count(connection, person) >= MOST:
        return False
    connection.execute(sa.insert(saved).values(person=person, quote=quote, words=words, at=now))
    return True


def remove(connection: Connection, person: int, quote: str) -> bool:
    """Take a quote out; whether it was there."""
    found = sa.delete(saved).where(saved.c.person == person, saved.c.quote == quote)
    return bool(connection.execute(found).rowcount)


def has(connection: Connection, person: int, quote: str) -> bool:
    """Whether a person has saved a quote."""
    return connection.execute(_HAS, {"p": person, "q": quote}).first() is not None


def count(connection: Connection, person: int) -> int:
    """How many favourites a person has."""
    found = sa.select(sa.func.count()).select_from(saved).where(saved.c.person == person)
    return int(connection.execute(found).scalar_one())


def of(connection: Connection, person: int, skip: int = 0, most: int = MOST) -> tuple[Favourite, ...]:
    """Favourites of a person, the latest first."""
    found = (
        sa.select(saved.c.quote, saved.c.words)
        .where(saved.c.person == person)
        .order_by(saved.c.at.desc(), saved.c.quote)
        .offset(skip)
        .limit(most)
    )
    return tuple(Favourite(row.quote, row.words) for row in connection.execute(found))
