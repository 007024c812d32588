"""Large arrays in pieces of memory of their own, which go back to the system as soon as they are given up."""

from __future__ import annotations

import contextlib
import ctypes
from functools import cache

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # of mallopt(3)
LARGE = 1 << 18  # bytes; glibc raises it to 32 MB as large arrays go: the index of a million characters then took 380 MB, not 305


@cache
def give_back() -> None:
    """From now on, where the C library is glibc; elsewhere nothing changes."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_TRIM_THRESHOLD, LARGE)
