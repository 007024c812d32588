"""Work in a process of its own, which takes the memory that it needed with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import connection
from typing import Any


def done_apart(work: Callable[..., object], *arguments: Any) -> bool:
    """Waits until a new process has done it; False where it could not, which says nothing.

    The work is found by its name in its module, and like its arguments goes to the process as a copy.
    """
    try:
        process = multiprocessing.get_context("spawn").Process(target=_quietly, args=(work, arguments), daemon=True)
        process.start()
    except (OSError, AssertionError):  # no more processes, or this one may have none
        return False
    process.join()
    return process.exitcode == 0


def _quietly(work: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    left_alone()
    try:
        work(*arguments)
    except Exception:  # who waits does the work again, and sees why it fails
        sys.exit(1)


def left_alone() -> None:
    """For a process that works for another: Ctrl-C is for the one that waits; this one ends with its work, and with the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_ends_with_parent, daemon=True).start()


def _ends_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)
