"""What concerns one person alone: in a group it is not said, a link leads to where it is."""

from __future__ import annotations

from bot.contract.reply import Button
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context

PERSONAL = ("saved", "privacy", "forget")  # commands, and what links to the private chat carry


def in_private(context: Context, command: str) -> Response | None:
    """The way to the private chat, where the command goes on; None for who is there."""
    if context.asker.kind == "private":
        return None
    link = f"https://t.me/{context.username}?start={command}"
    button = Button(context.say("button.open"), url=link) if context.username else None
    return Response((TextBuilder().line(context.say("denied.group")).reply([button]),))
