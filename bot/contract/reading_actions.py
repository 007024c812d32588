"""Actions about how a chat reads: its characters, its language."""

from __future__ import annotations

from bot.contract.actions import Action


class SetScript(Action, letter="B"):
    """Characters to be shown, on the card of the settings: 0 as in the files, 1 as in Taiwan, 2 as in Hong Kong."""

    script: int


class TakeScript(Action, letter="R"):
    """The same, as it is offered below an answer, which stays."""

    script: int


class TakeEnglish(Action, letter="E"):
    """An interface in English, as it is offered below an answer, which stays."""
