"""Buttons of speeches that are brought in by chat."""

from __future__ import annotations

from bot.contract.actions import Action, Key

PREVIEW, KEEP, RETITLE, LEAVE = range(4)


class Bring(Action, letter="Y"):
    """What to do with a document that waits: show what was read, keep it, ask for another title, or let it go."""

    document: Key
    step: int
