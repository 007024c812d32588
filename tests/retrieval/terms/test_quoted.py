"""Quotation marks as people type them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms.quoted import ALIKE_BOTH_ENDS, CLOSERS, PAIRS, quoted
from tests.kit.table import each_row

BUDGET = 2.0  # seconds of processor time: it takes .03-.25, and took minutes while every mark looked at all that follow


@each_row("text, pieces", [
        ("他说“好的”和“坏的”", ["好的", "坏的"]),
        ("「甲」『乙』‘丙’〝丁〞＂戊＂<<己>>", ["甲", "乙", "丙", "丁", "戊", "己"]),
        ("“破解‘难题’的“关键一招”，广大”好", ["破解‘难题’的“关键一招”，广大"]),
        ("“ 中 国 梦 ” 出现", ["中 国 梦"]),
        ("“A\"和“B”", ["A", "B"]),  # one mark mistyped
        ("“螺丝钉“出现了几次", ["螺丝钉"]),
        ("”天府之国”在哪篇", ["天府之国"]),
        ("「创新”出现了几次", ["创新"]),
        ("\"劳动光荣'这个词", ["劳动光荣"]),
        ("''工会''提到几次", ["工会"]),
        ("“没完\n下一行“好”", ["没完", "好"]),  # never closed: to the end of its line
        ("“第一段。\n“第二段。”尾", ["第一段。\n“第二段。"]),  # each paragraph opens anew, the last one closes
        ("有没有劳动最光荣”这句话", []),
        ("don't, it’s, I'm 'hello' rock’n’roll", ["hello"]),
        ("《劳动法》和（括号）", []),
        ("“”「」\"\"", []),
        ("", []),
    ])  # fmt: skip
def test_pieces_in_quotation_marks_are_found(text: str, pieces: list[str]) -> None:
    assert [text[slice(*piece.inner)] for piece in quoted(text)] == pieces


@given(st.lists(st.sampled_from([*"劳动a \n", *PAIRS, *CLOSERS, *ALIKE_BOTH_ENDS]), max_size=60).map("".join))
def test_pieces_follow_each_other_and_lie_inside_their_marks(text: str) -> None:
    at = 0
    for piece in quoted(text):
        assert at <= piece.outer.start < piece.inner.start < piece.inner.end <= piece.outer.end <= len(text)
        assert text[slice(*piece.inner)].strip()
        at = piece.outer.end


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["“", "”", '"', "「a", "“a”", "'", "<<", "“\n", "‘“"])
def test_ten_thousand_marks_are_read_at_once(piece: str) -> None:
    start = time.process_time()
    assert len(quoted(piece * 10_000)) <= 10_000
    assert time.process_time() - start < BUDGET
