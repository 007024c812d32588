"""The weight of every term in every document, by term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Impacts by term: term t (a column of `vocabulary`) has documents[offsets[t]:offsets[t+1]] with those impacts."""

    vocabulary: Mapping[str, int]
    idf: Floats
    offsets: Ints
    documents: Ints
    impacts: Floats
    size: int
