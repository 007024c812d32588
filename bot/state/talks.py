"""What each person's conversation in a chat is about, as JSON."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import talks

_INSERT = insert(talks)  # SQLite understands it, too
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=[talks.c.chat, talks.c.person], set_={"about": _INSERT.excluded.about, "at": _INSERT.excluded.at}
)
# Put together once: that costs more than the look-up.
_OF_PERSON = sa.select(talks.c.about).where(
    talks.c.chat == sa.bindparam("c"), talks.c.person == sa.bindparam("p"), talks.c.at > sa.bindparam("after")
)


def talk_of(connection: Connection, chat: int, person: int, after: float) -> str:
    """What was kept after a moment (seconds UTC); "" if there is nothing so new."""
    return connection.execute(_OF_PERSON, {"c": chat, "p": person, "after": after}).scalar() or ""


def keep_write(chat: int, person: int, about: str, now: float) -> Write:
    """The write that keeps what a conversation is about now."""
    return _KEEP, {"chat": chat, "person": person, "about": about, "at": now}


def keep(connection: Connection, chat: int, person: int, about: str, now: float) -> None:
    """Keep what a conversation is about now."""
    connection.execute(*keep_write(chat, person, about, now))


def sweep(connection: Connection, before: float) -> None:
    """Forget conversations that rest since before a moment."""
    connection.execute(sa.delete(talks).where(talks.c.at < before))
