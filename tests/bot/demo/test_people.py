"""What people do before any bot answers."""

from __future__ import annotations

import pytest

from bot.demo import FIRST_USER, LocalApi
from bot.demo.world.telegram_state import Message, TelegramState, User
from tests.bot.demo.conftest import group_of


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("大家好", False),
        ("@local_quotes_bot，什么是劳模精神", True),
        ("@local_quotes_bot什么是劳模精神", False),
        ("/ask 劳模", True),
        ("/ask@local_quotes_bot 劳模", True),
        ("/ask@other_bot 劳模", False),
        ("/ask劳模", False),
        ("@LOCAL_QUOTES_BOT 劳模", True),
    ],
)
async def test_privacy_mode_lets_the_bot_hear_only_what_is_meant_for_it(api: LocalApi, text: str, heard: bool) -> None:
    before = len(api.world.updates)
    api.people.send(FIRST_USER, text, chat_id=group_of(api).id)
    assert (len(api.world.updates) > before) is heard


async def test_an_administrator_bot_hears_everything(api: LocalApi) -> None:
    group = api.people.add_group("工作群", FIRST_USER, with_bot=False)
    api.people.add_bot(FIRST_USER, group.id, admin=True)
    before = len(api.world.updates)
    api.people.send(FIRST_USER, "大家好", chat_id=group.id)
    assert len(api.world.updates) == before + 1


async def test_a_very_long_text_comes_as_several_messages(api: LocalApi) -> None:
    before = len(api.people.messages(FIRST_USER))
    api.people.send(FIRST_USER, "字" * 10_000)
    sizes = [len(message.text.content) for message in api.people.messages(FIRST_USER)[before:]]
    assert sizes == [4096, 4096, 1808]


async def test_blank_texts_are_not_sent(api: LocalApi) -> None:
    for blank in ("", " \n", "\u200b\u3000", "\r\t"):
        with pytest.raises(ValueError, match="blank"):
            api.people.send(FIRST_USER, blank)


async def test_only_their_own_messages_can_be_edited(api: LocalApi) -> None:
    group = group_of(api)
    sent = api.people.send(FIRST_USER, "/ask 劳模", chat_id=group.id)
    with pytest.raises(KeyError):
        api.people.edit(1_002, sent.id, "别的", chat_id=group.id)


def test_chats_keep_only_their_latest_messages() -> None:
    bot, user = User(1, "机器人", is_bot=True), User(2, "甲")
    state = TelegramState(bot, max_messages=10)
    chat = state.add_user(user)
    for number in range(25):
        state.keep(Message(number, chat.id, user, 0, inline_id=f"i{number}"))
    assert list(chat.messages) == list(range(15, 25))
    assert list(state.inline_messages) == [f"i{number}" for number in range(15, 25)]
