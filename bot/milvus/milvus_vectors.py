"""Vectors of meaning on a Milvus server: how much a question is like each passage, where nearly all are far from it.

Exact are the cosines of the passages most alike, and of those with the highest scores by words; the others count as if they were like
the mean. Numbers and order of what is shown are those of vectors at hand.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bot.milvus.milvus_candidates import SECONDS, TAKEN_AT_ONCE, MilvusCandidates
from retrieval import Floats, Spread

if TYPE_CHECKING:
    from pymilvus import MilvusClient

LIKELY = 200  # passages with the highest scores by words; a card is made of the best 12, CANDIDATES
NEAREST = 50  # of the passages most alike as they are, among which the nearest is: lengths differ by a tenth


class MilvusVectors:
    """What `retrieval.Likenesses` promises of the passages `rows`, ascending, of one version of the speeches."""

    def __init__(self, candidates: MilvusCandidates, rows: npt.NDArray[np.int64], spread: Spread) -> None:
        self._candidates, self._rows, self._spread = candidates, rows, spread

    def likeness(self, centred: Floats, raw: Floats, words: Floats) -> tuple[Floats, float]:
        """See `retrieval.Likenesses`. Raises IndexUnavailable."""
        alike, nearest = self._candidates.asked(partial(self._alike, centred, raw))
        found = np.full(len(self._rows), self._spread.mean @ centred, np.float32)
        likely = self._rows[np.argsort(-words, kind="stable")[:LIKELY]]
        missing = np.setdiff1d(likely, [hit["number"] for hit in alike])
        if len(missing):
            alike += self._candidates.asked(partial(self._of_some, centred, missing.tolist()))
        numbers = np.array([hit["number"] for hit in alike], np.int64)
        of_rows = np.searchsorted(self._rows, numbers)
        here = (of_rows < len(self._rows)) & (self._rows[np.minimum(of_rows, len(self._rows) - 1)] == numbers)
        found[of_rows[here]] = np.array([hit["distance"] for hit in alike], np.float32)[here]
        return self._spread.standard(found, centred), self._largest(nearest, raw)

    def _alike(self, centred: Floats, raw: Floats, client: MilvusClient, table: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The passages most alike, and the nearest as they are."""
        both = client.search(table, data=[centred.tolist(), raw.tolist()], limit=TAKEN_AT_ONCE, **_ASKED)
        return list(both[0]), list(both[1][:NEAREST])

    def _of_some(self, centred: Floats, numbers: list[int], client: MilvusClient, table: str) -> list[dict[str, Any]]:
        some = {"filter": f"number in {numbers}", "limit": len(numbers)}
        return list(client.search(table, data=[centred.tolist()], **some, **_ASKED)[0])

    def _largest(self, nearest: list[dict[str, Any]], raw: Floats) -> float:
        """The cosine of the nearest passage as the model made it."""
        origin = float(self._spread.origin @ raw)
        return max((hit["entity"]["length"] * hit["distance"] + origin for hit in nearest), default=-1.0)


_ASKED: dict[str, Any] = {
    "anns_field": "meaning",
    "search_params": {"metric_type": "IP", "params": {"ef": 2 * TAKEN_AT_ONCE}},
    "output_fields": ["number", "length"],
    "consistency_level": "Bounded",
    "timeout": SECONDS,
}
