"""Whole dialogues between people and a real bot on the unmodified library, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import Application

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.demo.world.parameters import Upload
from tests.bot.demo.conftest import direct_of, group_of
from tests.kit.library_bot import LONG, QUOTE, picture

Bot = Application[Any, Any, Any, Any, Any, Any]
pytestmark = pytest.mark.usefixtures("bot")


async def test_a_question_gets_a_card_that_replies_to_it_with_formatting_and_buttons(api: LocalApi) -> None:
    sent = api.people.send(FIRST_USER, "什么是劳模精神？")
    action = await api.people.wait(FIRST_USER, "action", after=sent.seq)
    answer = await api.people.message(FIRST_USER, after=sent.seq)
    assert action.value == "typing"
    assert answer.reply_to == sent.id
    kinds = {(entity.kind, entity.offset) for entity in answer.text.entities}
    assert {("blockquote", 12), ("bold", 12)} < kinds
    assert any(kind == "bot_command" for kind, _ in kinds)
    assert LONG in answer.text.content


async def test_a_tap_is_answered_and_edits_the_card_in_place(api: LocalApi) -> None:
    card = await api.people.ask(FIRST_USER, "工匠精神")
    query = api.people.tap(FIRST_USER, card, "更多")
    assert await api.people.answer(query) == {"text": "", "alert": False}
    edited = await api.people.edited(FIRST_USER, after=query.seq, message_id=card.id)
    assert edited.text.content == f"更多引文\n{QUOTE}"
    assert edited.edited


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("提示", {"text": "已收藏", "alert": False}),
        ("说明", {"text": "引文逐字出自讲话原文。", "alert": True}),
    ],
)
async def test_toasts_and_alerts_reach_the_person(api: LocalApi, label: str, answer: dict[str, Any]) -> None:
    card = await api.people.ask(FIRST_USER, "工匠精神")
    assert await api.people.answer(api.people.tap(FIRST_USER, card, label)) == answer


async def test_photos_and_documents_can_be_downloaded_again(api: LocalApi, bot: Bot) -> None:
    card = await api.people.ask(FIRST_USER, "工匠精神")
    query = api.people.tap(FIRST_USER, card, "图片")
    photo = (await api.people.message(FIRST_USER, after=query.seq)).attachment
    assert photo is not None
    assert (photo.width, photo.height) == (640, 360)
    file = await bot.bot.get_file(photo.file_id)
    assert bytes(await file.download_as_bytearray()) == picture()
    document = (await api.people.ask(FIRST_USER, "/file")).attachment
    assert document is not None
    assert document.name == "全文.txt"
    again = await bot.bot.send_document(FIRST_USER, document.file_id)
    assert again.document.file_name == "全文.txt"


async def test_a_photo_or_sticker_from_a_person_arrives(api: LocalApi) -> None:
    for kind, upload in (
        ("photo", Upload("a.png", "image/png", picture())),
        ("sticker", Upload("👍", "", b"webp")),
    ):
        sent = api.people.send_file(FIRST_USER, kind, upload)
        answer = await api.people.message(FIRST_USER, after=sent.seq)
        assert answer.text.content == "我只看得懂文字。"


async def test_an_edited_question_arrives_and_can_be_reacted_to(api: LocalApi) -> None:
    sent = api.people.send(FIRST_USER, "工将精神")
    await api.people.message(FIRST_USER, after=sent.seq)
    api.people.edit(FIRST_USER, sent.id, "工匠精神")
    reaction = await api.people.wait(FIRST_USER, "reaction", after=sent.seq)
    assert (reaction.subject, reaction.value) == (sent.id, ("👀",))


async def test_an_inline_result_is_chosen_and_its_button_works_by_inline_id(api: LocalApi, bot: Bot) -> None:
    answer = await api.people.results(api.people.type_inline(FIRST_USER, "劳模"))
    assert [result.id for result in answer.results] == ["p1", "p2", "p3", "p4", "p5"]
    assert (answer.button, answer.next_offset) == (("私下问我", "inline"), "5")
    chat = direct_of(api)
    sent = api.people.choose(FIRST_USER, answer, "p2", query_text="劳模", chat_id=chat.id)
    assert sent.via_bot
    query = api.people.tap(SECOND_USER, sent, "更多")
    edited = await api.people.edited(chat.id, after=query.seq)
    assert edited.text.content.startswith("更多引文")
    chosen = bot.bot_data["noted"][-1].chosen_inline_result
    assert (chosen.result_id, chosen.query, chosen.inline_message_id) == ("p2", "劳模", sent.inline_id)


async def test_a_guest_question_gets_one_answer_where_the_bot_is_not_a_member(api: LocalApi) -> None:
    chat = direct_of(api)
    sent = api.people.send(FIRST_USER, "@local_quotes_bot 什么是劳模精神", chat_id=chat.id)
    answer = await api.people.message(chat.id, after=sent.seq)
    assert answer.text.content == QUOTE
    assert answer.guest_caller is api.state.users[FIRST_USER]


async def test_a_reply_to_the_bot_in_a_group_is_heard(api: LocalApi) -> None:
    group = group_of(api)
    card = await api.people.ask(FIRST_USER, "/ask 劳模", chat_id=group.id)
    sent = api.people.send(SECOND_USER, "还有吗", chat_id=group.id, reply_to=card.id)
    assert (await api.people.message(group.id, after=sent.seq)).reply_to == sent.id


async def test_blocking_is_told_to_the_bot_and_refuses_its_messages(api: LocalApi, bot: Bot) -> None:
    await api.people.ask(FIRST_USER, "/start")
    api.people.block(FIRST_USER)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.bot.send_message(FIRST_USER, "早上好")
    api.people.unblock(FIRST_USER)
    await bot.bot.send_message(FIRST_USER, "早上好")
    await api.people.ask(FIRST_USER, "在吗")
    statuses = [update.my_chat_member.new_chat_member.status for update in bot.bot_data["noted"]]
    assert statuses == ["kicked", "member"]


async def test_a_group_that_became_a_supergroup_is_followed(api: LocalApi, bot: Bot) -> None:
    group = group_of(api)
    moved = api.people.migrate(FIRST_USER, group.id)
    with pytest.raises(ChatMigrated) as caught:
        await bot.bot.send_message(group.id, "早上好")
    assert caught.value.new_chat_id == moved.id
    assert (await bot.bot.send_message(moved.id, "早上好")).message_id > 0


async def test_a_bot_cannot_write_first_to_a_stranger(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.bot.send_message(SECOND_USER, "你好")


async def test_members_and_chats_can_be_asked_for(api: LocalApi, bot: Bot) -> None:
    group = group_of(api)
    assert (await bot.bot.get_chat(group.id)).title == "读书小组"
    assert (await bot.bot.get_chat_member(group.id, FIRST_USER)).status == "creator"
    assert (await bot.bot.get_chat_member(group.id, SECOND_USER)).status == "member"


async def test_a_deleted_card_leaves_an_inaccessible_message_behind_its_buttons(api: LocalApi, bot: Bot) -> None:
    card = await api.people.ask(FIRST_USER, "劳模")
    await bot.bot.delete_message(FIRST_USER, card.id)
    query = api.people.tap(FIRST_USER, card, "提示")
    assert (await api.people.answer(query))["text"] == "已收藏"


async def test_menus_follow_scope_and_language(api: LocalApi) -> None:
    shown = api.world.menus.shown(api.state.chats[FIRST_USER], FIRST_USER, "zh-hans")
    assert [command["command"] for command in shown] == ["start", "help", "random", "list", "file"]
