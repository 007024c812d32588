"""Pictures of a formula as it changed: marks, sizes, refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import PictureError, TooLong, formula_card
from bot.pictures.canvas import SEAL, WIDTH
from bot.pictures.formula import LIMIT, MOST_VERSIONS, PieceKind
from bot.pictures.picture_error import Empty
from tests.kit.pixels import count, opened, pixels_of

FIRST: tuple[str, list[tuple[str, PieceKind]]] = ("2014年", [("工会组织是党和政府联系职工群众的桥梁纽带", "kept")])
SECOND: tuple[str, list[tuple[str, PieceKind]]] = (
    "2015年",
    [("工会", "kept"), ("组织", "struck"), ("是桥梁", "kept"), ("和", "put in"), ("纽带", "kept")],
)


def test_only_what_is_put_in_is_red() -> None:
    plain, marked = (opened(formula_card("工会", rows, "")) for rows in ([FIRST], [SECOND]))
    assert plain.size == (WIDTH, 460)
    assert count(marked, SEAL) > count(plain, SEAL) + 100
    rows, _ = pixels_of(marked, SEAL)
    assert any(150 < row < 330 for row in rows)
    assert not any(150 < row < 330 for row in pixels_of(plain, SEAL)[0])


def test_every_version_makes_it_higher() -> None:
    assert opened(formula_card("工会", [FIRST, SECOND], "")).height > opened(formula_card("工会", [FIRST], "")).height


@pytest.mark.parametrize(
    ("rows", "problem"),
    [([], Empty), ([("2014年", [])], Empty), ([FIRST] * (MOST_VERSIONS + 1), TooLong), ([("", [("劳" * (LIMIT + 1), "kept")])], TooLong)],
)
def test_what_cannot_be_drawn_is_refused(rows: list[tuple[str, list[tuple[str, PieceKind]]]], problem: type[PictureError]) -> None:
    with pytest.raises(problem):
        formula_card("工会", rows, "")


pieces = st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["kept", "struck", "put in"])), min_size=1, max_size=4)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=8), pieces), min_size=1, max_size=3))
def test_any_words_can_be_drawn_or_are_refused(rows: list[tuple[str, list[tuple[str, PieceKind]]]]) -> None:
    try:
        assert opened(formula_card("", rows, "")).width == WIDTH
    except Empty:
        assert not any(sign.isalnum() for _, parts in rows for words, _ in parts for sign in words)
