"""The table of updates, with its migrations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import Schema

Row: TypeAlias = dict[str, Any]  # column → value

DONE_SECONDS = 26 * 3600.0  # Telegram keeps an unacknowledged update for 24 hours and may deliver it again
ASIDE_SECONDS = 7 * 86400.0  # what was set aside can be looked at after a weekend and a holiday
CLAIM_LOCK = 7_311_002  # any number of our own; see `bot.queue.chat_owner`

_first = sa.Table(
    "inbox",
    sa.MetaData(),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("lane", sa.String(40), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("arrived", sa.BigInteger, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("owner", sa.String(40), nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("done", sa.Float, nullable=True),
    sa.Index("inbox_done", "done"),
)

inbox = sa.Table(
    "inbox",
    sa.MetaData(),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("lane", sa.String(40), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("arrived", sa.BigInteger, nullable=False),  # nanoseconds since 1970, strictly increasing in a lane
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("owner", sa.String(40), nullable=False),
    sa.Column("done", sa.Float, nullable=True),
    sa.Column("why", sa.String(200), nullable=False),  # it was set aside; "" when it was not
    sa.Column("handed", sa.Boolean, nullable=False),  # its owner does not have it in memory yet
)


def _create(connection: Connection) -> None:
    _first.create(connection)


def _share(connection: Connection) -> None:
    """Leases belong to processes; rows can be given to others and set aside."""
    for change in (
        "DROP COLUMN lease",
        "ADD COLUMN why VARCHAR(200) DEFAULT '' NOT NULL",
        "ADD COLUMN handed BOOLEAN DEFAULT false NOT NULL",
    ):
        connection.exec_driver_sql(f"ALTER TABLE inbox {change}")
    if connection.dialect.name != "sqlite":  # where nobody asks who has the work of a chat
        connection.exec_driver_sql("CREATE INDEX inbox_lane ON inbox (lane, arrived)")


SCHEMA = Schema("inbox", (_create, _share), (inbox.name,))


def sweep(connection: Connection, now: float) -> None:
    """Delete what is done and too old to be delivered again, and what was set aside long ago."""
    done = sa.and_(inbox.c.why == "", inbox.c.done < now - DONE_SECONDS)
    connection.execute(sa.delete(inbox).where(sa.or_(done, inbox.c.done < now - ASIDE_SECONDS)))


def set_aside_of(connection: Connection, person: int) -> tuple[str, ...]:
    """The keys of a person's updates that were set aside and are kept for the administrators."""
    kept = sa.select(inbox.c.key, inbox.c.payload).where(inbox.c.why != "", inbox.c.payload != "")
    return tuple(row.key for row in connection.execute(kept) if _is_from(row.payload, person))


def forget_content(connection: Connection, keys: Sequence[str]) -> None:
    """The content of updates goes; that they were set aside stays known."""
    connection.execute(sa.update(inbox).where(inbox.c.key.in_(keys)).values(payload=""))


def _is_from(payload: str, person: int) -> bool:
    try:
        contents = json.loads(payload).values()
    except ValueError:
        return False
    senders = [content.get("from") for content in contents if isinstance(content, dict)]
    return any(isinstance(sender, dict) and sender.get("id") == person for sender in senders)
