"""Sure, near or none: an ordered table of checks, of which the first that answers has the last word.

The models come last. Checks before them rest on what the best passage says itself: `over` names the models' state that a check overrules,
so that a ceiling (near instead of sure) or a floor (near instead of none) says nothing where the models say so already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.answer.answer_kinds import kind_missing
from retrieval.answer.case import Case
from retrieval.answer.passage_words import asks_without, has_numbers, missing_item
from retrieval.terms.fold import fold_question

Confidence = Literal["sure", "near", "none"]

ELSEWHERE = 0.85  # of the best score anywhere: below it another speech says it; right sure answers that name a speech have .89 and more
# Of 86 answerable questions that were near nine are so, all with the right passage first; of 364 unanswerable ones none, of 1 913 one.
THIS_PASSAGE, ALL_THERE, HARDLY = 0.95, 0.95, 0.2
NAME = 3  # characters from which a word that the passage says makes it near: with 2, 4 times as many alien questions are near


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure an answer is. because: the name of what had the last word. judged: what the models alone say, where they were asked."""

    state: Confidence
    because: str
    judged: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The state of the cases that hold; over: only of those that the models put in this state."""

    name: str
    holds: Callable[[Case], bool]
    state: Confidence
    over: Confidence | None = None


def nothing_found(case: Case) -> bool:
    """No passage has a term of the question: qwertz  ✗劳模."""
    return not case.hits


def keyword_said(case: Case) -> bool:
    """A keyword that the passage says, or words of its own; not where it asks for where they are not: 五联  ✗员工."""
    return case.said == "all" and not asked_where_not(case)


def keyword_not_said(case: Case) -> bool:
    """A keyword of which the passage says nothing: 员工  ✗五联."""
    return case.said == "none"


def better_elsewhere(case: Case) -> bool:
    """The named speech says it much less than another: 第六篇怎么说扭转社会风气  ✗第一篇怎么说扭转社会风气."""
    return bool(case.hits) and case.hits[0].score < ELSEWHERE * case.highest


def asked_where_not(case: Case) -> bool:
    """It asks which speeches do not say something, which no quote shows: 哪篇没有提到创新  ✗各篇怎么说创新."""
    return case.understood.each and asks_without(fold_question(case.understood.question))


def number_missing(case: Case) -> bool:
    """It asks for a number or a year, and the passage has none: 张家界有多少劳模  ✗一线工人占多少."""
    return not has_numbers(case.understood.text, case.passage)


def item_missing(case: Case) -> bool:
    """It asks for the fourth of what the passage has three of: 劳模的第四个作用是什么  ✗劳模的第三个作用是什么."""
    return bool(missing_item(case.understood.text, case.passage))


def answer_missing(case: Case) -> bool:
    """It asks for a day, a document, who said it and the like, and the passage has none: 中心城区提质改造工期  ✗成绩献给哪次大会."""
    return kind_missing(case.understood.text, case.passage) is not None


def subject_named(case: Case) -> bool:
    """A word of the speeches' subject is in the question: 劳模能涨工资吗  ✗彩票怎么买."""
    return case.on_subject


def name_said(case: Case) -> bool:
    """The passage says a long word of the question: 王进喜是哪里人  ✗李白是哪里人."""
    return any(len(word) >= NAME and word in case.passage for word in case.words)


def keyword_often_asked(case: Case) -> bool:
    """A keyword whose words people ask of the speeches: 大学生  ✗区块链."""
    return case.said is not None and case.often_asked


def asked_broadly(case: Case) -> bool:
    """It asks of nothing but the subject, as many passages do, and an answer is expected: 工会要做什么  ✗困难企业要做什么."""
    return case.only_subject and case.judgement.is_related and case.judgement.is_answered


def wholly_said(case: Case) -> bool:
    """Nearly certainly this passage, which has all that is asked: 毛主席说劳模有几个作用  ✗毛主席爱吃什么."""
    found, judged = case.evidence, case.judgement
    here = judged.is_related and judged.right >= THIS_PASSAGE and found.matched >= ALL_THERE and found.missing <= HARDLY
    return here and not any(lacks(case) for lacks in (better_elsewhere, asked_where_not, number_missing, item_missing, answer_missing))


def unrelated(case: Case) -> bool:
    """The models do not take it for a question about the speeches' subject."""
    return not case.judgement.is_related


def unanswered(case: Case) -> bool:
    """The models do not expect that the speeches answer it."""
    return not case.judgement.is_answered


def doubtful(case: Case) -> bool:
    """The models do not expect the answer to be this passage."""
    return not case.judgement.is_right


def answered(_case: Case) -> bool:
    """Nothing speaks against it."""
    return True


MODELS = (
    Check("unrelated", unrelated, "none"),
    Check("unanswered", unanswered, "near"),
    Check("doubtful", doubtful, "near"),
    Check("answered", answered, "sure"),
)
CHECKS = (
    Check("nothing found", nothing_found, "none"),
    Check("keyword said", keyword_said, "sure"),
    Check("keyword not said", keyword_not_said, "near", over="sure"),
    Check("better elsewhere", better_elsewhere, "near", over="sure"),
    Check("asked where not", asked_where_not, "near", over="sure"),
    Check("number missing", number_missing, "near", over="sure"),
    Check("item missing", item_missing, "near", over="sure"),
    Check("answer missing", answer_missing, "near", over="sure"),
    Check("subject named", subject_named, "near", over="none"),
    Check("name said", name_said, "near", over="none"),
    Check("keyword often asked", keyword_often_asked, "near", over="none"),
    Check("wholly said", wholly_said, "sure", over="near"),
    Check("asked broadly", asked_broadly, "sure", over="near"),
    *MODELS,
)


def decide(case: Case, checks: Sequence[Check] = CHECKS) -> Verdict:
    """The verdict of the first check that answers; the models' four, at the end of the table, always do."""
    judged = next(check.state for check in MODELS if check.holds(case))
    first = next(check for check in checks if check.over in (None, judged) and check.holds(case))
    return Verdict(first.state, first.name, judged)
