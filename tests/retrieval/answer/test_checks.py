"""The table of checks: each by its own examples, who has the last word, and that the table as a whole keeps its promises."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from retrieval import Case, Engine, explain
from retrieval.answer.checks import CHECKS, MODELS, Check, decide
from tests.kit.cases import CASES
from tests.kit.documents import table
from tests.kit.table import each_row

ORDER = ("none", "near", "sure")
BEFORE_MODELS = [check for check in CHECKS if check not in MODELS]


def case_of(engine: Engine, question: str) -> Case:
    case = engine.ask(question).case
    assert case is not None, question
    return case


@each_row("check", BEFORE_MODELS)
def test_a_check_holds_for_its_example_and_not_for_its_counter_example(judged: Engine, check: Check) -> None:
    """The end of its docstring: 员工  ✗五联."""
    examples = re.search(r": (\S+)  ✗(\S+)\.$", check.holds.__doc__ or "")
    assert examples, f"{check.name} shows no example"
    assert check.holds(case_of(judged, examples[1]))
    assert not check.holds(case_of(judged, examples[2]))


@each_row(
    "because, state, question, otherwise",
    [
        ("nothing found", "none", "qwertz", "劳模"),
        ("keyword said", "sure", "五联", "五联是干什么用的呀"),
        ("keyword said", "sure", "关于汗水", "哪几篇没有提到汗水"),
        ("keyword said", "sure", "天道酬勤民生在勤", "天道酬勤民生在懒"),
        ("keyword not said", "near", "医生", "工会"),
        ("better elsewhere", "near", "第五篇劳动能改变什么", "第一篇劳动能改变什么"),
        ("asked where not", "near", "哪篇没有提到创新", "哪篇提到创新"),
        ("number missing", "near", "榜样能带动多少人", "一线工人占多少"),
        ("item missing", "near", "对劳动者的第六点希望", "对劳动者的第四点希望"),
        ("answer missing", "near", "什么文件要求提高劳模待遇", "成绩献给哪次大会"),
        ("subject named", "near", "劳模能涨工资吗", "彩票怎么买"),
        ("name said", "near", "王进喜是哪里人", "李白是哪里人"),
        ("keyword often asked", "near", "员工", "区块链"),
        ("asked broadly", "sure", "工会要做什么", "提高劳模的待遇到多少"),
        ("unrelated", "none", "今晚吃什么", "今晚的座谈会讲了什么"),
        ("unanswered", "near", "提高劳模的待遇到多少", "劳模精神是什么"),
        ("doubtful", "near", "大家要做什么样的人", "劳模精神是什么"),
        ("answered", "sure", "劳模精神是什么", "怎么申报劳模"),
        ("part named", "none", "3.2", "结尾"),
        ("place named", "sure", "结尾", "3.2"),
        ("no terms", "none", "？", "结尾"),
    ],
)
def test_the_last_word_is_one_checks_and_is_told(judged: Engine, because: str, state: str, question: str, otherwise: str) -> None:
    verdict = judged.ask(question).verdict
    assert (verdict.because, verdict.state) == (because, state)
    assert judged.ask(otherwise).verdict.because != because


def test_the_page_of_answers_shows_the_table_with_questions_that_each_check_decides(judged: Engine) -> None:
    rows = table("docs/answers.md", "Check").rows
    states = [check.state + (f", over {check.over}" if check.over else "") for check in CHECKS]
    assert [row[:2] for row in rows] == [(f"`{check.name}`", state) for check, state in zip(CHECKS, states, strict=True)]
    assert [judged.ask(row[3].strip("`")).verdict.because for row in rows] == [check.name for check in CHECKS]


@given(CASES)
def test_the_first_check_that_answers_wins(case: Case) -> None:
    verdict = decide(case)
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    winner = CHECKS[names.index(verdict.because)]
    assert winner.state == verdict.state
    assert winner.holds(case)
    assert not [c for c in CHECKS[: names.index(verdict.because)] if c.over in (None, verdict.judged) and c.holds(case)]


@given(CASES)
def test_a_ceiling_only_lowers_and_a_floor_only_raises_what_the_models_say(case: Case) -> None:
    verdict = decide(case)
    over = {check.name: check.over for check in CHECKS}[verdict.because]
    assert verdict.judged is not None
    assert over in (None, verdict.judged)
    assert over is None or verdict.state == "near"
    assert decide(case, MODELS).state == verdict.judged


@given(CASES)
def test_without_any_one_check_there_is_still_a_verdict(case: Case) -> None:
    for left_out in BEFORE_MODELS:
        assert decide(case, [check for check in CHECKS if check is not left_out]).state in ORDER


@each_row("question", ["员工", "五联", "时传祥是干什么的", "张家界来了多少游客", "第六篇怎么说扭转社会风气", "今晚吃什么"])
def test_the_verdict_can_be_rebuilt_from_its_explanation(judged: Engine, question: str) -> None:
    answer = judged.ask(question)
    explanation = explain(judged, answer)
    case = explanation.case
    assert case
    assert judged.judge.judgement(case.evidence, case.anywhere) == case.judgement
    assert decide(case) == explanation.verdict == answer.verdict
    assert [won.score for won in explanation.winners] == [hit.score for hit in case.hits[:3]]
    assert case.understood == explanation.understood


@each_row("name, known", [("八八战略", "战略"), ("双碳目标", "目标"), ("三农工作", "工作"), ("八大精神", "精神")])
def test_a_name_of_which_only_the_last_word_is_said_is_not_sure(judged: Engine, name: str, known: str) -> None:
    assert judged.said_somewhere(known)
    assert judged.ask(name).confidence != "sure"


@pytest.mark.parametrize("question", ["劳模精神是什么", "员工", "第五篇里的毒豆芽", "哪几篇提到创新", "怎么申报劳模"])
def test_further_quotes_are_as_sure_as_the_first(judged: Engine, question: str) -> None:
    first = judged.ask(question)
    for skip in (1, 3, 6):
        further = judged.ask(question, 3, skip)
        assert (further.verdict, further.case) == (first.verdict, first.case)
