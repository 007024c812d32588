"""Notices that speeches were brought in or published by another program, and has the running bot take them up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings.collection import ASKS, MANIFEST, collections_folder
from bot.settings.yaml_file import ConfigError
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0  # chosen: a look takes 0.1 ms
Stamps = frozenset[tuple[str, int, int]]
Seen = tuple[Stamps, str]


class CollectionWatch:
    """Has speeches taken up that another program has brought in since they were read. published: their version in the database."""

    def __init__(self, data_dir: Path, published: Callable[[], str] = lambda: "") -> None:
        self._data_dir = data_dir
        self._published = published
        self._read = self._seen()

    def reading(self) -> None:
        """Whoever reads the speeches now says so: what lies there at this moment is no news."""
        self._read = self._seen()

    def _seen(self) -> Seen:
        return _stamps(self._data_dir), self._published()

    @contextmanager
    def calling(self, renew: Callable[[], object], seconds: float = LOOK_SECONDS) -> Iterator[None]:
        """Meanwhile calls `renew`, in a thread of its own, after each change of a collection's manifest or asks."""
        stop = threading.Event()
        thread = threading.Thread(target=self._watch, args=(renew, seconds, stop), name="watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(seconds)

    def _watch(self, renew: Callable[[], object], seconds: float, stop: threading.Event) -> None:
        while not stop.wait(seconds):
            try:
                if self._seen() == self._read:
                    continue
                self.reading()
                renew()
                log.info("speeches were brought in or changed")
            except StoreError as error:
                log.warning("whether there are other speeches cannot be seen: %s", error)
            except ConfigError as error:
                log.warning("the speeches stay as they were: %s", "; ".join(error.problems))
            except Exception:
                log.exception("the speeches stay as they were")


def _stamps(data_dir: Path) -> Stamps:
    found = set()
    for name in (MANIFEST, ASKS):
        for path in collections_folder(data_dir).glob(f"*/{name}"):
            try:
                status = path.stat()
            except OSError:
                continue
            found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)
