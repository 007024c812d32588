"""Notices that speeches were brought in by another program, and has the running bot take them up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings.collection import ASKS, MANIFEST, collections_folder
from bot.settings.yaml_file import ConfigError

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0  # chosen: a look takes 0.1 ms
Stamps = frozenset[tuple[str, int, int]]


@contextmanager
def watching(data_dir: Path, renew: Callable[[], object], seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Meanwhile calls `renew`, in a thread of its own, after each change of a collection's manifest or asks."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(data_dir, renew, seconds, stop), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(seconds)


def _watch(data_dir: Path, renew: Callable[[], object], seconds: float, stop: threading.Event) -> None:
    seen = _stamps(data_dir)
    while not stop.wait(seconds):
        now = _stamps(data_dir)
        if now == seen:
            continue
        seen = now
        try:
            renew()
            log.info("speeches were brought in or changed")
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
