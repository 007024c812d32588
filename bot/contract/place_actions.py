"""What buttons about the places of a wording mean: one place after the other, how many there are."""

from __future__ import annotations

from bot.contract.actions import Action, AtPlace, Key


class Walk(Action, letter="h"):
    """One of the places of a wording, with the ways to the one before and the next."""

    place: AtPlace
    plain: bool = False


class Counted(Action, letter="U"):
    """How often a kept wording stands in the speeches."""

    wording: Key


class CountPicture(Action, letter="J"):
    """How often a kept wording stands in each speech, as a picture."""

    wording: Key
