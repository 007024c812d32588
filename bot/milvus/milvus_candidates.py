"""The passages that a Milvus server finds for weighted terms: the numbers and scores that the index of one machine would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from bot.milvus.milvus_server import MilvusServer
from bot.milvus.passage_table import BOTH, table_of
from bot.milvus.readiness import Readiness
from retrieval import CandidateScope, Floats, IndexUnavailable, Ints, TermNumbers, Vector

if TYPE_CHECKING:
    from pymilvus import MilvusClient

T = TypeVar("T")
SECONDS = 0.6  # of a call; a question takes one, with meaning three, and whoever asks is told within two seconds
TAKEN_AT_ONCE = 2000  # passages most alike in meaning: as many as by words, see `retrieval`'s scoring
MOST = 16_384  # rows of an answer, Milvus' own limit
TIES = 32  # more than are wanted, so that of equal scores the first in the order of the texts are among them


class MilvusCandidates:
    """What `retrieval.Candidates` promises, of one version of the speeches.

    terms: of that version. passages: how many it has. seconds: of a search.
    """

    def __init__(self, server: MilvusServer, version: str, terms: TermNumbers, passages: int, seconds: float = SECONDS) -> None:
        self._server, self._terms, self._seconds = server, terms, seconds
        self._table = table_of(version)
        self.weighed = terms.weighed
        self.readiness = Readiness(server, self._table, passages)

    @property
    def trouble(self) -> str:
        """Why it cannot be asked at present, "" when it can."""
        return f"{self._server.name}: {self.readiness.trouble}" if self.readiness.trouble else ""

    def search(self, terms: Mapping[str, float], k: int, within: CandidateScope | None = None) -> tuple[Ints, Floats]:
        """The k best passages' numbers and scores, best first, of equal ones the first in the texts. Raises IndexUnavailable."""
        vector = self._terms.vector(terms)
        if not vector or k < 1:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        found = self.asked(partial(self._found, vector, min(k + TIES, MOST), condition(within)))
        numbers, scores = np.array(found.ids, np.int32), np.array(found.distances, np.float32)
        order = np.lexsort((numbers, -scores))[:k]
        return numbers[order], scores[order]

    def asked(self, work: Callable[[MilvusClient, str], T]) -> T:
        """What `work` finds in this version's collection. Raises IndexUnavailable, at once while it is known to be away."""
        if self.readiness.trouble:
            raise IndexUnavailable(self._server.name, self.readiness.trouble)
        try:
            return self._server.call(lambda client: work(client, self._table), self._seconds)
        except IndexUnavailable as error:
            self.readiness.failed(error.why)
            raise

    def _found(self, vector: Vector, limit: int, where: str, client: MilvusClient, table: str) -> Any:
        asked: dict[str, Any] = {"data": [vector], "anns_field": "terms", "limit": limit, "filter": where, "timeout": self._seconds}
        return client.search(table, **asked, **_ASKED)[0]


_ASKED: dict[str, Any] = {
    "search_params": {"metric_type": "IP", "params": {"drop_ratio_search": 0.0}},  # no term is left out
    "output_fields": ["number"],
    "consistency_level": "Bounded",
}


def condition(within: CandidateScope | None) -> str:
    """Milvus' filter for where passages may stand; "" for everywhere.

    >>> condition(CandidateScope("own", (10, 90), "opening"))
    'collection == "own" and number >= 10 and number < 90 and part in ["opening", "both"]'
    >>> condition(CandidateScope(among=((10, 20), (30, 40))))
    '((number >= 10 and number < 20) or (number >= 30 and number < 40))'
    """
    if within is None:
        return ""
    collection = f'collection == "{within.collection}"' if within.collection else ""
    numbers = f"number >= {within.passages[0]} and number < {within.passages[1]}" if within.passages else ""
    if within.among:
        numbers = "(" + " or ".join(f"(number >= {first} and number < {end})" for first, end in within.among) + ")"
    part = f'part in ["{within.part}", "{BOTH}"]' if within.part else ""
    return " and ".join(filter(None, (collection, numbers, part)))
