"""What numba's compiler was read for is the system's again once a search is compiled: 65 MB that nothing reads any more."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COMPILER = "libllvmlite"
_OWN = "Anonymous:"  # of a range in smaps: what is no longer as in the file


class CompilerPages:
    """The compiler of some of numba's functions."""

    def __init__(self, functions: Sequence[Any]) -> None:
        self._functions = functions
        self._given_back = 0  # with so many compiled

    def give_back(self) -> None:
        """If one was compiled, or taken from the disk, since the last time."""
        compiled = sum(len(function.overloads) for function in self._functions)
        if compiled != self._given_back:
            self._given_back = compiled
            give_back_compiler()


def give_back_compiler() -> None:
    """Takes the compiler's code out of this process's memory, where the system is Linux; what is called of it again is mapped again.

    Only ranges whose every page is as in the file: of others what the loader wrote would be lost.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError, ValueError):
        library = ctypes.CDLL(None)
        for start, size in as_in_the_file(Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace")):
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), mmap.MADV_DONTNEED)


def as_in_the_file(smaps: str) -> list[tuple[int, int]]:
    """Start and size of the compiler's ranges without a page that was written to."""
    found: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    for line in smaps.splitlines():
        first, *rest = line.split()
        if not first.endswith(":"):
            start, end = (int(part, 16) for part in first.split("-"))
            last = (start, end - start) if COMPILER in line else None
        elif last and first == _OWN and rest[0] == "0":
            found.append(last)
    return found
