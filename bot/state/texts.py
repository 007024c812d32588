"""Texts that buttons refer to by a short key."""

from __future__ import annotations

import base64
import hashlib

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.contract.actions import Key
from bot.state.tables import texts


def key_of(text: str) -> Key:
    """The key of a text: 48 bits of its hash in eight characters of base 64."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return Key(base64.urlsafe_b64encode(digest).decode("ascii"))


def keep(connection: Connection, owner: int, text: str, now: float) -> Key:
    """Keep a text for its owner; its key."""
    key = key_of(text)
    update = sa.update(texts).where(texts.c.key == key, texts.c.owner == owner).values(at=now)
    if not connection.execute(update).rowcount:
        connection.execute(sa.insert(texts).values(key=key, owner=owner, text=text, at=now))
    return key


def text_of(connection: Connection, key: str) -> str | None:
    """The text, whoever keeps it; None when it is forgotten."""
    return connection.execute(sa.select(texts.c.text).where(texts.c.key == key).limit(1)).scalar()


def sweep(connection: Connection, before: float) -> None:
    """Forget texts that were last used before a moment."""
    connection.execute(sa.delete(texts).where(texts.c.at < before))
