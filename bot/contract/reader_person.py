"""What the reader's pages may know and do of a person whom Telegram vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.contract.response import Asker


@dataclass(frozen=True, slots=True)
class ReaderPerson:
    """A person as a page knows them. language: "zh" or "en"; script: "" as printed, "tw", "hk". saved: ids of favourites.

    bot: the username, for links back into the chat.
    """

    language: str
    script: str
    saved: tuple[str, ...]
    bot: str


class ReaderDeclined(Exception):
    """Nothing was done; `words` say why in the person's language."""

    def __init__(self, kind: Literal["too fast", "unknown", "full"], words: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.words = words


class ReaderService(Protocol):
    """What the pages may ask for; each raises ReaderDeclined. Quick, safe to call from several threads, each can be done twice."""

    def person(self, asker: Asker) -> ReaderPerson:
        """What is known of somebody."""

    def save(self, asker: Asker, quote: str) -> ReaderPerson:
        """Put a quote among the favourites, those of the chat."""

    def unsave(self, asker: Asker, quote: str) -> ReaderPerson:
        """Take a quote out of them."""

    def choose(self, asker: Asker, *, language: str = "", script: str | None = None) -> ReaderPerson:
        """Change what the private chat has chosen."""
