"""What is known of all vectors without looking at them: mean and deviation of the cosines of any question."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.meaning.spread import spread_from, spread_of
from retrieval.index.meaning.vectors import Vectors, rounded

WIDTH = 24


def vectors_of(seed: int, size: int) -> Vectors:
    chance = np.random.default_rng(seed)
    made = chance.normal(size=(size, WIDTH)) + 0.4
    mean = np.full(WIDTH, 0.1, np.float32)
    return Vectors(rounded((made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32), mean), mean)


@given(seed=st.integers(0, 1000), size=st.integers(1, 60))
def test_cosines_stand_as_they_do_among_all(seed: int, size: int) -> None:
    vectors, question = vectors_of(seed, size), np.random.default_rng(seed + 1).normal(size=WIDTH).astype(np.float32)
    question /= np.linalg.norm(question)
    cosines, as_they_are = vectors.compared(question, question)
    expected, nearest = vectors.likeness(question, question, np.zeros(size, np.float32))
    spread = spread_of(vectors)
    if size > 1:
        assert spread.standard(cosines, question) == pytest.approx(expected, abs=1e-3)
    assert nearest == pytest.approx(float(as_they_are.max()))
    assert cosines * vectors.lengths + spread.origin @ question == pytest.approx(as_they_are, abs=1e-5)


def test_it_comes_back_from_its_bytes() -> None:
    spread = spread_of(vectors_of(1, 30))
    arrays = {name: memoryview(bytes(array)) for name, array in spread.arrays.items()}
    again = spread_from(arrays)
    assert np.array_equal(again.moments, spread.moments)
    assert np.array_equal(again.origin, spread.origin)
    assert np.array_equal(again.mean, spread.mean)
