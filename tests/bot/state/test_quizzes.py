"""Quiz polls and their answers: counted in any order, once, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.cli.database import SCHEMAS
from bot.state import personal_data, quizzes
from bot.state.quizzes import KEPT_DAYS, QuizScore
from bot.state.store import Store, open_store

GROUP, OTHER, ANNA, BO = -100, -200, 7, 8
NOW = 1_795_000_000.0
DAY = 86400.0


@pytest.fixture
def memory(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url, SCHEMAS)
    yield opened
    opened.close()


def sent(store: Store, poll: str, chat: int = GROUP, right: int = 1, at: float = NOW) -> None:
    with store.quick() as connection:
        connection.execute(*quizzes.sent_write(poll, chat, right, at))


def guessed(store: Store, poll: str, person: int, option: int, name: str = "安", at: float = NOW) -> None:
    with store.quick() as connection:
        quizzes.guess(connection, poll, person, name, option, at)


def scores(store: Store, chat: int = GROUP, since: float = NOW - DAY) -> tuple[QuizScore, ...]:
    with store.reading() as connection:
        return quizzes.scores(connection, chat, since)


def test_right_answers_are_counted_for_everybody_in_a_chat(memory: Store) -> None:
    for number in range(3):
        sent(memory, f"p{number}")
        guessed(memory, f"p{number}", ANNA, option=min(number, 1))
    guessed(memory, "p0", BO, 1, "波")
    sent(memory, "elsewhere", OTHER)
    guessed(memory, "elsewhere", BO, 1, "波")
    assert scores(memory) == (QuizScore(ANNA, "安", 2, 3), QuizScore(BO, "波", 1, 1))
    assert scores(memory, OTHER) == (QuizScore(BO, "波", 1, 1),)


def test_an_answer_counts_that_came_before_its_poll_was_stored(memory: Store) -> None:
    guessed(memory, "p", ANNA, 1)
    assert scores(memory) == ()
    sent(memory, "p")
    assert scores(memory) == (QuizScore(ANNA, "安", 1, 1),)


def test_the_first_answer_counts_and_each_is_counted_once(memory: Store) -> None:
    for _ in range(2):
        sent(memory, "p")
        guessed(memory, "p", ANNA, 0)
    guessed(memory, "p", ANNA, 1)
    assert scores(memory) == (QuizScore(ANNA, "安", 0, 1),)


def test_only_polls_of_the_week_count(memory: Store) -> None:
    sent(memory, "old", at=NOW - 2 * DAY)
    guessed(memory, "old", ANNA, 1)
    assert scores(memory) == ()
    assert scores(memory, since=NOW - 3 * DAY) != ()


def test_a_person_is_forgotten_and_the_others_stay(memory: Store) -> None:
    sent(memory, "p")
    guessed(memory, "p", ANNA, 1)
    guessed(memory, "p", BO, 1, "波")
    with memory.quick() as connection:
        assert personal_data.forget(connection, ANNA).quiz == 1
        assert not personal_data.kept(connection, ANNA).any
    assert scores(memory) == (QuizScore(BO, "波", 1, 1),)


def test_scores_follow_a_group_to_its_new_id(memory: Store) -> None:
    sent(memory, "p")
    guessed(memory, "p", ANNA, 1)
    with memory.quick() as connection:
        personal_data.move(connection, GROUP, OTHER)
    assert scores(memory) == ()
    assert scores(memory, OTHER) == (QuizScore(ANNA, "安", 1, 1),)


def test_what_is_old_is_swept_with_the_names(memory: Store) -> None:
    sent(memory, "old", at=NOW - (KEPT_DAYS + 1) * DAY)
    guessed(memory, "old", ANNA, 1, at=NOW - (KEPT_DAYS + 1) * DAY)
    sent(memory, "new")
    guessed(memory, "new", ANNA, 1)
    with memory.quick() as connection:
        quizzes.sweep(connection, NOW)
        assert personal_data.kept(connection, ANNA).quiz == 1
    assert scores(memory, since=0.0) == (QuizScore(ANNA, "安", 1, 1),)
