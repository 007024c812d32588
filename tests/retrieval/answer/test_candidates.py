"""Passages found elsewhere, by vectors: the answers are those of the index at hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval import CandidateScope, Engine
from tests.kit.exact_candidates import exact_of

pytestmark = pytest.mark.slow


QUESTIONS = (
    "劳模有哪三个作用", "工会怎么服务职工", "第三篇第二部分讲了什么精神", "结尾怎么说", "今天天气怎么样", "技能", "有没有说过劳动最光荣",
    "2015年的讲话怎么说创新", "每一篇怎么说工会", "怎样做新时代的劳动者", "是的", "房价为什么涨",
)  # fmt: skip


@pytest.mark.parametrize("which", ["engine", "plain"])
def test_the_answers_are_the_same(which: str, request: pytest.FixtureRequest) -> None:
    engine: Engine = request.getfixturevalue(which)
    elsewhere = replace(engine, candidates=exact_of(engine.found.index))
    for question in QUESTIONS:
        here, there = engine.ask(question, 5), elsewhere.ask(question, 5)
        assert (there.verdict, there.shown, there.more) == (here.verdict, here.shown, here.more), question
        assert [(quote.id, quote.marks, quote.also) for quote in there.quotes] == [(q.id, q.marks, q.also) for q in here.quotes], question


def test_of_many_passages_those_of_the_speeches_named_are_taken_too(plain: Engine) -> None:
    """Else those of a speech that says little of a matter would be behind all that others say of it."""
    candidates = exact_of(plain.found.index)
    few = replace(plain.scorer, candidates=candidates, taken=20)
    understood = plain.reader.understand("第三篇怎么说工会")
    here, there = plain.scorer.ranked(understood), few.ranked(understood)
    third = [number for number, passage in enumerate(plain.passages) if passage.speech == 3]
    assert candidates.asked == [None, CandidateScope(passages=(third[0], third[-1] + 1))]
    assert [hit.passage for hit in there.hits] == [hit.passage for hit in here.hits]
    assert [hit.passage for hit in there.anywhere] == [hit.passage for hit in here.anywhere]
    assert [hit.score for hit in there.hits] == pytest.approx([hit.score for hit in here.hits], rel=1e-5)
