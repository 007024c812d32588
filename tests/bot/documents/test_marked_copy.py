"""The marked-up copy keeps every character of the draft and shows what was found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.marked_copy import marked_page, marked_text
from bot.settings import config
from retrieval import Checked, ExactText, read, verify

DRAFT = "<b>会上</b>说：“劳动改变中国，劳动创造未来。”\n还说“劳动最光荣，劳模最伟大”，以及“撸起袖子加油干”。"


@pytest.fixture(scope="module")
def exact() -> ExactText:
    return ExactText(read(config.HERE / "seeds" / "speeches"))


def where(one: Checked) -> str:
    return f"第{one.place.speech}篇" if one.place else "没有 & 无"


def test_a_text_shows_signs_places_and_corrections(exact: ExactText) -> None:
    assert marked_text(DRAFT, verify(exact, DRAFT), where) == (
        "<b>会上</b>说：“劳动改变〔-中国-〕〔+世界+〕，劳动创造未来。〔≈ 第1篇〕”\n"
        "还说“劳动最光荣，劳模最伟大〔✓ 第1篇〕”，以及“撸起袖子加油干〔✗ 没有 & 无〕”。"
    )


def test_a_page_escapes_what_the_draft_has(exact: ExactText) -> None:
    page = marked_page(DRAFT, verify(exact, DRAFT), where, "核对 <1>")
    assert "<b>会上" not in page
    assert "&lt;b&gt;会上&lt;/b&gt;" in page
    assert "<title>核对 &lt;1&gt;</title>" in page
    assert '<span class="differs">劳动改变<del>中国</del><ins>世界</ins>，劳动创造未来。</span><small> ≈ 第1篇</small>' in page
    assert "没有 &amp; 无" in page
    assert "<script" not in page
    assert "http" not in page


@given(st.text(st.sampled_from("劳动创造未来改变世界，。“”「」<&>\n1.、"), max_size=80))
def test_every_character_of_a_draft_is_kept(exact: ExactText, draft: str) -> None:
    copy = marked_text(draft, verify(exact, draft), where)
    assert re.sub("〔[✓≈✗] [^〕]*〕", "", re.sub(r"〔\+[^〕]*\+〕", "", copy)).replace("〔-", "").replace("-〕", "") == draft
