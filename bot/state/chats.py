"""What a chat has chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import chats

_OFFERED = insert(chats).on_conflict_do_update(index_elements=[chats.c.chat], set_={"script_offered": True})  # SQLite understands it, too
_OF_CHAT = sa.select(chats).where(chats.c.chat == sa.bindparam("k"))


@dataclass(frozen=True, slots=True)
class ChatState:
    """language: "zh", "en" or "" (by the client). quotes: on a card, 0 for the default.

    script: "tw" or "hk" for traditional characters as there, "" for the files' own. script_offered: whether they were offered.
    """

    language: str = ""
    quotes: int = 0
    script: str = ""
    script_offered: bool = False


def chat_of(connection: Connection, chat: int) -> ChatState:
    """What is known of a chat."""
    row = connection.execute(_OF_CHAT, {"k": chat}).one_or_none()
    if row is None:
        return ChatState()
    return ChatState(*row[1:])


def offered_write(chat: int) -> Write:
    """The write that notes that traditional characters were offered."""
    fresh = ChatState(script_offered=True)
    return _OFFERED, {"chat": chat} | {name: getattr(fresh, name) for name in ChatState.__slots__}


def change(connection: Connection, chat: int, **values: Any) -> ChatState:
    """Change some of a chat's fields; the result."""
    update = sa.update(chats).where(chats.c.chat == chat).values(**values)
    if not connection.execute(update).rowcount:
        fresh = replace(ChatState(), **values)
        row = {name: getattr(fresh, name) for name in ChatState.__slots__}
        connection.execute(sa.insert(chats).values(chat=chat, **row))
    return chat_of(connection, chat)
