"""Where in the speeches something like a wording stands: the stretches of its length that share most of its pairs of letters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

MOST = 5  # regions of a wording that are looked at closely
_TABLE = 1 << 20  # numbers of pairs; a million letters of reports have 60 000 different pairs
_MIXING = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)  # odd constants of xxHash
_SHIFT = np.uint32(12)  # leaves 20 bits
Numbers = npt.NDArray[np.uint32]


class Regions:
    """Built once over the letters of all speeches, 4 bytes a letter; a search passes over all of them in C."""

    def __init__(self, text: str) -> None:
        self._pairs = _pairs(text)
        counts = np.bincount(self._pairs, minlength=_TABLE).astype(np.float32)
        self._rarity = np.log2((len(self._pairs) + 1) / (counts + 1)).astype(np.float32)

    def like(self, wording: str) -> Iterator[int]:
        """First letters of the regions that share most with the letters of a wording, best first; they overlap by less than half.

        Rare pairs count more: by the logarithm of how many pairs there are to one of them.
        """
        pairs = _pairs(wording)
        weights = np.zeros(_TABLE, np.float32)
        weights[pairs] = self._rarity[pairs]
        sums = np.concatenate([[0.0], np.cumsum(weights[self._pairs], dtype=np.float64)])
        width = min(len(pairs), len(self._pairs))
        shared = sums[width:] - sums[: len(sums) - width] if width else sums[:0]
        for _ in range(MOST):
            at = int(shared.argmax()) if len(shared) else 0
            if not len(shared) or shared[at] <= 0:
                return
            yield at
            shared[max(0, at - width // 2) : at + width // 2 + 1] = 0


def _pairs(text: str) -> Numbers:
    """A number below _TABLE for every pair of neighbours."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.asarray((codes[:-1] * _MIXING[0] ^ codes[1:] * _MIXING[1]) >> _SHIFT, np.uint32)
