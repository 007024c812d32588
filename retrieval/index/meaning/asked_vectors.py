"""How near a question is to the questions that people ask of each passage: the mean likeness of its two nearest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.meaning.vectors import Vectors
from retrieval.index.postings import Floats

NEAREST = 2  # questions of a passage; tried 1-5, docs/numbers.md
LOOKED_AT = 400  # questions of all passages; what is further has the likeness of the last of these


@dataclass(frozen=True)
class AskedVectors:
    """Of the questions of some passages. owners: the passage of each question; size: the number of passages."""

    vectors: Vectors
    owners: npt.NDArray[np.int64]
    size: int

    def likeness(self, centred: Floats, raw: Floats) -> Floats:
        """Of every passage: the mean cosine of its nearest questions, all of them less their mean."""
        cosines, _ = self.vectors.compared(centred, raw)
        some = np.sort(np.argpartition(-cosines, LOOKED_AT)[:LOOKED_AT]) if len(cosines) > LOOKED_AT else np.arange(len(cosines))
        some = some[np.argsort(-cosines[some], kind="stable")]
        least = float(cosines[some[-1]])
        found = np.full((self.size, NEAREST), least, np.float32)
        filled = np.zeros(self.size, np.int64)
        for number in some:
            owner = self.owners[number]
            if filled[owner] < NEAREST:
                found[owner, filled[owner]] = cosines[number]
                filled[owner] += 1
        mean: Floats = found.mean(1, dtype=np.float32)
        return mean


def owners_of(asked: Sequence[Sequence[str]]) -> npt.NDArray[np.int64]:
    """The passage of each question.

    >>> owners_of([["甲", "乙"], [], ["丙"]]).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(asked)), [len(of_passage) for of_passage in asked])
