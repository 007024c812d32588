"""Everything about one person or one chat: counted, deleted, moved."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state import inbox_table
from bot.state.tables import bags, chats, guesses, ledger, polls, saved, subscriptions, talks, texts, votes


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept about a person: rows per kind. settings covers what the conversations are about.

    aside: updates that could not be answered and are kept for the administrators.
    """

    saved: int = 0
    texts: int = 0
    votes: int = 0
    settings: int = 0
    daily: int = 0
    shown: int = 0
    quiz: int = 0
    aside: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is kept."""
        return any(getattr(self, name) for name in Kept.__slots__)


def _tables(person: int) -> dict[str, tuple[tuple[sa.Table, sa.ColumnElement[bool]], ...]]:
    """Per kind the tables, and which of their rows are about the person; a private chat has the person's id."""
    return {
        "saved": ((saved, saved.c.person == person),),
        "texts": ((texts, texts.c.owner == person),),
        "votes": ((votes, votes.c.person == person),),
        "settings": ((chats, chats.c.chat == person), (talks, talks.c.person == person)),
        "daily": ((subscriptions, subscriptions.c.chat == person), (ledger, ledger.c.chat == person)),
        "shown": ((bags, bags.c.chat == person),),
        "quiz": ((guesses, guesses.c.person == person), (polls, polls.c.chat == person)),
    }


def kept(connection: Connection, person: int) -> Kept:
    """What is kept about a person."""
    counts = {
        name: sum(
            int(connection.execute(sa.select(sa.func.count()).select_from(table).where(about)).scalar_one()) for table, about in tables
        )
        for name, tables in _tables(person).items()
    }
    return Kept(**counts, aside=len(inbox_table.set_aside_of(connection, person)))


def forget(connection: Connection, person: int) -> Kept:
    """Delete all of it; what it was."""
    found = kept(connection, person)
    for tables in _tables(person).values():
        for table, about in tables:
            connection.execute(sa.delete(table).where(about))
    inbox_table.forget_content(connection, inbox_table.set_aside_of(connection, person))
    return found


def move(connection: Connection, old: int, new: int) -> None:
    """A group has a new id: what is stored for it follows, unless the new one has something already."""
    for table in (chats, talks, bags, subscriptions, ledger):
        taken = sa.select(table.c.chat).where(table.c.chat == new)
        if connection.execute(taken).first() is None:
            connection.execute(sa.update(table).where(table.c.chat == old).values(chat=new))
        connection.execute(sa.delete(table).where(table.c.chat == old))
    connection.execute(sa.update(polls).where(polls.c.chat == old).values(chat=new))
