"""An event loop in invented time: it never waits for a timer."""

from __future__ import annotations

import asyncio
import selectors


class Jumping(selectors.DefaultSelector):
    """Where nothing happens, time jumps to the next timer, after `moment` real seconds for the threads."""

    def __init__(self, moment: float) -> None:
        super().__init__()
        self.moment = moment
        self.now = 1_000_000.0
        self.stuck = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        events = super().select(self.moment)
        if not events and timeout:
            self.now += timeout
        self.stuck = 0 if events or timeout else self.stuck + 1
        assert self.stuck < 3_000, "nothing happens and no timer is set"
        return events


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self, moment: float = 0.003) -> None:
        self.selector = Jumping(moment)
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.now
