"""Functions that numba compiles where it is installed (the extra `large`), and keeps on the disk where it may."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

Array = Any  # numba's arrays
IS_COMPILED = find_spec("numba") is not None  # the extra `large` is installed


def is_compiled() -> bool:
    """Whether searches are compiled."""
    return IS_COMPILED


def compiled(function: Any, *, fastmath: bool = False) -> Any:
    """The function, compiled when it is first called. fastmath: sums may be taken in any order."""
    if not IS_COMPILED:
        return function
    from numba import njit

    how: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": fastmath}
    try:
        return njit(cache=True, **how)(function)
    except RuntimeError:  # there is no folder that numba may keep it in
        return njit(**how)(function)
