"""Where speeches are brought in while the bot runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.library.shelf import Shelf
from bot.library.versions import EarlierVersions
from bot.library.waiting import WaitingDocuments
from bot.settings.config import Settings
from bot.settings.library import Library


@dataclass(frozen=True, slots=True)
class SpeechIntake:
    """shelf: what is kept; waiting: what waits for a yes; versions: what numbers stood for.

    renew: makes the running bot take up what is kept; raises ConfigError.
    """

    shelf: Shelf
    waiting: WaitingDocuments
    versions: EarlierVersions
    renew: Callable[[], Library]


def intake_of(settings: Settings, renew: Callable[[], Library]) -> SpeechIntake:
    """That of the state of a bot."""
    return SpeechIntake(Shelf(settings), WaitingDocuments(settings.data_dir), EarlierVersions(settings.data_dir), renew)
