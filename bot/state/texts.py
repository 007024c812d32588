"""Texts that buttons refer to by a short key."""

from __future__ import annotations

import base64
import hashlib

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.actions import Key
from bot.contract.response import Write
from bot.state.tables import texts

_KEEP = insert(texts)  # SQLite understands it, too
_KEEP = _KEEP.on_conflict_do_update(index_elements=[texts.c.key, texts.c.owner], set_={"at": _KEEP.excluded["at"]})


def key_of(text: str, owner: int, secret: bytes) -> Key:
    """The key of a text of its owner: 48 bits of a hash in eight characters of base 64.

    Whoever does not know the secret cannot tell from a guessed text the key that somebody else's buttons carry.
    """
    said = f"{owner} {text}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(said, digest_size=6, key=secret[: hashlib.blake2b.MAX_KEY_SIZE]).digest()
    return Key(base64.urlsafe_b64encode(digest).decode("ascii"))


def keep_write(owner: int, key: Key, text: str, now: float) -> Write:
    """The write that keeps a text for its owner."""
    return _KEEP, {"key": key, "owner": owner, "text": text, "at": now}


def keep(connection: Connection, owner: int, key: Key, text: str, now: float) -> None:
    """Keep a text for its owner."""
    connection.execute(*keep_write(owner, key, text, now))


def text_of(connection: Connection, key: str, owner: int | None) -> str | None:
    """The text that its owner, or for None anybody, keeps; None when it is forgotten."""
    mine = sa.true() if owner is None else texts.c.owner == owner
    return connection.execute(sa.select(texts.c.text).where(texts.c.key == key, mine).limit(1)).scalar()


def sweep(connection: Connection, before: float) -> None:
    """Forget texts that were last used before a moment."""
    connection.execute(sa.delete(texts).where(texts.c.at < before))
