"""Telegram's limits on sending, enforced with 429 when switched on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from bot.demo.world.refusal import too_many
from bot.demo.world.telegram_state import TelegramChat

LIMITED = frozenset({"sendmessage", "sendphoto", "senddocument", "sendpoll", "editmessagetext", "editmessagereplymarkup"})
# Telegram's, as its documentation names them and as they were met.
OVERALL = 30  # sends and edits a second, over all chats
PER_CHAT = (3, 3.0)  # 1 a second with a burst of three
PER_GROUP = (20, 60.0)
JITTER = 0.05  # s, chosen, by which requests paced exactly may bunch up on their way
MAX_KEYS = 10_000  # chats, chosen, to bound memory


class Window:
    """At most `count` events of one key within any `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds - JITTER
        self._times: dict[int, deque[float]] = {}

    def wait(self, key: int, now: float) -> float:
        """Seconds until the next event is allowed; 0 when it is allowed now."""
        times = self._times.get(key)
        if not times or len(times) < self._count:
            return 0.0
        return max(0.0, times[0] + self._seconds - now)

    def take(self, key: int, now: float) -> None:
        """Counts an event."""
        if key not in self._times and len(self._times) >= MAX_KEYS:
            self._times = {k: t for k, t in self._times.items() if t[-1] + self._seconds > now}
        self._times.setdefault(key, deque(maxlen=self._count)).append(now)


class FloodLimits:
    """All limits together. Once exceeded, nothing is counted until the time is over."""

    def __init__(self, now: Callable[[], float], overall: int = OVERALL) -> None:
        self._now = now
        self._overall = Window(overall, 1.0)
        self._per_chat = Window(*PER_CHAT)
        self._per_group = Window(*PER_GROUP)

    def check(self, chat: TelegramChat) -> None:
        """Counts one send to the chat. Raises Refusal (429) with whole seconds to wait."""
        now = self._now()
        windows = [(self._overall, 0), (self._per_chat, chat.id)]
        if chat.is_group:
            windows.append((self._per_group, chat.id))
        wait = max(window.wait(key, now) for window, key in windows)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for window, key in windows:
            window.take(key, now)
