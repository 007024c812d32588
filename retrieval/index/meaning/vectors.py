"""Vectors of passages in one byte a number, and what a question has in common with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Floats

Bytes = npt.NDArray[np.int8]
LARGEST = 127
SHRUNK = 100  # passages that the shipped mean counts as; from the reference, where every text has its own mean by 500 passages
TINY = 1e-6  # beside a deviation, which may be 0
AT_A_TIME = 1024  # rows that are made floats at once: 1.5 to 2 MB; of 2048 the product with two questions takes twice as long


@dataclass(frozen=True, slots=True)
class Rounded:
    """Rows less a mean that all texts share, in bytes: row i is bytes[i] · scales[i] + that mean."""

    bytes: Bytes
    scales: Floats

    def __len__(self) -> int:
        return len(self.scales)

    def rows(self, numbers: npt.NDArray[np.int64]) -> Rounded:
        """Some of the rows, in this order."""
        return Rounded(self.bytes[numbers], self.scales[numbers])


def rounded(vectors: Floats, mean: Floats) -> Rounded:
    """The vectors in bytes; a number is off by a 254th of its row's largest at the most."""
    apart = vectors - mean
    scales = np.maximum(np.abs(apart).max(1, initial=0), 1e-9) / LARGEST
    return Rounded(np.rint(apart / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def joined(parts: Sequence[Rounded], width: int) -> Rounded:
    """One after the other."""
    every = [part.bytes for part in parts if len(part)]
    scales = [part.scales for part in parts]
    return Rounded(np.concatenate([*every, np.zeros((0, width), np.int8)]), np.concatenate([*scales, np.zeros(0, np.float32)]))


class Likenesses(Protocol):
    """The vectors of some passages, wherever they are."""

    def likeness(self, centred: Floats, raw: Floats, words: Floats) -> tuple[Floats, float]:
        """Of every passage the cosine with `centred` less the mean, over the deviation; the largest cosine of them as they are with `raw`.

        words: every passage's score by words; of those that neither have a high one nor are alike it may be as if it were the mean.
        """


@dataclass(frozen=True)
class Vectors:
    """Of all passages, in order. mean: the one that was taken off before rounding."""

    of: Rounded
    mean: Floats

    def likeness(self, centred: Floats, raw: Floats, words: Floats) -> tuple[Floats, float]:  # noqa: ARG002  all are exact here
        """See `Likenesses`."""
        cosines, as_they_are = self.compared(centred, raw)
        return standard(cosines), float(as_they_are.max(initial=-1))

    def compared(self, centred: Floats, raw: Floats) -> tuple[Floats, Floats]:
        """Cosines with a question: of the passages less their own mean with `centred`, and of them as they are with `raw`."""
        pair = np.stack([centred, raw], 1)
        blocks = [self.of.bytes[block].astype(np.float32) @ pair for block in self._blocks()]
        products = np.concatenate([*blocks, np.zeros((0, 2), np.float32)]) * self.of.scales[:, None]
        apart: Floats = np.divide(products[:, 0] - self.shift @ centred, self.lengths, dtype=np.float32)
        as_they_are: Floats = products[:, 1] + self.mean @ raw
        return apart, as_they_are

    def nearest(self, centred: Floats) -> float:
        """The largest cosine of a question with the passages less the mean that all texts share, which compares with other passages'."""
        found = [
            (self.of.bytes[block].astype(np.float32) @ centred * self.of.scales[block] / self.shared_lengths[block]).max()
            for block in self._blocks()
        ]
        return float(max(found, default=-1.0))

    def apart(self) -> Iterator[Floats]:
        """The passages less their own mean, of length one, AT_A_TIME rows at once."""
        for block in self._blocks():
            yield (self.of.bytes[block] * self.of.scales[block, None] - self.shift) / self.lengths[block, None]

    @cached_property
    def shift(self) -> Floats:
        """From the shared mean to that of these passages, drawn toward the shared one where they are few."""
        total = np.zeros(len(self.mean), np.float32)
        for block in self._blocks():
            total += self.of.scales[block] @ self.of.bytes[block].astype(np.float32)
        total /= len(self.of) + SHRUNK
        return total

    @cached_property
    def lengths(self) -> Floats:
        """Of the passages less their own mean."""
        lengths = [np.linalg.norm(self.of.bytes[b] * self.of.scales[b, None] - self.shift, axis=1) for b in self._blocks()]
        found: Floats = np.maximum(np.concatenate([*lengths, np.zeros(0, np.float32)]), np.float32(1e-9))
        return found

    @cached_property
    def shared_lengths(self) -> Floats:
        """Of the passages less the mean that all texts share."""
        lengths = [np.linalg.norm(self.of.bytes[b] * self.of.scales[b, None], axis=1) for b in self._blocks()]
        found: Floats = np.maximum(np.concatenate([*lengths, np.zeros(0, np.float32)]), np.float32(1e-9))
        return found

    def _blocks(self) -> list[slice]:
        return [slice(at, at + AT_A_TIME) for at in range(0, len(self.of), AT_A_TIME)]


def standard(values: Floats) -> Floats:
    """With mean 0 and deviation 1."""
    found: Floats = (values - values.mean()) / (values.std() + np.float32(TINY)) if len(values) else values
    return found
