"""What one person's conversation is about: the card that was shown, its question, the list that is counted, the speeches that stay."""

from __future__ import annotations

from dataclasses import dataclass

ASKED = 12  # questions that are not proposed again, chosen


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is kept from one message to the next; a message that got no answer changes nothing of it but `asked`.

    question: the last one that was answered; it reads back to what was understood. seen: how many of its quotes were shown.
    card: ids of the quotes shown last, in order; chosen: which of them is spoken of, from 0. window: id of the range that was shown
    around it, "" for the quote itself. listed: the part whose points are counted, 1.3; "" for none. speeches: those that questions
    are limited to, () for all. asked: the last questions, newest first. failed: the last one, if it got no answer. wished: what
    the last message wished, if that can be gone on with.
    """

    question: str = ""
    seen: int = 0
    card: tuple[str, ...] = ()
    chosen: int = 0
    window: str = ""
    listed: str = ""
    speeches: tuple[int, ...] = ()
    asked: tuple[str, ...] = ()
    failed: str = ""
    wished: str = ""

    def and_asked(self, question: str) -> tuple[str, ...]:
        """`asked` with one more."""
        return tuple(dict.fromkeys((question, *self.asked)))[:ASKED]
