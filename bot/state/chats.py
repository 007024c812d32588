"""What a chat has chosen, and what it asked last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import chats

_TOPIC = ("topic", "topic_shown", "asked_by", "asked_at")
_OF_CHAT = sa.select(chats).where(chats.c.chat == sa.bindparam("k"))
_ASKED = insert(chats)  # SQLite understands it, too
_ASKED = _ASKED.on_conflict_do_update(index_elements=[chats.c.chat], set_={name: _ASKED.excluded[name] for name in _TOPIC})


@dataclass(frozen=True, slots=True)
class ChatState:
    """language: "zh", "en" or "" (by the client). quotes: on a card, 0 for the default.

    topic: the last question, "" for none, with how many of its quotes were shown; asked_at: seconds UTC.
    """

    language: str = ""
    quotes: int = 0
    traditional: bool = False
    topic: str = ""
    topic_shown: int = 0
    asked_by: int = 0
    asked_at: float = 0.0


def chat_of(connection: Connection, chat: int) -> ChatState:
    """What is known of a chat."""
    row = connection.execute(_OF_CHAT, {"k": chat}).one_or_none()
    if row is None:
        return ChatState()
    return ChatState(*row[1:])


def asked_write(chat: int, state: ChatState) -> Write:
    """The write that keeps what a chat asked last; what it has chosen stays as it is."""
    return _ASKED, {"chat": chat} | {name: getattr(state, name) for name in ChatState.__slots__}


def change(connection: Connection, chat: int, **values: Any) -> ChatState:
    """Change some of a chat's fields; the result."""
    update = sa.update(chats).where(chats.c.chat == chat).values(**values)
    if not connection.execute(update).rowcount:
        fresh = replace(ChatState(), **values)
        row = {name: getattr(fresh, name) for name in ChatState.__slots__}
        connection.execute(sa.insert(chats).values(chat=chat, **row))
    return chat_of(connection, chat)
