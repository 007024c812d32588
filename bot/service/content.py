"""What the bot speaks of, and how."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings.config import Behaviour
from bot.settings.library import Library
from bot.settings.wording import Phrases, Wording


@dataclass(frozen=True, slots=True)
class Content:
    """What can be read again while the bot runs."""

    library: Library
    wording: Wording
    behaviour: Behaviour

    def phrases(self, language: str) -> Phrases:
        """The sentences of a language, as they are of these speeches."""
        return self.wording.of(language, others=self.library.has_others)
