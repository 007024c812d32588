"""A large array of a model as a file that is mapped: resident is what questions touch of it, and every process shares that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.array_file import write_whole

_PIECE = 1 << 22  # bytes that are compared at once: 4 MB


def mapped(array: npt.NDArray[Any], path: Path) -> npt.NDArray[Any]:
    """The same numbers, read-only, in the file: which is written where it holds others, or is missing. Raises OSError."""
    rows = np.ascontiguousarray(array).data.cast("B")
    if not _holds(path, rows):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, [rows])
    return np.memmap(path, array.dtype, "r", shape=array.shape)


def _holds(path: Path, rows: memoryview) -> bool:
    """Read, not mapped, as what is mapped once stays resident."""
    try:
        with path.open("rb") as file:
            pieces = (file.read(_PIECE) == rows[start : start + _PIECE] for start in range(0, len(rows), _PIECE))
            return path.stat().st_size == len(rows) and all(pieces)
    except OSError:
        return False
