"""Folding, segmenting and counting: from characters to terms."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Corpus, Segmenter
from retrieval.speeches.numerals import to_chinese, to_int
from retrieval.terms.counts import count_terms
from retrieval.terms.fold import fold, fold_question
from retrieval.terms.segment import jieba_cut, rjieba_cut
from retrieval.terms.sound import homophones, reading
from retrieval.terms.synonyms import Group, thesaurus

ROOT = Path(__file__).parents[3]
ANY_TEXT = st.text(st.characters() | st.sampled_from(list("劳模工會…ＧＤＰ㍿ﬁ\u200b\u3000")), max_size=60)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("勞動最光榮是真理", "劳动最光荣是真理"),
        ("ＧＤＰ　１５％", "gdp 15%"),
        ("劳 模 精 神", "劳模精神"),
        ("劳模\x00精神\u200b", "劳模精神"),
        ("  ", ""),
    ],
)
def test_questions_are_folded_to_one_form(typed: str, folded: str) -> None:
    assert fold_question(typed) == folded


@given(ANY_TEXT)
def test_every_folded_character_leads_back_to_its_origin(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    for i in range(len(folded.text)):
        span = folded.back(i, i + 1)
        assert span.end == span.start + 1
        assert folded.text[i] in fold(text[span.start : span.end]).text


@given(ANY_TEXT)
def test_terms_stand_where_they_say(text: str) -> None:
    folded = fold(text).text
    for term in Segmenter(list).terms(folded):
        assert folded[term.start : term.end] == term.text[1:]


@pytest.mark.slow
def test_both_cutters_find_the_same_words(corpus: Corpus) -> None:
    rows = (ROOT / "seeds" / "asks.jsonl").read_text(encoding="utf-8").splitlines()
    asks = [ask for row in rows[::10] for ask in json.loads(row)["asks"]]
    slow, fast = Segmenter(jieba_cut()), Segmenter(rjieba_cut())
    for text in (*corpus.texts.values(), *asks):
        assert slow.words(fold(text).text) == fast.words(fold(text).text)


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from(list("劳动模范gdp15. ，\n工會")), max_size=20), min_size=1, max_size=6))
def test_counting_many_texts_finds_what_one_by_one_finds(segmenter: Segmenter, texts: list[str]) -> None:
    counted = count_terms(texts, segmenter)
    names = list(counted.vocabulary)
    for row, text in enumerate(texts):
        mine = counted.texts == row
        found = {names[t]: n for t, n in zip(counted.terms[mine], counted.counts[mine], strict=True)}
        assert found == Counter(t.text for t in segmenter.terms(fold_question(text)) if t.text[0] != "w" or len(t.text) > 2)


@given(st.integers(1, 99))
def test_numerals_go_both_ways(number: int) -> None:
    assert to_int(to_chinese(number)) == to_int(str(number)) == number


def test_homophones_and_latin_spellings_lead_to_the_corpus_words() -> None:
    found = homophones({"b劳模": 9, "w劳模": 9, "b老莫": 1, "w精神": 3, "w咸阳": 2})
    assert found.of_bigram("劳摸")[0] == "b劳模"
    assert found.latin_to_words("laomojingshen好不好 ok") == "劳模精神好不好 ok"
    assert found.latin_to_words("xianyang") == "咸阳"
    assert found.latin_to_words("lao mo jing shen ok") == "劳模精神 ok"
    assert found.latin_to_words("学劳mo，讲jing神 劳mojing") == "学劳模，讲精神 劳mojing"
    assert found.latin_to_words("劳ma 请mo会") == "劳ma 请mo会"
    assert [reading(c) for c in "绿女A"] == ["lv", "nv", ""]


def test_synonyms_go_both_ways_and_prefer_the_longest() -> None:
    found = thesaurus([Group(("厂子", "厂子倒闭"), ("企业破产",)), Group(("涨工资",), ("提高工资",))])
    assert found.expand("厂子倒闭怎么办") == [("厂子倒闭", "企业破产")]
    assert found.expand("提高工资") == [("提高工资", "涨工资")]
