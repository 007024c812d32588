"""Why the database cannot be written at the moment: one line in the log when that begins, one when it is over."""

from __future__ import annotations

import logging
import threading
import time

from bot.state.store_error import StoreError

log = logging.getLogger(__name__)


class Trouble:
    """What the last write met; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kind: type[StoreError] | None = None
        self._since = 0.0
        self.text = ""

    def met(self, error: StoreError) -> None:
        """A write failed, and the next one may fail as well."""
        with self._lock:
            if self._kind is None:
                self._since = time.monotonic()
            if self._kind is not type(error):
                log.error("cannot write: %s", error)
            self._kind, self.text = type(error), str(error)

    def over(self) -> None:
        """A write was committed."""
        if self._kind is None:  # nearly always: no lock then
            return
        with self._lock:
            if self._kind is not None:
                log.warning("the database can be written again after %.0f s", time.monotonic() - self._since)
            self._kind, self.text = None, ""
