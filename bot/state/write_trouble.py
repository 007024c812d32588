"""Why the database cannot be written at the moment: one line in the log when that begins, one when it is over."""

from __future__ import annotations

import logging

from bot.logs import StateLog
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)


class WriteTrouble:
    """What the last write met; told from any thread."""

    def __init__(self) -> None:
        self._state = StateLog(log)
        self.text = ""

    def met(self, error: StoreError) -> None:
        """A write failed, and the next one may fail as well."""
        self.text = str(error)
        self._state.bad(f"cannot write: {error}")

    def over(self) -> None:
        """A write was committed."""
        if self.text:
            self.text = ""
            self._state.well()
