"""Products of every vector of a segment with a question's, compiled: 4 ms of 92 000, where making floats of the bytes takes 16."""

from __future__ import annotations

from functools import partial

import numpy as np

from retrieval.segments.compiler_pages import CompilerPages
from retrieval.segments.compiling import IS_COMPILED, Array, compiled


@partial(compiled, fastmath=True)
def compiled_products(rows: Array, scales: Array, one: Array, other: Array, found: Array) -> None:
    """The products of each row, in bytes, times its scale, with two vectors into found[row]."""
    for row in range(len(scales)):
        first, second = np.float32(0), np.float32(0)
        for i in range(len(one)):
            value = np.float32(rows[row, i])
            first += value * one[i]
            second += value * other[i]
        found[row, 0] = first * scales[row]
        found[row, 1] = second * scales[row]


COMPILER = CompilerPages((compiled_products,) if IS_COMPILED else ())
