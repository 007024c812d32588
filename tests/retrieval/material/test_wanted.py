"""Messages that ask for material, and those that do not."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine, material_theme
from retrieval.material import wanted
from retrieval.material.wanted import LONGEST_THEME
from tests.kit.table import each_row

ASKED = [
    ("素材 工会", "工会"), ("素材：工会", "工会"), ("写稿素材工会", "工会"), ("工会素材", "工会"), ("工会的素材！", "工会"),
    ("来点工会方面的素材", "工会"), ("给我找几句讲创新的写稿素材", "创新"), ("帮我找一些关于爱岗敬业的素材", "爱岗敬业"),
    ("素材 讲话", "讲话"),
]  # fmt: skip
OTHERS = [
    "素材",
    "写稿素材",
    "给我来点素材",
    "发言稿要用的素材",
    "讲话素材",
    "素材多吗",
    "工会应该做什么",
    "素材 " + "长" * 31,
    "素材 ？？",
    "素材\n工会",
    "",
]


@each_row("message, theme", ASKED)
def test_the_theme_is_what_stands_beside_the_word(engine: Engine, message: str, theme: str) -> None:
    assert material_theme(message, engine.reader.words) == theme


@each_row("message", OTHERS)
def test_other_messages_ask_for_no_material(engine: Engine, message: str) -> None:
    assert material_theme(message, engine.reader.words) is None


@given(st.text("素材工会的来点讲 ：。\n", max_size=40))
def test_a_theme_is_never_blank_or_long(engine: Engine, message: str) -> None:
    theme = material_theme(message, engine.reader.words)
    assert theme is None or (theme.strip() and len(theme) <= LONGEST_THEME)


def test_the_examples_hold() -> None:
    assert doctest.testmod(wanted).failed == 0
