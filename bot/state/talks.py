"""What each person's conversation in a chat is about, as JSON."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.tables import talks


def talk_of(connection: Connection, chat: int, person: int, after: float) -> str:
    """What was kept after a moment (seconds UTC); "" if there is nothing so new."""
    wanted = sa.select(talks.c.about).where(talks.c.chat == chat, talks.c.person == person, talks.c.at > after)
    return connection.execute(wanted).scalar() or ""


def keep(connection: Connection, chat: int, person: int, about: str, now: float) -> None:
    """Keep what a conversation is about now."""
    update = sa.update(talks).where(talks.c.chat == chat, talks.c.person == person).values(about=about, at=now)
    if not connection.execute(update).rowcount:
        connection.execute(sa.insert(talks).values(chat=chat, person=person, about=about, at=now))


def sweep(connection: Connection, before: float) -> None:
    """Forget conversations that rest since before a moment."""
    connection.execute(sa.delete(talks).where(talks.c.at < before))
