"""The line breaker holds the rules of Chinese typesetting for every text, and turns lines where readers would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.cells import cells
from bot.pictures.linebreak import break_lines, width_of
from bot.pictures.printable import printable
from bot.pictures.typesetting import stretch
from tests.kit.table import each_row

NOT_FIRST = "，。、；：！？”’）》〉】」』〕…·,.;:!?)]}%％"
NOT_LAST = "“‘（《〈【「『〔([{"
MANNERS = ("ragged", "justified")

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=200) | st.text(
    '劳动光荣的了12xA“”‘’（）《》，。、；：！？…—·,.;!?()%" 　\n\u200b\u202e', max_size=200
)
# Real prose has few marks in a row; with these no run is wider than six ems.
PROSE = st.lists(
    st.tuples(st.text(NOT_LAST, max_size=2), st.text("劳动创造未来", min_size=1, max_size=9), st.text(NOT_FIRST, max_size=3)),
    min_size=1,
    max_size=20,
).map(lambda parts: "".join(a + b + c for a, b, c in parts))


def lines(text: str, measure: float, alignment: str = "ragged", words: tuple[str, ...] = ()) -> list[str]:
    broken = break_lines(cells(text, "serif", measure), measure, alignment, words)
    return ["".join(c.text for c in line) for line in broken.lines]


@given(ANY_TEXT, st.floats(1.2, 30), st.sampled_from(MANNERS))
def test_no_line_is_wider_than_the_measure_and_nothing_is_lost(text: str, measure: float, alignment: str) -> None:
    clean = printable(text, "serif")
    broken = break_lines(cells(clean, "serif", measure), measure, alignment)
    assert "".join(c.text for line in broken.lines for c in line).replace(" ", "") == clean.replace(" ", "")
    for line in broken.lines:
        assert line[0].kind != "blank"
        assert line[-1].kind != "blank"
        assert width_of(line) <= measure + 1e-9


@given(PROSE, st.floats(7, 30), st.sampled_from(MANNERS))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, measure: float, alignment: str) -> None:
    found = lines(text, measure, alignment)
    assert all(line[0] not in NOT_FIRST for line in found[1:])
    assert all(line[-1] not in NOT_LAST for line in found)


@given(st.lists(st.sampled_from(["43.2", "20%", "1,000", "GDP", "——", "……", "劳", "动"]), max_size=40), st.floats(4, 20))
def test_numbers_words_dashes_and_dots_stay_whole(parts: list[str], measure: float) -> None:
    text = "力".join(parts)
    assert "力".join("".join(lines(text, measure)).split("力")) == text
    for part in set(parts):
        assert sum(line.count(part) for line in lines(text, measure)) == text.count(part)


@given(st.text("劳动创造未来", min_size=1, max_size=120), st.integers(4, 30))
def test_plain_text_takes_as_few_lines_as_it_can_and_the_last_is_no_orphan(text: str, measure: int) -> None:
    found = lines(text, measure)
    assert len(found) == -(-len(text) // measure)
    assert len(found[-1]) * 2 >= len(found[0]) - 1


@each_row(
    "text, measure, expected",
    [
        ("劳动改变世界，劳动创造未来。", 9, ["劳动改变世界，", "劳动创造未来。"]),
        ("劳模是国家的财富，人民的功臣，社会的楷模。", 10, ["劳模是国家的财富，", "人民的功臣，", "社会的楷模。"]),
        ("一二三四五，", 5.5, ["一二三四五，"]),  # the stop is squeezed to half an em at the end
        ("“一二三四”，", 5.5, ["“一二三四”，"]),  # 0.5 + 4 + 0.5 + 0.5
        ("同比增长43.2亿元", 6, ["同比增长", "43.2亿元"]),
        ("今天是第126个国际劳动节", 9, ["今天是第126个", "国际劳动节"]),
        ("", 5, []),
    ],
)
def test_lines_turn_where_a_reader_would(text: str, measure: float, expected: list[str]) -> None:
    assert lines(text, measure) == expected


def test_known_words_are_not_cut() -> None:
    text = "伟大的时代需要伟大的精神！"
    assert lines(text, 9, words=("伟大", "的", "时代", "需要", "伟大", "的", "精神", "！")) == ["伟大的时代需要", "伟大的精神！"]


def test_words_of_another_text_are_ignored() -> None:
    assert lines("劳动创造未来", 4, words=("某", "个")) == lines("劳动创造未来", 4)


def test_a_run_of_marks_wider_than_the_measure_is_cut_anyhow() -> None:
    assert "".join(lines("！" * 50, 6)) == "！" * 50


@given(PROSE, st.floats(12, 24))
def test_a_justified_line_fills_the_measure_exactly_or_stays_as_it_is(text: str, measure: float) -> None:
    for line in break_lines(cells(text, "serif", measure), measure, "justified").lines:
        extra = stretch(line, measure)
        assert 0 <= extra <= 0.2
        assert extra == 0 or width_of(line) + extra * (len(line) - 1) == pytest.approx(measure)
