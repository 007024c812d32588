"""Word clouds: no two words touch, weights decide, the same words give the same picture."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import word_cloud
from bot.pictures.cloud import MOST_WORDS, place
from bot.pictures.picture_error import Empty
from tests.kit.pixels import opened
from tests.kit.table import each_row

WORDS = st.dictionaries(st.text("劳动创造未来工匠精神ABc", min_size=1, max_size=12), st.floats(0.01, 100), min_size=1, max_size=80)


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_words_do_not_overlap_stay_in_the_field_and_grow_with_their_weight(words: dict[str, float]) -> None:
    falling = sorted(words.items(), key=lambda item: -item[1])
    placed = place(falling)
    assert [p.word for p in placed] == [word for word, _ in falling]
    assert all(a.pixels >= b.pixels for a, b in pairwise(placed))
    for p in placed:
        left, top, right, bottom = p.box
        assert left >= 0
        assert top >= 0
        assert right <= 960
        assert bottom <= 760
    for a, b in combinations([p.box for p in placed], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_order_of_the_words_does_not_matter() -> None:
    words = [("劳模", 5.0), ("创新", 3.0), ("工匠", 3.0), ("旅游", 1.0)]
    assert word_cloud(words, "甲") == word_cloud(words[::-1], "甲")


def test_the_heaviest_word_is_in_the_middle_and_the_cloud_is_full() -> None:
    placed = place([(f"词{i}", 100 / (i + 1)) for i in range(60)])
    left, top, right, bottom = placed[0].box
    assert abs((left + right) / 2 - 480) < 20
    assert abs((top + bottom) / 2 - 380) < 20
    area = sum((p.box[2] - p.box[0]) * (p.box[3] - p.box[1]) for p in placed)
    around = (max(p.box[2] for p in placed) - min(p.box[0] for p in placed)) * (
        max(p.box[3] for p in placed) - min(p.box[1] for p in placed)
    )
    assert area / around > 0.45


@each_row(
    "words", [[], [("劳模", 0.0)], [("劳模", -1.0)], [("劳模", math.nan)], [("劳模", math.inf)], [("\u200b", 1.0)], [("劳模", 10**400)]]
)
def test_no_usable_word_is_refused(words: list[tuple[str, float]]) -> None:
    with pytest.raises(Empty):
        word_cloud(words, "甲")


@pytest.mark.slow
def test_only_the_heaviest_of_a_flood_are_drawn() -> None:
    flood = [(f"词{i}", float(i + 1)) for i in range(50_000)]
    assert word_cloud(flood, "多") == word_cloud(flood[-MOST_WORDS:], "多")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.floats()), max_size=30), st.text(max_size=200))
def test_any_words_give_a_picture_or_a_typed_refusal(words: list[tuple[str, float]], title: str) -> None:
    try:
        assert opened(word_cloud(words, title)).width == 1080
    except Empty:
        return
