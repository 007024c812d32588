"""Vectors kept in a file by the text that they are of, so that each is made once, whatever corpus the text stands in."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.index.array_file import Stored, read_stored, write_stored
from retrieval.index.meaning.vectors import Rounded, joined

Digests = npt.NDArray[np.uint64]
MOST = 200_000  # vectors in a file, those of the corpus at hand first: 100 MB of the wider model


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Vectors by the digests of their texts, which ascend."""

    digests: Digests
    vectors: Rounded

    def missing(self, wanted: Digests) -> Digests:
        """Those of the wanted that are not here, each once."""
        return np.setdiff1d(wanted, self.digests)

    def of(self, wanted: Digests) -> Rounded:
        """The vectors of these texts, all of which are here."""
        return self.vectors.rows(np.searchsorted(self.digests, wanted))

    def with_more(self, digests: Digests, vectors: Rounded, most: int = MOST) -> TextVectors:
        """These as well; of more than `most` the new ones and some of the others."""
        first = np.flatnonzero(~np.isin(self.digests, digests))[: max(most - len(digests), 0)]
        every = np.concatenate([digests, self.digests[first]])
        both = joined([vectors, self.vectors.rows(first)], self.vectors.bytes.shape[1])
        order = np.argsort(every)
        return TextVectors(every[order], both.rows(order))


@dataclass(frozen=True, slots=True)
class VectorFile:
    """A place for the vectors of one model. key: of everything but the text that a vector depends on."""

    path: Path
    key: str
    width: int

    def read(self) -> TextVectors:
        """What is kept under the key; nothing if there is no such file, or it is damaged, or of another version."""
        stored = read_stored(self.path, self.key)
        try:
            return self._kept(stored) if stored else self._nothing
        except (KeyError, ValueError):
            return self._nothing

    def write(self, kept: TextVectors) -> None:
        """Keep it, in one piece. A folder that cannot be written only makes the next start slower."""
        arrays = {"digests": kept.digests, "bytes": kept.vectors.bytes.ravel(), "scales": kept.vectors.scales}
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_stored(self.path, self.key, Stored({name: np.ascontiguousarray(array).data for name, array in arrays.items()}, {}))

    def _kept(self, stored: Stored) -> TextVectors:
        """Raises KeyError, ValueError for other arrays."""
        numbers = np.frombuffer(stored.arrays["bytes"], np.int8).reshape(-1, self.width)
        digests, scales = np.frombuffer(stored.arrays["digests"], np.uint64), np.frombuffer(stored.arrays["scales"], np.float32)
        if not len(numbers) == len(digests) == len(scales):
            raise ValueError("of different lengths")
        return TextVectors(digests, Rounded(numbers, scales))

    @property
    def _nothing(self) -> TextVectors:
        return TextVectors(np.zeros(0, np.uint64), joined([], self.width))


def digests_of(texts: Sequence[str]) -> Digests:
    """Eight bytes a text: two of a million share them with a chance of 1 in 37 million."""
    every = b"".join(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts)
    return np.frombuffer(every, np.uint64)
