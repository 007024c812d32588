"""Who asks: channels and anonymous administrators have a pace, favourites and rights of their own."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot, CallbackQuery, Message, Update

from bot.edge.askers import Askers, writer_of

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
PERSON = {"id": 7, "is_bot": False, "first_name": "甲"}
GROUP = {"id": -100, "type": "supergroup", "title": "群"}
CHANNEL = {"id": -200, "type": "channel", "title": "频道"}
PRIVATE = {"id": 7, "type": "private", "first_name": "甲"}

CASES = [
    ("a person in private", {"chat": PRIVATE, "from": PERSON}, 7, True),
    ("a person in a group", {"chat": GROUP, "from": PERSON}, 7, False),
    ("an anonymous administrator", {"chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP}, -100, True),
    ("somebody who writes as a channel", {"chat": GROUP, "from": CHANNEL_BOT, "sender_chat": CHANNEL}, -200, False),
]
BOT = Bot("1:x")  # one for all: its certificates take 20 ms


def message(fields: dict[str, Any]) -> Message:
    update = Update.de_json({"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "问"} | fields}, None)
    assert update.message is not None
    return update.message


@pytest.mark.parametrize(("case", "fields", "person", "manages"), CASES, ids=[case[0] for case in CASES])
async def test_who_a_message_is_from(case: str, fields: dict[str, Any], person: int, manages: bool) -> None:
    asker = await Askers(BOT).of_message(message(fields))
    assert (asker.user_id, asker.manages_chat) == (person, manages), case
    assert writer_of(message(fields)) == person


OTHER = {"id": 8, "is_bot": False, "first_name": "乙"}
OWNERS = [
    ("of the channel that asked for it", {"from": CHANNEL_BOT, "sender_chat": CHANNEL}, -200),
    ("of the person who asked for it", {"from": OTHER}, 8),
    ("of everybody below another card", {"from": {"id": 1, "is_bot": True, "first_name": "讲", "username": "quotes_bot"}}, 0),
]


@pytest.mark.parametrize(("case", "writer", "owner"), OWNERS, ids=[case[0] for case in OWNERS])
async def test_whose_a_card_is(case: str, writer: dict[str, Any], owner: int) -> None:
    question = {"message_id": 1, "date": 1, "chat": GROUP, "text": "/saved"} | writer
    card = {"message_id": 2, "date": 1, "chat": GROUP, "from": PERSON, "text": "卡", "reply_to_message": question}
    tap = CallbackQuery.de_json({"id": "1", "from": PERSON, "chat_instance": "1", "data": "x", "message": card}, None)
    asker = await Askers(BOT).of_tap(tap, None)
    assert (asker.user_id, asker.started_by) == (7, owner), case
