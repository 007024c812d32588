"""The shuffle bag: everything once before anything twice."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state.shuffle import draw

pools = st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=12, unique=True)


@given(pools, st.randoms(use_true_random=False), st.integers(1, 5))
def test_every_round_shows_everything_once(pool: list[str], chance: random.Random, rounds: int) -> None:
    shown: tuple[str, ...] = ()
    drawn = []
    for _ in range(len(pool) * rounds):
        item, shown = draw(pool, shown, chance.choice)
        drawn.append(item)
    for start in range(0, len(drawn), len(pool)):
        assert sorted(drawn[start : start + len(pool)]) == sorted(pool)
    if len(pool) > 1:
        assert all(a != b for a, b in itertools.pairwise(drawn))


@given(pools, pools, st.randoms(use_true_random=False))
def test_a_changed_pool_keeps_what_was_shown_of_it(old: list[str], new: list[str], chance: random.Random) -> None:
    shown: tuple[str, ...] = ()
    for _ in range(len(old) // 2):
        _, shown = draw(old, shown, chance.choice)
    item, after = draw(new, shown, chance.choice)
    assert item in new
    assert set(after) <= set(new)
    if set(new) - set(shown):
        assert item not in shown


def test_an_empty_pool_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        draw([], [], min)
