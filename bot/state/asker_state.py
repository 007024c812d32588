"""What is kept of who writes, read at once: asking the database costs more than what it does."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.state.chats import ChatState
from bot.state.store import Store
from bot.state.tables import chats, saved, talks

_PERSON: sa.BindParameter[int] = sa.bindparam("person")
_CHAT: sa.BindParameter[int] = sa.bindparam("chat")
_TALK = sa.select(talks.c.about).where(talks.c.chat == _CHAT, talks.c.person == _PERSON, talks.c.at > sa.bindparam("after"))
_SAVES = sa.exists().where(saved.c.person == _PERSON)
_ONE = sa.select(sa.literal(1)).subquery()  # there is an answer also for a chat that has chosen nothing
_KEPT = sa.select(_TALK.scalar_subquery(), _SAVES, chats).select_from(_ONE.outerjoin(chats, chats.c.chat == sa.bindparam("settings")))


@dataclass(frozen=True, slots=True)
class AskerState:
    """chat: what it has chosen. talk: as `talks.talk_of`. saves: whether the person has any favourites."""

    chat: ChatState
    talk: str
    saves: bool


def asker_state(store: Store, chat: int, person: int, after: float) -> AskerState:
    """Of a person in a chat, 0 for none; what they talked of since a moment (seconds UTC). Raises StoreError."""
    values = {"chat": chat, "person": person, "after": after, "settings": chat or person}
    talk, saves, known, *chosen = store.row(_KEPT, values) or (None, False, None)
    if known is None:
        return AskerState(ChatState(), talk or "", bool(saves))
    language, quotes, script, offered = chosen
    return AskerState(ChatState(language, quotes, script, bool(offered)), talk or "", bool(saves))
