"""What the bot speaks of, and how."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings.config import Behaviour
from bot.settings.library import Library
from bot.settings.wording import Wording


@dataclass(frozen=True, slots=True)
class Content:
    """What can be read again while the bot runs."""

    library: Library
    wording: Wording
    behaviour: Behaviour
