"""Vectors of meaning on a real Milvus server beside vectors at hand: the same likeness of every passage to a question."""

from __future__ import annotations

import numpy as np
import pytest

from bot.milvus.milvus_candidates import MilvusCandidates
from bot.milvus.milvus_server import MilvusServer
from bot.milvus.milvus_vectors import LIKELY, MilvusVectors
from bot.milvus.passage_table import PassageRow, make_current, write_version
from retrieval import TermSpace, Vectors, spread_of
from retrieval.index.meaning.vectors import rounded

pytestmark = pytest.mark.slow

WIDTH, PASSAGES = 32, 2500  # more than are taken at once


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    made = np.random.default_rng(1).normal(size=(PASSAGES // 2, WIDTH)).astype(np.float32) + 0.3
    mean = np.full(WIDTH, 0.05, np.float32)
    return Vectors(rounded(made / np.linalg.norm(made, axis=1, keepdims=True), mean), mean)


def test_likeness_is_that_of_vectors_at_hand(server: MilvusServer, vectors: Vectors) -> None:
    """Every other passage has a vector; the rest is found by what people ask."""
    units, lengths = np.concatenate([*vectors.apart()]).tolist(), vectors.lengths.tolist()
    rows = [PassageRow(n, "", 1, "", {n % 7: 1.0}, *((units[n // 2], lengths[n // 2]) if n % 2 else ((), 0.0))) for n in range(PASSAGES)]
    write_version(server, "meant", rows, PASSAGES, WIDTH, lambda _: None)
    make_current(server, "meant")
    candidates = MilvusCandidates(server, "meant", TermSpace(()), PASSAGES, seconds=20.0)
    while candidates.readiness.trouble:
        candidates.readiness.look()
    elsewhere = MilvusVectors(candidates, np.arange(1, PASSAGES, 2), spread_of(vectors))
    chance = np.random.default_rng(2)
    for _ in range(3):
        centred, raw = chance.normal(size=(2, WIDTH)).astype(np.float32)
        words = chance.random(PASSAGES // 2).astype(np.float32)
        expected, nearest = vectors.likeness(centred, raw, words)
        found, found_nearest = elsewhere.likeness(centred, raw, words)
        exact = np.union1d(np.argsort(-words)[:LIKELY], np.argsort(-expected)[:500])
        assert found[exact] == pytest.approx(expected[exact], abs=1e-3)
        assert found_nearest == pytest.approx(nearest, abs=1e-5)
        assert np.isin(found, found[exact]).sum() < PASSAGES // 2 or np.allclose(found, expected, atol=1e-3)
