"""Formulas that several speeches share, and how they changed."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Engine, formulas
from retrieval.exact.letters import letters
from retrieval.material import formulas as module
from retrieval.material.formulas import revised

THEMES = ["工会", "劳模精神", "劳动", "创新", "改革"]
# theme, speeches in time order, first version
SHARED = [
    ("工会", [2, 3, 5], "充分发挥党联系职工群众的桥梁纽带作用"),
    ("工会", [4, 6], "把竭诚为职工服务作为工会一切工作的出发点和落脚点"),
    ("劳模精神", [2, 4, 5, 6], "学习劳模就是要学习劳模爱岗敬业、争创一流、艰苦奋斗、勇于创新、淡泊名利、甘于奉献的劳模精神"),
    ("劳动", [3, 5, 6], "营造劳动最光荣、劳动最崇高、劳动最伟大、劳动者最美丽的浓厚氛围"),
    ("劳动", [2, 4, 5], "在全社会形成劳动光荣、知识崇高、人才宝贵、创造伟大的良好环境"),
]


@pytest.mark.parametrize(("theme", "speeches", "first"), SHARED)
def test_a_formula_is_found_in_every_speech_that_has_it_in_time_order(engine: Engine, theme: str, speeches: list[int], first: str) -> None:
    (found,) = [f for f in formulas(engine, theme) if f.versions[0].quote.text == first]
    assert [place.speech for version in found.versions for place in version.places] == speeches


@pytest.mark.parametrize("theme", THEMES)
def test_every_version_is_verbatim_and_its_pieces_lead_from_the_one_before(engine: Engine, theme: str) -> None:
    found = formulas(engine, theme)
    assert found
    for formula in found:
        assert formula.speeches > 1
        before = ""
        for version in formula.versions:
            source, text = version.quote.source, version.quote.text
            assert engine.corpus.texts[source.file][source.span.start : source.span.end] == text
            assert bool(version.pieces) == bool(before)
            if before:
                assert "".join(p.text for p in version.pieces if p.kind != "struck") == text
                assert letters("".join(p.text for p in version.pieces if p.kind != "put in")).text == letters(before).text
            before = text


def test_what_is_said_alike_is_one_version_with_all_places(engine: Engine) -> None:
    (found,) = [f for f in formulas(engine, "即将来临") if "国际劳动节" in f.versions[0].quote.text]
    (version,) = found.versions
    assert [place.speech for place in version.places] == [3, 4, 6]


def test_what_merely_shares_a_phrase_is_no_formula(engine: Engine) -> None:
    said = [version.quote.text for formula in formulas(engine, "劳动") for version in formula.versions]
    assert "劳动模范是工人阶级和广大劳动群众的杰出代表" not in said


@pytest.mark.parametrize("theme", ["幼儿园", "", "瘦肉精"])
def test_a_theme_that_no_two_speeches_say_alike_has_none(engine: Engine, theme: str) -> None:
    assert formulas(engine, theme) == ()


wordings = st.text("劳模精神工会要，、“”的", min_size=1, max_size=25).filter(lambda text: bool(letters(text).text))


@settings(deadline=None)
@given(wordings, wordings)
def test_a_revision_is_the_later_wording_and_has_all_letters_of_the_earlier(earlier: str, later: str) -> None:
    pieces = revised(earlier, later)
    assert "".join(p.text for p in pieces if p.kind != "struck") == later
    assert letters("".join(p.text for p in pieces if p.kind != "put in")).text == letters(earlier).text


def test_the_example_of_a_revision_holds() -> None:
    assert doctest.testmod(module).failed == 0
