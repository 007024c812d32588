"""Which questions are proposed beside which passage."""

from __future__ import annotations

from retrieval.answer.proposed_questions import LEADS_BACK, RELATED, ProposedQuestions
from retrieval.answer.scoring import Hit

PROPOSED = ["工会怎么服务职工\n工会要做什么", "", "工会是什么"]
FOUND = {
    "工会怎么服务职工，工会要做什么": (Hit(0, 10), Hit(2, 10 * RELATED), Hit(1, 10 * RELATED - 0.1)),
    "工会是什么": (Hit(2, 10), Hit(0, 10 * LEADS_BACK), Hit(1, 10 * LEADS_BACK - 0.1)),
}


def proposed(looked_at: list[str]) -> ProposedQuestions:
    def answers(ask: str, passage: int) -> bool:
        looked_at.append(ask)
        return passage == 2

    return ProposedQuestions(PROPOSED, lambda text: FOUND.get(text, ()), answers)


def test_a_passage_has_its_questions_and_those_that_are_asked_about_as_it_is() -> None:
    questions = proposed([])
    assert questions.of(0) == ("工会怎么服务职工", "工会要做什么")
    assert questions.of(1) == ()
    assert questions.related(0) == [2]
    assert questions.related(1) == []


def test_a_question_leads_back_to_what_it_finds_too() -> None:
    assert [questions.leads_back("工会是什么", number) for questions in [proposed([])] for number in (0, 1, 2)] == [True, False, True]


def test_whether_it_is_answered_surely_is_looked_at_once() -> None:
    looked_at: list[str] = []
    questions = proposed(looked_at)
    assert questions.answers_surely("工会是什么", 2)
    assert questions.answers_surely("工会是什么", 2)
    assert not questions.answers_surely("工会要做什么", 0)
    assert looked_at == ["工会是什么", "工会要做什么"]
