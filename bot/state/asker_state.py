"""What is kept of who writes, read at once: asking the database costs more than what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.state.chats import ChatState
from bot.state.store import Store
from bot.state.tables import chats, saved, talks

_PERSON: sa.BindParameter[int] = sa.bindparam("person")
_CHAT: sa.BindParameter[int] = sa.bindparam("chat")
_BLANK: Any = sa.literal_column("' '")  # written out: a value would not be one of the driver's
_TALK = sa.select(talks.c.about).where(talks.c.chat == _CHAT, talks.c.person == _PERSON, talks.c.at > sa.bindparam("after"))
_SAVED = sa.select(sa.func.aggregate_strings(saved.c.quote, _BLANK)).where(saved.c.person == _PERSON)
_ONE = sa.select(sa.literal(1)).subquery()  # there is an answer also for a chat that has chosen nothing
_KEPT = sa.select(_TALK.scalar_subquery(), _SAVED.scalar_subquery(), chats).select_from(
    _ONE.outerjoin(chats, chats.c.chat == sa.bindparam("settings"))
)


@dataclass(frozen=True, slots=True)
class AskerState:
    """chat: what it has chosen. talk: as `talks.talk_of`. saved: the ids of the quotes among the person's favourites."""

    chat: ChatState
    talk: str
    saved: frozenset[str]


def asker_state(store: Store, chat: int, person: int, after: float) -> AskerState:
    """Of a person in a chat, 0 for none; what they talked of since a moment (seconds UTC). Raises StoreError."""
    values = {"chat": chat, "person": person, "after": after, "settings": chat or person}
    talk, favourites, known, *chosen = store.row(_KEPT, values) or (None, None, None)
    kept = talk or "", frozenset((favourites or "").split())
    if known is None:
        return AskerState(ChatState(), *kept)
    language, quotes, script, offered = chosen
    return AskerState(ChatState(language, quotes, script, bool(offered)), *kept)
