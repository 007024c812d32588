"""The texts that buttons refer to."""

from __future__ import annotations

from bot.contract.actions import Key
from bot.service.context import Context, Declined
from bot.state import texts


def keep_text(context: Context, text: str) -> Key:
    """The key under which a text of the asker is kept for buttons."""
    key = context.key_of(text)
    with context.store.quick() as memory:
        texts.keep(memory, context.asker.user_id, key, text, context.now)
    return key


def kept_text(context: Context, key: str) -> str:
    """The text that a button refers to. Raises Declined when it is forgotten, or never was the asker's to see.

    In private everybody has only their own texts. In a group, and on a card sent through inline mode, somebody
    else's question may be tapped; its key is on the card, and nobody can guess it.
    """
    alone = context.asker.kind == "private" and context.in_chat
    with context.store.reading() as memory:
        text = texts.text_of(memory, key, context.asker.user_id if alone else None)
    if text is None:
        raise Declined("tap.forgotten")
    return text
