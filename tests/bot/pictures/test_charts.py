"""Charts: what is drawn is as long, as dark and as legible as the numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import TooLong, comparison_chart, count_bars, daily_bars, heat_map
from bot.pictures.amounts import digits_for, number, scale
from bot.pictures.canvas import contrast
from bot.pictures.comparison import colours
from bot.pictures.count_chart import IN_HEADINGS, IN_TEXT
from bot.pictures.heat import cell_colours
from bot.pictures.picture_error import Empty, Mismatch
from tests.kit.pixels import count, opened, pixels_of
from tests.kit.table import each_row

DAYS = [date(2024, 4, 1) + timedelta(days=i) for i in range(30)]
SURE, NEAR, NONE = "#4c7a62", "#d09a45", "#b5aca0"


@given(st.floats(0, 1))
def test_numbers_in_cells_are_legible(share: float) -> None:
    ground, figure = cell_colours(share)
    assert contrast(ground, figure) >= 4.5


def test_the_same_values_have_the_same_colour_and_greater_ones_are_darker() -> None:
    image = opened(heat_map(["甲", "乙"], ["一", "二"], [[0, 4], [4, 8]], "图"))
    areas = [count(image, cell_colours(share)[0]) for share in (0, 0.5, 1)]
    assert areas[1] == pytest.approx(2 * areas[0], rel=0.02)
    assert areas[2] == pytest.approx(areas[0], rel=0.02)
    grounds = [contrast(cell_colours(i / 10)[0], "#ffffff") for i in range(11)]
    assert grounds == sorted(grounds)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ([], Mismatch),
        ([[1.0]], Mismatch),
        ([[1.0, 2.0], [3.0]], Mismatch),
        ([[1.0, 2.0], [3.0, math.inf]], Mismatch),
        ([[1.0, 2.0], [3.0, -(10**400)]], Mismatch),
    ],
)
def test_values_that_do_not_fit_the_map_are_refused(values: list[list[float]], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        heat_map(["甲", "乙"], ["一", "二"], values, "图")


def test_a_map_without_any_value_is_drawn() -> None:
    assert opened(heat_map(["甲"], ["一"], [[math.nan]], "")).size == (1080, 366)


NUMBERS = [0.0, 1e15, -1e15, 123456.789, 1e-9]


@pytest.mark.parametrize("value", NUMBERS)
def test_a_map_of_any_number_alone_is_drawn(value: float) -> None:
    assert opened(heat_map(["甲", "乙"], ["一", "二"], [[value] * 2] * 2, "图")).width == 1080


@pytest.mark.slow
def test_the_fullest_map_with_all_numbers_is_drawn() -> None:
    values = [[NUMBERS[(row + column) % len(NUMBERS)] for column in range(12)] for row in range(40)]
    image = opened(heat_map(["很长的主题名称" * 9] * 40, ["very long column name " * 9] * 12, values, "题" * 999))
    assert image.size == (1080, 2706)


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    series = {"sure": [20] * 30, "near": [10] * 30, "none": [5] * 30}
    image = opened(daily_bars(DAYS, series, "最近30天")).crop((0, 200, 1080, 720))
    heights = [len(set(pixels_of(image, colour)[0])) for colour in (SURE, NEAR, NONE)]
    assert heights[0] == pytest.approx(2 * heights[1], abs=2)
    assert heights[1] == pytest.approx(2 * heights[2], abs=2)
    assert max(pixels_of(image, NONE)[0]) < min(pixels_of(image, NEAR)[0])
    assert max(pixels_of(image, NEAR)[0]) < min(pixels_of(image, SURE)[0])


def test_days_without_questions_are_drawn_as_an_empty_chart() -> None:
    image = opened(daily_bars(DAYS, {"sure": [0] * 30}, "")).crop((0, 200, 1080, 720))
    assert count(image, SURE) == 0


def test_bars_of_a_comparison_are_as_long_as_their_numbers() -> None:
    dark, light = colours(2)
    image = opened(comparison_chart(["甲", "乙"], {"hit@1": [0.4, 0.8], "hit@3": [0.2, 0.6]}, "比较")).crop((0, 216, 1080, 420))
    areas = [count(image, colour) for colour in (dark, light)]
    assert areas[0] / areas[1] == pytest.approx(1.2 / 0.8, rel=0.01)


def test_bars_of_counts_are_as_long_as_their_numbers_and_headings_come_after_the_text() -> None:
    image = opened(count_bars(["第1篇 2011", "第2篇 2006", "第3篇"], [8, 4, 0], [2, 0, 0], ("正文", "标题"), "次数")).crop(
        (0, 210, 1080, 430)
    )
    rows, columns = pixels_of(image, IN_TEXT)
    first, second = (len(set(columns[(rows >= top) & (rows < top + 72)])) for top in (0, 72))
    assert first == pytest.approx(2 * second, abs=2)
    assert count(image, IN_HEADINGS) == pytest.approx(count(image, IN_TEXT) / 6, rel=0.02)
    assert set(rows) <= set(range(144)), "a speech without it has no bar"
    assert min(pixels_of(image, IN_HEADINGS)[1]) == max(columns[rows < 72]) + 1


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=100), st.integers(0, 10**6), st.integers(0, 99)), min_size=1, max_size=40), st.text(max_size=99))
def test_any_names_and_counts_can_be_drawn(rows: list[tuple[str, int, int]], title: str) -> None:
    labels, in_text, in_headings = (list(column) for column in zip(*rows, strict=True))
    assert opened(count_bars(labels, in_text, in_headings, (title, title), title)).width == 1080


@each_row(
    "draw, refusal",
    [
        (lambda: daily_bars([], {"a": []}, ""), Empty),
        (lambda: daily_bars(DAYS, {}, ""), Empty),
        (lambda: daily_bars(DAYS * 4, {"a": [1] * 120}, ""), TooLong),
        (lambda: daily_bars(DAYS, {"a": [1] * 29}, ""), Mismatch),
        (lambda: daily_bars(DAYS, {"a": [-1] * 30}, ""), Mismatch),
        (lambda: daily_bars(DAYS, {"a": [10**400] * 30}, ""), Mismatch),
        (lambda: count_bars([], [], [], ("a", "b"), ""), Empty),
        (lambda: count_bars(["x"] * 41, [1] * 41, [0] * 41, ("a", "b"), ""), TooLong),
        (lambda: count_bars(["x"], [1, 2], [0], ("a", "b"), ""), Mismatch),
        (lambda: count_bars(["x"], [1], [-1], ("a", "b"), ""), Mismatch),
        (lambda: comparison_chart([], {"a": []}, ""), Empty),
        (lambda: comparison_chart(["x"] * 17, {"a": [1] * 17}, ""), TooLong),
        (lambda: comparison_chart(["x"], {"a": [math.nan]}, ""), Mismatch),
        (lambda: comparison_chart(["x"], {"a": [1, 2]}, ""), Mismatch),
        (lambda: heat_map(["x"] * 41, ["y"], [[1]] * 41, ""), TooLong),
        (lambda: heat_map(["x"], ["y"] * 13, [[1] * 13], ""), TooLong),
        (lambda: heat_map([], [], [], ""), Empty),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_type(draw: Callable[[], bytes], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draw()


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=100), st.floats(0, 1e15)), min_size=1, max_size=16), st.text(max_size=100))
def test_any_names_and_amounts_can_be_compared(rows: list[tuple[str, float]], title: str) -> None:
    names, values = [name for name, _ in rows], [value for _, value in rows]
    first, second = comparison_chart(names, {title: values}, title), comparison_chart(names, {title: values}, title)
    assert first == second
    assert opened(first).width == 1080


@given(st.floats(0, 1e15))
def test_a_scale_begins_at_zero_and_covers_the_highest_value_with_few_steps(highest: float) -> None:
    ticks = scale(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest * 0.998
    assert 2 <= len(ticks) <= 7
    assert len({number(tick, digits_for(ticks)) for tick in ticks}) == len(ticks)
