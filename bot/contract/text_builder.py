"""Builds a message: text with entities, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from bot.contract.reply import Button, Entity, EntityKind, File, Quiz, Reply

LIMIT = 4096  # code points of a message, Telegram's
CAPTION = 1024  # code points of a caption, Telegram's
ENTITIES = 90  # Telegram keeps about 100 and adds those that it finds itself; of 2 088 replies the most: 7 (bench_replies)


class TextBuilder:
    """A message in the making; what is added goes to its end."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._entities: list[Entity] = []
        self.length = 0

    def add(self, words: str, *kinds: EntityKind, url: str | None = None) -> Self:
        """AskedWords, with formatting over all of them."""
        if words:
            start = self.length
            self._pieces.append(words)
            self.length += len(words)
            self._entities += [Entity(kind, start, self.length, url) for kind in kinds]
        return self

    def line(self, words: str = "", *kinds: EntityKind) -> Self:
        """AskedWords on a line of their own."""
        return self.add(words, *kinds).add("\n")

    def marked(self, words: str, marks: Sequence[tuple[int, int]], *kinds: EntityKind) -> Self:
        """AskedWords with formatting, and ranges of them in bold."""
        start = self.length
        self.add(words, *kinds)
        self._entities += [Entity("bold", start + a, start + b) for a, b in marks if a < b]
        return self

    def reply(self, *rows: Sequence[Button | None], file: File | None = None, quiz: Quiz | None = None) -> Reply:
        """The message with its buttons; None and empty rows are left out, ends trimmed.

        Raises ValueError for a message that Telegram would refuse.
        """
        text = "".join(self._pieces).rstrip()
        if not text.strip() and file is None:
            raise ValueError("the message is empty")
        if len(text) > (CAPTION if file else LIMIT):
            raise ValueError(f"the message has {len(text)} characters")
        buttons = tuple(kept for row in rows if (kept := tuple(button for button in row if button)))
        return Reply(text, self._kept(len(text)), buttons, file, quiz)

    def _kept(self, end: int) -> tuple[Entity, ...]:
        """At most ENTITIES, the bold ones going first, in order."""
        inside = [Entity(e.kind, e.start, min(e.end, end), e.url) for e in self._entities if e.start < end]
        if len(inside) > ENTITIES:
            important = [e for e in inside if e.kind != "bold"]
            room = max(0, ENTITIES - len(important))
            inside = important + [e for e in inside if e.kind == "bold"][:room]
        return tuple(sorted(inside, key=lambda e: (e.start, -e.end)))
