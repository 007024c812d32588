"""Questions to go on with."""

from __future__ import annotations

import pytest

from retrieval.answer.engine import Engine
from retrieval.conversation.next_questions import next_questions


@pytest.mark.parametrize("question", ["劳模精神是什么", "工会应该为职工做什么", "劳模能涨工资吗", "创新", "今晚吃什么"])
def test_what_is_proposed_is_answered_surely_elsewhere(judged: Engine, question: str) -> None:
    answer = judged.ask(question)
    proposed = next_questions(judged, answer.understood, answer.quotes, [question])
    assert len(set(proposed)) == 3
    for one in proposed:
        found = judged.ask(one)
        assert found.confidence == "sure"
        assert not {quote.id for quote in found.quotes[:1]} & {quote.id for quote in answer.quotes}


def test_nothing_is_proposed_twice(judged: Engine) -> None:
    answer = judged.ask("工会应该为职工做什么")
    once = next_questions(judged, answer.understood, answer.quotes, [])
    again = next_questions(judged, answer.understood, answer.quotes, once)
    assert once
    assert not set(once) & set(again)


def test_nothing_is_proposed_where_nothing_was_searched_for(judged: Engine) -> None:
    answer = judged.ask("3.2")
    assert next_questions(judged, answer.understood, (), []) == ()
