"""What a check did, counted; questions that an index has not seen."""

from __future__ import annotations

from itertools import count

import pytest

from retrieval import Engine, Question, Segmenter, Unanswered, check_counts, measure, questions_of, read_asks, unseen_in_turn
from retrieval.answer.checks import Confidence, Verdict
from retrieval.answer.judge import UNJUDGED
from retrieval.answer.unseen import Unseen
from retrieval.evaluate import Accepted, Outcome
from tests.kit.table import each_row
from tests.retrieval.conftest import ROOT, words

ANSWERED, ON_SUBJECT, FAR = ("all", (Accepted(1, "劳模"),)), ("near", ()), ("far", ())


def outcome(asked: tuple[str, tuple[Accepted, ...]], rank: int, judged: Confidence, otherwise: Confidence, state: Confidence) -> Outcome:
    kind, accepted = asked
    return Outcome(Question("1", kind, "?", accepted), Verdict(state, "name said", judged), otherwise, rank, None, 1.0)


@each_row(
    "one, overruled, changed, better, worse",
    [
        (outcome(ANSWERED, 1, "none", "none", "near"), 1, 1, 1, 0),
        (outcome(ANSWERED, 1, "sure", "sure", "near"), 1, 1, 0, 1),
        (outcome(ANSWERED, 2, "sure", "sure", "near"), 1, 1, 1, 0),
        (outcome(ANSWERED, 0, "near", "near", "sure"), 1, 1, 0, 1),
        (outcome(ON_SUBJECT, 0, "none", "none", "near"), 1, 1, 1, 0),
        (outcome(FAR, 0, "none", "none", "near"), 1, 1, 0, 1),
        (outcome(FAR, 0, "none", "near", "near"), 1, 0, 0, 0),
        (outcome(FAR, 0, "near", "near", "near"), 0, 0, 0, 0),
    ],
)
def test_a_changed_verdict_is_better_or_worse_by_what_was_wanted(
    one: Outcome, overruled: int, changed: int, better: int, worse: int
) -> None:
    counted = check_counts([one, one])["name said"]
    assert (counted.decided, counted.overruled, counted.changed) == (2, 2 * overruled, 2 * changed)
    assert (counted.better, counted.worse) == (2 * better, 2 * worse)


def test_the_count_of_a_real_question_is_of_the_check_that_changed_it(engine: Engine) -> None:
    """Without its models the engine is sure of everything; a keyword that is not said is near."""
    outcomes = measure(engine, [Question("1", "keyword", "区块链", ())], clock=count().__next__)
    counts = check_counts(outcomes)
    assert [name for name, counted in counts.items() if counted.decided] == ["keyword not said"]
    assert (counts["keyword not said"].changed, counts["keyword not said"].better) == (1, 1)


@pytest.fixture(scope="module")
def in_turn(engine: Engine, segmenter: Segmenter) -> list[Unseen]:
    """Two writers' asks of the first passages."""
    asks = [ask for ask in read_asks(ROOT / "seeds" / "asks.jsonl", engine.corpus.texts) if ask.written in (1, 2)][:40]
    unanswered = Unanswered(("工会主席姓什么", "劳模有多高"), ("今晚吃什么", "明天下雨吗"))
    return list(unseen_in_turn(engine.corpus, words(), asks, unanswered, UNJUDGED, segmenter))


@pytest.mark.slow
def test_an_index_has_not_seen_what_it_is_asked(in_turn: list[Unseen]) -> None:
    assert sorted({ask.written for unseen in in_turn for ask in unseen.asks}) == [1, 2]
    total = sum(len(ask.asks) for unseen in in_turn for ask in unseen.asks)
    for unseen in in_turn:
        asked = [text for ask in unseen.asks for text in ask.asks]
        assert asked
        assert int(unseen.engine.found.bank.first[-1]) == total - len(asked) > 0
        assert len(unseen.unanswered.near) == len(unseen.unanswered.far) == 1


def test_unseen_questions_are_a_set_with_what_answers_them(in_turn: list[Unseen]) -> None:
    for unseen in in_turn:
        found = questions_of(unseen, 5)
        texts = unseen.engine.corpus.texts.values()
        assert {question.kind for question in found} == {f"written {unseen.asks[0].written}", "near", "far"}
        assert all(any(a.quote in text for text in texts) for question in found for a in question.accepted)
        assert 5 <= sum(bool(question.accepted) for question in found) < 10
