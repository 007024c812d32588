"""Polls of the local Bot API: refusals in Telegram's words, answers, what the bot is told."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, Update

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from tests.bot.demo.conftest import Caller, group_of

QUIZ: dict[str, Any] = {
    "question": "哪年讲的？",
    "options": [{"text": "2014年"}, {"text": "2015年"}],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [1],
    "explanation": "咸阳",
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"question": ""}, "poll question must be non-empty"),
    ({"question": "问" * 301}, "poll question length must not exceed 300"),
    ({"options": [{"text": "一"}]}, "poll must have at least 2 option"),
    ({"options": []}, "poll must have at least 2 option"),
    ({"options": [{"text": str(n)} for n in range(13)]}, "poll can't have more than 12 options"),
    ({"options": [{"text": "一"}, {"text": " "}]}, "poll options must be non-empty"),
    ({"options": [{"text": "一"}, {"text": "二" * 101}]}, "poll options length must not exceed 100"),
    ({"options": [{"text": "一"}, {"words": "二"}]}, "can't parse options JSON object"),
    ({"options": "["}, "can't parse InputPollOption JSON object"),
    ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
    ({"correct_option_ids": [-1]}, "wrong correct option ID specified"),
    ({"correct_option_ids": []}, "wrong correct option ID specified"),
    ({"correct_option_ids": [0, 1]}, "wrong correct option ID specified"),
    ({"correct_option_ids": None}, "wrong correct option ID specified"),
    ({"type": "vote"}, "unsupported poll type specified"),
    ({"explanation": "因" * 201}, "poll explanation is too long"),
    ({"explanation": "\n".join("一二三四")}, "poll explanation is too long"),
    ({"chat_id": 12345}, "chat not found"),
]


@pytest.fixture
def talking(api: LocalApi) -> LocalApi:
    """The first user has spoken, so the bot may write."""
    api.people.send(FIRST_USER, "你好")
    return api


@pytest.mark.parametrize(("values", "words"), WRONG, ids=lambda value: str(value)[:40])
async def test_a_wrong_poll_is_refused(talking: LocalApi, call: Caller, values: dict[str, Any], words: str) -> None:
    answer = await call("sendPoll", **{"chat_id": FIRST_USER, **QUIZ, **values})
    assert answer["description"] == f"Bad Request: {words}"
    assert [m for m in talking.people.messages(FIRST_USER) if m.poll] == []


async def test_a_group_that_allows_no_polls_refuses_them(api: LocalApi, call: Caller) -> None:
    group = group_of(api)
    group.refuses["poll"] = "not enough rights to send polls to the chat"
    answer = await call("sendPoll", chat_id=group.id, **QUIZ)
    assert answer["description"] == "Bad Request: not enough rights to send polls to the chat"


async def test_a_quiz_is_shown_and_its_answers_are_told(talking: LocalApi, call: Caller) -> None:
    shown = (await call("sendPoll", chat_id=FIRST_USER, **QUIZ))["result"]
    assert shown["poll"] | {"id": ""} == {
        "id": "",
        "question": "哪年讲的？",
        "options": [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(("2014年", "2015年"))],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": False,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": [1],
        "explanation": "咸阳",
    }
    message = talking.people.messages_by_id(FIRST_USER)[shown["message_id"]]
    talking.people.choose_option(FIRST_USER, message, 1)
    *_, poll, told = (await call("getUpdates", timeout=0))["result"]
    assert poll["poll"]["total_voter_count"] == 1
    assert Update.de_json(poll, Bot("1:a")).poll
    update = Update.de_json(told, Bot("1:a"))
    assert update.poll_answer
    assert (update.poll_answer.poll_id, update.poll_answer.option_ids) == (shown["poll"]["id"], (1,))
    assert update.poll_answer.user
    assert update.poll_answer.user.id == FIRST_USER


async def test_a_quiz_counts_the_first_answer_of_everybody(api: LocalApi, call: Caller) -> None:
    group = group_of(api)
    shown = (await call("sendPoll", chat_id=group.id, **QUIZ))["result"]
    message = api.people.messages_by_id(group.id)[shown["message_id"]]
    api.people.choose_option(FIRST_USER, message, 0)
    api.people.choose_option(SECOND_USER, message, 1)
    with pytest.raises(ValueError, match="answered already"):
        api.people.choose_option(FIRST_USER, message, 1)
    with pytest.raises(ValueError, match="expected one of 2"):
        api.people.choose_option(SECOND_USER, message, 2)
    assert message.poll
    assert message.poll.to_json()["total_voter_count"] == 2


async def test_who_answers_an_anonymous_poll_is_not_told(talking: LocalApi, call: Caller) -> None:
    shown = (await call("sendPoll", chat_id=FIRST_USER, question="?", options=["一", "二"]))["result"]
    talking.people.choose_option(FIRST_USER, talking.people.messages_by_id(FIRST_USER)[shown["message_id"]], 0)
    updates = (await call("getUpdates", timeout=0))["result"]
    assert "poll" in updates[-1]
    assert not any("poll_answer" in update for update in updates)


async def test_a_message_without_a_poll_cannot_be_voted_in(talking: LocalApi) -> None:
    with pytest.raises(KeyError):
        talking.people.choose_option(FIRST_USER, talking.people.messages(FIRST_USER)[-1], 0)
