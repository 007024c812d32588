"""Sentences on a theme from the real speeches, and how these begin."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Engine, excerpts, openings
from retrieval.material import beginnings
from retrieval.material.beginnings import BEGINNING, SHORTEST
from retrieval.material.excerpts import KINDS, words_of
from tests.kit.table import each_row

# theme, kind, speech, words of a sentence of that kind
FOUND = [
    ("工会", "definition", 5, "工会是党联系职工群众的桥梁和纽带。"),
    ("工会", "definition", 3, "工会组织是党领导下的工人阶级群众组织"),
    ("工会", "demand", 4, "各级工会组织必须履行好自己的职责"),
    ("工会", "opening", 6, "我谨代表市委、市政府、市总工会"),
    ("劳模精神", "definition", 4, "铸就了“爱岗敬业、争创一流，艰苦奋斗、勇于创新，淡泊名利、甘于奉献”的劳模精神"),
    ("劳模精神", "definition", 6, "弘扬爱岗敬业、争创一流、艰苦奋斗、勇于创新、淡泊名利、甘于奉献的劳模精神"),
    ("劳动", "golden", 1, "劳动改变世界，劳动创造未来。"),
    ("劳动", "definition", 4, "劳动是财富的源泉，也是幸福的源泉。"),
    ("劳动", "wish", 3, "再次祝愿各位代表和全市广大劳动者"),
    ("勞動", "golden", 1, "劳动改变世界，劳动创造未来。"),
]


def worthy(engine: Engine) -> tuple[tuple[int, int, int], ...]:
    """The place of 劳动改变世界，劳动创造未来。"""
    return tuple((place.speech, *place.span) for place in engine.exact.concordance.find("劳动改变世界，劳动创造未来。"))


@each_row("theme, kind, speech, words", FOUND)
def test_a_sentence_is_found_as_what_it_is_used_for(engine: Engine, theme: str, kind: str, speech: int, words: str) -> None:
    found = [e for e in excerpts(engine, theme, worthy(engine)) if words in e.quote.text and e.quote.source.speech == speech]
    assert [e.kind for e in found] == [kind]


@pytest.mark.parametrize("theme", ["工会", "劳模精神", "创新", "民生"])
def test_every_sentence_is_verbatim_usable_said_once_and_in_the_order_of_the_kinds(engine: Engine, theme: str) -> None:
    found = excerpts(engine, theme)
    for excerpt in found:
        source = excerpt.quote.source
        assert engine.corpus.texts[source.file][source.span.start : source.span.end] == excerpt.quote.text
        assert beginnings.usable(excerpt.quote.text)
        assert not excerpt.on_theme or all(word in excerpt.quote.text for word in words_of(engine, theme))
    assert len({excerpt.quote.id for excerpt in found}) == len(found)
    assert [e.kind for e in found] == sorted((e.kind for e in found), key=KINDS.index)


def test_every_speech_with_a_demand_has_its_turn_before_any_has_a_second(engine: Engine) -> None:
    speeches = [e.quote.source.speech for e in excerpts(engine, "工会") if e.kind == "demand"]
    first = speeches[: len(set(speeches))]
    assert len(set(first)) == len(first)
    assert first == [2, 1, 3, 4, 5, 6]  # by year


def test_beginnings_and_wishes_on_anything_fill_in_and_say_so(engine: Engine) -> None:
    found = excerpts(engine, "创新")
    assert {e.kind for e in found if not e.on_theme} == {"opening", "wish"}
    assert all(e.on_theme for e in excerpts(engine, "工会") if e.kind == "opening")


@pytest.mark.parametrize("theme", ["幼儿园", "", "？？", "9999"])
def test_a_theme_of_which_nothing_is_said_has_no_material(engine: Engine, theme: str) -> None:
    assert excerpts(engine, theme) == ()


def test_all_six_speeches_begin_with_whole_sentences_in_time_order(engine: Engine) -> None:
    found = openings(engine.corpus)
    assert [quote.source.speech for quote in found] == [2, 1, 3, 4, 5, 6]
    assert all(len(quote.text) >= BEGINNING and quote.text[-1] in "。！" and "\n" not in quote.text for quote in found)
    assert found[-1].text.startswith("在“五一”国际劳动节即将来临之际")  # 大家好！ is a mere greeting
    assert all(len(quote.text.split("。")[0]) >= SHORTEST for quote in found)


@settings(deadline=None, max_examples=40)
@given(st.text("劳模精神工会创新的要是,，。 *x？2014年第三篇abc", max_size=12))
def test_any_theme_has_verbatim_material_or_none(engine: Engine, theme: str) -> None:
    for excerpt in excerpts(engine, theme):
        source = excerpt.quote.source
        assert engine.corpus.texts[source.file][source.span.start : source.span.end] == excerpt.quote.text


def test_the_examples_of_what_is_usable_hold() -> None:
    assert doctest.testmod(beginnings).failed == 0
