"""Where speeches are brought in while the bot runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.library.shelf import Shelf
from bot.library.versions import Versions
from bot.library.waiting import WaitingDocuments
from bot.settings.config import Settings
from bot.settings.library import Library


@dataclass(frozen=True, slots=True)
class Intake:
    """shelf: what is kept; waiting: what waits for a yes; versions: what numbers stood for.

    renew: makes the running bot take up what is kept; raises ConfigError.
    """

    shelf: Shelf
    waiting: WaitingDocuments
    versions: Versions
    renew: Callable[[], Library]


def intake_of(settings: Settings, renew: Callable[[], Library]) -> Intake:
    """That of the state of a bot."""
    return Intake(Shelf(settings), WaitingDocuments(settings.data_dir), Versions(settings.data_dir), renew)
