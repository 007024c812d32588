"""435 questions of four writers who knew neither the asks nor each other: how well they are answered may not get worse."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.settings.library import Library
from retrieval.evaluate import Outcome, by_kind, measure, read_questions, states
from tests.kit.table import each_row

QUESTIONS = Path(__file__).parents[2] / "bench" / "held_out_questions.jsonl"


@pytest.fixture(scope="module")
def outcomes(library: Library) -> tuple[Outcome, ...]:
    return measure(library.engine, read_questions(QUESTIONS), time.perf_counter)


@pytest.mark.slow
def test_questions_nobody_has_prepared_for_are_answered(outcomes: tuple[Outcome, ...]) -> None:
    measures = by_kind(outcomes)
    assert measures["all"].hit1 >= 0.88
    assert measures["all"].hit3 >= 0.93
    assert measures["all"].characters <= 80
    assert measures["paraphrase"].hit1 >= 0.8
    for kind in ("keyword", "factoid", "noisy"):
        assert measures[kind].hit3 >= 0.95, kind


@pytest.mark.slow
def test_the_bot_says_how_sure_it_is_and_keeps_its_word(outcomes: tuple[Outcome, ...]) -> None:
    found = states(outcomes)
    assert found.right_when_sure >= 0.9
    assert found.answerable["near"] <= 0.15 * found.answerable.total()
    assert found.answerable["none"] <= 0.03 * found.answerable.total()
    assert found.unanswerable["sure"] <= 0.05 * found.unanswerable.total()


@each_row("keyword, confidence", [("工会", "sure"), ("讲讲劳模", "sure"), ("怎么看职工", "sure"), ("关于创新", "sure"),
     ("五联", "sure"), ("大学生", "near"), ("彩票", "near"),
     ("党", "sure"), ("第二篇提到工会了吗", "sure"), ("劳模？？？？", "sure"), ("包包", "none"),
     ("GDP", "near"), ("员工", "near"), ("模范", "sure"), ("区块链", "none"),
     ("劳模能涨工资吗", "near"), ("天气", "none"), ("股票", "none")])  # fmt: skip
def test_a_keyword_is_sure_where_it_is_said(library: Library, keyword: str, confidence: str) -> None:
    answer = library.engine.ask(keyword)
    assert answer.confidence == confidence
    assert (confidence == "sure") is any(answer.understood.text in quote.text for quote in answer.quotes[:1])


@each_row(
    "question, confidence",
    [
        ("张家界来了多少游客", "near"),
        ("一线工人占多少", "sure"),
        ("哪篇没有提到创新", "near"),
        ("哪篇提到创新", "sure"),
        ("时传祥是干什么的", "near"),
        ("李白是干什么的", "none"),
    ],
)
def test_what_no_quote_shows_is_not_sure(library: Library, question: str, confidence: str) -> None:
    assert library.engine.ask(question).confidence == confidence
