"""Sure, near or none: the models, their calibration, and the file they are kept in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, Evidence, Judge, Logistic, Segmenter, Unanswered, data_fingerprint, read_judge, write_judge
from retrieval.answer.calibrate import calibrated
from retrieval.answer.checks import decide
from retrieval.answer.judge import fit
from tests.kit.cases import EVIDENCE, judged_case
from tests.retrieval.conftest import words


def strong(value: float) -> Evidence:
    return Evidence(value, value, value, 1 - value, value, value, 1 - value, value, 1 - value, 1 - value, value, value, 1 - value)


def test_the_fit_tells_strong_evidence_from_weak() -> None:
    model = fit([strong(v) for v in (0.9, 0.8, 0.7, 0.3, 0.2, 0.1)], [True, True, True, False, False, False])
    assert model(strong(0.9)) > 0.8 > 0.2 > model(strong(0.1))


def test_a_fit_of_nothing_says_one_half() -> None:
    """So in a corpus of a few words, where no question can be made up."""
    assert fit([], [])(strong(0.9)) == 0.5


@given(st.lists(EVIDENCE, min_size=1, max_size=20))
def test_any_data_gives_finite_probabilities(data: list[Evidence]) -> None:
    model = fit(data, [i % 2 == 0 for i in range(len(data))])
    assert all(0 <= model(e) <= 1 for e in data)


@given(EVIDENCE, st.floats(0.01, 0.5), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_more_evidence_never_makes_it_less_sure(weak: Evidence, related: float, answered: float, right: float) -> None:
    model = Logistic((3, 1, 1, -1, 1, 1, -3, 2, -1, -1, 1, 1, -1), -2)
    judge = Judge(model, model, model, related, answered, right)
    better = replace(weak, coverage=weak.coverage + 0.2)

    def sureness(evidence: Evidence, anywhere: Evidence) -> int:
        case = judged_case(evidence, anywhere, judge.judgement(evidence, anywhere))
        return ("none", "near", "sure").index(decide(case).state)

    assert sureness(better, better) >= sureness(weak, weak)
    assert sureness(weak, better) >= sureness(weak, weak)


@pytest.mark.slow
def test_a_corpus_without_asks_is_calibrated_on_its_own_words(corpus: Corpus, segmenter: Segmenter) -> None:
    off_topic = ("蛋炒饭怎么炒", "明天下雨吗", "推荐一部科幻电影", "猫不吃饭怎么办", "世界杯谁赢了", "怎么读取文件") * 5
    judge = calibrated(corpus, words(), (), Unanswered((), off_topic), segmenter)
    assert 0 < judge.related_from < 1
    assert 0 < judge.right_from <= 1


def test_a_judge_is_read_back_for_the_same_data_only(tmp_path: Path, corpus: Corpus) -> None:
    model = Logistic(tuple(range(13)), 9)
    judge = Judge(model, model, model, 0.2, 0.5, 0.7)
    data = data_fingerprint(corpus, (), Unanswered())
    write_judge(tmp_path / "j.json", data, judge)
    assert read_judge(tmp_path / "j.json", data) == judge
    assert read_judge(tmp_path / "j.json", data_fingerprint(corpus, (), Unanswered(("x",)))) is None
    assert read_judge(tmp_path / "missing.json", data) is None


def test_a_judge_of_other_evidence_is_calibrated_again(tmp_path: Path) -> None:
    """One that an earlier version kept would fail at the first question."""
    earlier = Logistic(tuple(range(11)), 9)
    write_judge(tmp_path / "j.json", "x", Judge(earlier, earlier, earlier, 0.2, 0.5, 0.7))
    assert read_judge(tmp_path / "j.json", "x") is None


@pytest.mark.parametrize("content", ["", "[]", '{"data": 1}', '{"data": "x", "answered": 3}'])
def test_a_broken_file_means_calibrating_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "j.json").write_text(content, encoding="utf-8")
    assert read_judge(tmp_path / "j.json", "x") is None
