"""What the local Bot API saw of the bot's sending: when, how many in a second, how many were refused."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.demo import LocalApi


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The most moments, in ascending order, of any stretch of so many seconds."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def refused(api: LocalApi) -> int:
    """How many requests got a 429."""
    return sum(count for (_, status), count in api.api.answered.items() if status == 429)


def busy() -> float:
    """By how much longer things take where more wants to run than there are processors; 1 on a quiet machine."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def kept_waiting(*processes: int) -> float:
    """Seconds for which threads of these processes and of this one could have run but had no processor; 0 if the kernel counts none.

    A difference of two looks is what a time limit of a tenth of a second must not count on a busy machine.
    """
    waited = 0
    for process in (os.getpid(), *processes):
        for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
            with suppress(OSError):  # the thread has ended
                waited += int(thread.read_text().split()[1])  # nanoseconds
    return waited / 1e9
