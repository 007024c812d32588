"""Whatever comes in, only characters that the fonts can draw come out, on one line."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.fonts import GETA, has
from bot.pictures.printable import printable, shortened
from tests.kit.table import each_row

ANYTHING = st.text(max_size=100) | st.text(st.characters(exclude_categories=()), max_size=100)


@given(ANYTHING, st.sampled_from(["serif", "sans"]))
def test_every_character_is_visible_and_in_the_font(text: str, face: str) -> None:
    clean = printable(text, face)
    assert all(has(face, c) for c in clean)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"}
    assert clean == clean.strip()
    assert "  " not in clean
    assert printable(clean, face) == clean


@each_row(
    "text, expected",
    [
        ("劳动\u202e光荣\u2066", "劳动光荣"),
        ("\ufeff劳\u200b动\x00\x1b[31m", "劳动[31m"),
        ("劳动\r\n\t　光荣", "劳动 光荣"),
        ("劳\u0301\u0301\u0301动", "劳动"),
        ("e\u0301", "é"),
        ("👍🏽好", GETA * 2 + "好"),
        ("\ud800劳", "劳"),
        ("한국", GETA * 2),
        ("勞動創造財富", "勞動創造財富"),
    ],
)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert printable(text, "serif") == expected


@given(ANYTHING, st.integers(1, 30))
def test_shortened_keeps_its_limit_and_says_that_it_cut(text: str, limit: int) -> None:
    short = shortened(text, limit, "sans")
    assert len(short) <= limit
    assert short == printable(text, "sans") or short.endswith("…")


def test_both_faces_hold_what_the_layout_relies_on() -> None:
    for character in GETA + "⸺“”‘’（）《》，。、；：！？…—·–原话":
        assert has("serif", character)
        assert has("sans", character)
    assert not has("serif", "\U0010ffff")
