"""Who is told that it will take a while: rarely, and never so often that the words themselves make it longer."""

from __future__ import annotations

LONG_WAIT_SECONDS = 20.0  # expected; from here on somebody is told
WORD_SECONDS = 60.0  # at most one kind word to a chat in this time
BURST = 10.0  # words at once after a quiet time


class Patience:
    """A budget of kind words: `per_second` in all, one per chat in WORD_SECONDS."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._told: dict[int, float] = {}
        self._budget = BURST
        self._at = 0.0

    def may_ask(self, chat: int, now: float) -> bool:
        """Whether the chat may be told now (seconds, any origin); counts it when so.

        >>> patience = Patience(3.0)
        >>> [patience.may_ask(7, now) for now in (1000.0, 1030.0, 1061.0)]
        [True, False, True]
        """
        self._budget = min(BURST, self._budget + (now - self._at) * self._per_second)
        self._at = now
        if self._budget < 1 or now - self._told.get(chat, now - WORD_SECONDS) < WORD_SECONDS:
            return False
        self._budget -= 1
        self._told = {c: at for c, at in self._told.items() if now - at < WORD_SECONDS} | {chat: now}
        return True
