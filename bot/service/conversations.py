"""What a person's conversation is about: read before a message is understood, kept after it was answered."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.service.context import Context
from bot.state import talks
from retrieval import Conversation, Quote, Reference

FRESH = 3600.0  # seconds, chosen; after that a short message no longer goes on with what was said


def conversation_of(context: Context) -> Conversation:
    """The conversation of who asks, in this chat; an empty one after an hour, or where nothing can be kept."""
    if not context.in_chat:
        return Conversation()
    if context.kept:
        return read(context.kept.talk)
    with context.store.reading() as memory:
        kept = talks.talk_of(memory, context.asker.chat_id, context.asker.user_id, context.now - FRESH)
    return read(kept)


def read(kept: str) -> Conversation:
    """A conversation from its JSON; what is missing or not known is left out.

    >>> read('{"question": "工会", "speeches": [2], "later": 1}').speeches
    (2,)
    """
    values: dict[str, Any] = json.loads(kept) if kept else {}
    known: dict[str, Any] = {name: values[name] for name in Conversation.__slots__ if name in values}
    known.update({name: tuple(value) for name, value in known.items() if isinstance(value, list)})
    return Conversation(**known)


def keep_writes(context: Context, conversation: Conversation) -> tuple[Write, ...]:
    """What keeps it in place of the one before; nothing where nothing can be kept."""
    about = json.dumps({name: getattr(conversation, name) for name in Conversation.__slots__}, ensure_ascii=False)
    return (talks.keep_write(context.asker.chat_id, context.asker.user_id, about, context.now),) if context.in_chat else ()


def keep(memory: Connection, writes: tuple[Write, ...]) -> None:
    """Keep it at once."""
    for statement, values in writes:
        memory.execute(statement, values)


def tapped_writes(context: Context, question: str, quotes: Sequence[Quote], skip: int, chosen: int) -> tuple[Write, ...]:
    """What keeps the card that was tapped, with the quote that was chosen on it; the list that is counted stays with its question."""
    before = conversation_of(context)
    now = replace(before, question=question, seen=skip + len(quotes), card=tuple(q.id for q in quotes), chosen=chosen, window="")
    return keep_writes(context, now if question == before.question else replace(now, listed=""))


def looked_at(context: Context, *card: str, opened: Reference | None = None, wished: str = "") -> None:
    """Keep what a command showed: quotes by their ids, or an opened part. wished: what may be gone on with."""
    before = conversation_of(context)
    with context.store.quick() as memory:
        kept = replace(before, question=str(opened or ""), seen=0, card=card, chosen=0, window="", listed="", wished=wished)
        keep(memory, keep_writes(context, kept))


def wishes(context: Context, name: str) -> None:
    """Keep what was wished, with which the next message may go on."""
    with context.store.quick() as memory:
        keep(memory, keep_writes(context, replace(conversation_of(context), wished=name)))


def of_opened(context: Context, text: str) -> bool:
    """Whether it wants the contents of the speech that was opened last, not the list of speeches: 目录."""
    if not _CONTENTS.fullmatch(text.strip()):
        return False
    before = conversation_of(context).question
    return bool(before) and context.library.engine.reader.understand(before).lookup


_CONTENTS = re.compile("(?:看看?|给我看)?目录[。!！~ ]*")  # 目录  ✗讲话目录
