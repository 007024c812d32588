"""How the vectors of all passages lie: enough to know the mean and deviation of any question's cosines without looking at one of them.

Of unit vectors u and a question c the mean is mean(u)·c, the deviation √(c·mean(u uᵀ)·c − (mean(u)·c)²).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.meaning.vectors import TINY, Vectors
from retrieval.index.postings import Floats

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """origin: what was taken off the vectors as the model made them. mean: of what is left, in length one. moments: of that, mean(u uᵀ)."""

    origin: Floats
    mean: Doubles
    moments: Doubles

    def standard(self, cosines: Floats, question: Floats) -> Floats:
        """Cosines of some passages with a question as they stand among those of all: mean 0, deviation 1."""
        asked = question.astype(np.float64)
        mean = float(self.mean @ asked)
        deviation = max(float(asked @ self.moments @ asked) - mean**2, 0.0) ** 0.5
        found: Floats = ((cosines - np.float32(mean)) / np.float32(deviation + TINY)).astype(np.float32)
        return found

    @property
    def arrays(self) -> dict[str, memoryview]:
        """What `spread_from` takes."""
        return {"origin": self.origin.data, "mean": self.mean.data, "moments": np.ascontiguousarray(self.moments).ravel().data}


def spread_of(vectors: Vectors) -> Spread:
    """Of all of these."""
    width = len(vectors.mean)
    total, moments = np.zeros(width), np.zeros((width, width))
    for block in vectors.apart():
        total += block.sum(0, dtype=np.float64)
        moments += block.T @ block
    size = max(len(vectors.of), 1)
    return Spread(vectors.mean + vectors.shift, total / size, moments / size)


def spread_from(arrays: Mapping[str, memoryview]) -> Spread:
    """From the bytes of the arrays. Raises KeyError, ValueError."""
    mean = np.frombuffer(arrays["mean"], np.float64)
    moments = np.frombuffer(arrays["moments"], np.float64).reshape(len(mean), len(mean))
    return Spread(np.frombuffer(arrays["origin"], np.float32), mean, moments)
