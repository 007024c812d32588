"""What an administrator says about a speech counts: dates of every form, what cannot be is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.corrected_entry import LONGEST, PARTICULARS, Particular, corrected, told
from retrieval import Entry
from tests.kit.table import each_row

SPEECH = Entry(7, "own/a.txt", title="在大会上的讲话", place="咸阳", year=2014, year_basis="二〇一四年的", date="2014")


@each_row(
    "particular, words, stands",
    [
        ("title", "  在职工大会\n上的讲话 ", "在职工大会 上的讲话"),
        ("date", "2019-05-01", "2019-05-01"),
        ("date", "2019年5月1日", "2019-05-01"),
        ("date", "二〇一九年五月", "2019-05"),
        ("date", "2019-05", "2019-05"),
        ("date", "2019.5", "2019-05"),
        ("date", "2019", "2019"),
        ("date", "", ""),
        ("place", "", ""),
        ("place", "北京", "北京"),
        ("author", "某某", "某某"),
        ("aliases", "职工大会，工会那篇、 职工大会", "职工大会、工会那篇"),
        ("aliases", "", ""),
    ],
)
def test_a_particular_stands_as_it_was_said(particular: Particular, words: str, stands: str) -> None:
    assert told(corrected(SPEECH, particular, words), particular) == stands


def test_a_date_that_was_said_is_not_marked_as_inferred() -> None:
    fresh = corrected(SPEECH, "date", "2019-05-01")
    assert (fresh.year, fresh.year_basis) == (2019, "")
    assert corrected(SPEECH, "date", "").year == 0


@pytest.mark.parametrize(("particular", "words"), [("title", " \n"), ("date", "五一"), ("date", "2019-13-01"), ("date", "20190501")])
def test_what_cannot_be_is_refused(particular: Particular, words: str) -> None:
    with pytest.raises(ValueError, match=r"title|date"):
        corrected(SPEECH, particular, words)


@given(st.sampled_from(PARTICULARS), st.text())
def test_any_words_are_kept_on_one_line_or_refused(particular: Particular, words: str) -> None:
    try:
        stands = told(corrected(SPEECH, particular, words), particular)
    except ValueError:
        return
    assert len(stands.splitlines()) <= 1
    assert len(stands) <= 2 * LONGEST
