"""The texts that buttons refer to."""

from __future__ import annotations

from bot.service.context import Context, Declined
from bot.state import texts


def kept_text(context: Context, key: str) -> str:
    """The text that a button refers to. Raises Declined when it is forgotten."""
    with context.store.reading() as memory:
        text = texts.text_of(memory, key)
    if text is None:
        raise Declined("tap.forgotten")
    return text
