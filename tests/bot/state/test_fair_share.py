"""Shares of the overall limit: fair, and never more than the whole, in whatever order processes come to it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.state.fair_share import LEAST, fair_shares, next_share

NEEDS = st.lists(st.floats(0.0, 3.0), min_size=1, max_size=8)


@given(NEEDS)
def test_the_whole_is_divided_and_nobody_gets_less_than_who_needs_less(needs: list[float]) -> None:
    shares = fair_shares(needs)
    assert 1.0 - 0.02 * len(needs) <= sum(shares) <= 1.0
    for need, share in zip(needs, shares, strict=True):
        assert all(share <= other + 0.02 for n, other in zip(needs, shares, strict=True) if n >= need)
        assert share >= min(LEAST, 0.5 / len(needs)) - 0.011


@dataclass
class Process:
    """said: what the others read. used: what it sends with. recent: the most it used in its last second."""

    said: float = 0.0
    used: float = 0.0
    recent: float = 0.0
    need: float = 0.0


BEATS = st.lists(st.tuples(st.integers(0, 3), st.floats(0.0, 1.5), st.booleans()), max_size=120)


@given(BEATS)
def test_together_they_never_use_more_than_the_whole(beats: list[tuple[int, float, bool]]) -> None:
    processes = [Process() for _ in range(4)]
    for index, need, second_passed in beats:
        one = processes[index]
        if second_passed:  # since its last beat: what it used before that is forgotten by Telegram
            one.recent = one.used
        one.need = need
        fair = fair_shares([p.need for p in processes])[index]
        others = sum(p.said for p in processes) - one.said
        settled = one.used if one.recent <= one.used else 1.0
        one.used, one.said = next_share(one.said, others, fair, settled)
        one.recent = max(one.recent, one.used)
        assert one.used <= one.said + 1e-9
        assert sum(p.said for p in processes) <= 1.0 + 1e-9
        assert sum(p.recent for p in processes) <= 1.0 + 1e-9, "what Telegram counts of the last second"


def test_who_needs_it_has_nearly_all_after_a_few_beats() -> None:
    busy, idle = Process(said=0.5, used=0.5, need=1.0), Process(said=0.5, used=0.5)
    for _ in range(3):
        for one, other in ((busy, idle), (idle, busy)):
            fair = fair_shares([busy.need, idle.need])[0 if one is busy else 1]
            one.used, one.said = next_share(one.said, other.said, fair, one.used)
    assert busy.used > 0.9
