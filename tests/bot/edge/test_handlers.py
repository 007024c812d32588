"""Whole dialogues over HTTP: what a person does, and what they see then."""

from __future__ import annotations

import pytest

from bot.contract.reply import Reply
from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.demo.world.parameters import Upload
from bot.demo.world.telegram_state import Message
from tests.bot.edge.conftest import UNLIMITED, running
from tests.kit.echo import Echo, EdgeSettings


async def in_order(api: LocalApi, chat: int, count: int, after: int) -> list[Message]:
    found: list[Message] = []
    while len(found) < count:
        found.append(await api.people.message(chat, after=found[-1].seq if found else after))
    return found


async def test_a_question_is_answered_as_a_reply_with_entities_in_utf16(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await api.people.ask(FIRST_USER, "😀劳模精神是什么？")
    assert answer.text.content == "😀劳模精神是什么？"
    assert [(e.kind, e.offset, e.length) for e in answer.text.entities] == [("blockquote", 0, 10)]
    assert answer.reply_to == api.people.messages(FIRST_USER)[-2].id


async def test_questions_of_a_chat_are_answered_in_order(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        mark = api.people.mark
        asked = [api.people.send(FIRST_USER, f"问 {n}") for n in range(3)]
        answers = await in_order(api, FIRST_USER, 3, mark)
    assert [a.reply_to for a in answers] == [q.id for q in asked]


async def test_all_parts_of_a_long_answer_come_and_the_first_is_the_reply(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        mark = api.people.mark
        question = api.people.send(FIRST_USER, "parts 3")
        answers = await in_order(api, FIRST_USER, 3, mark)
    assert [a.text.content for a in answers] == ["part 0", "part 1", "part 2"]
    assert [a.reply_to for a in answers] == [question.id, None, None]


async def test_what_comes_later_follows_what_was_there_at_once(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        mark = api.people.mark
        api.people.send(FIRST_USER, "later")
        answers = await in_order(api, FIRST_USER, 2, mark)
    assert [a.text.content for a in answers] == ["first", "second"]


async def test_a_file_arrives_as_a_document_with_the_text_as_caption(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await api.people.ask(FIRST_USER, "file")
    assert answer.attachment is not None
    assert (answer.attachment.kind, answer.attachment.name) == ("document", "全文.txt")
    assert answer.text.content == "说明"


async def test_a_tap_shows_the_toast_and_edits_the_card(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        card = await api.people.ask(FIRST_USER, "问")
        query = api.people.tap(FIRST_USER, card, "更多")
        toast = await api.people.answer(query)
        edited = await api.people.edited(FIRST_USER, after=query.seq)
    assert toast["text"] == "好"
    assert edited.text.content == f"card more {FIRST_USER}"


async def test_a_tap_after_a_restart_works(api: LocalApi, settings: EdgeSettings) -> None:
    async with running(settings, Echo()):
        card = await api.people.ask(FIRST_USER, "问")
    async with running(settings, Echo()):
        query = api.people.tap(FIRST_USER, card, "更多")
        assert (await api.people.edited(FIRST_USER, after=query.seq)).id == card.id


async def test_an_edited_question_edits_its_answer_also_after_a_restart(api: LocalApi, settings: EdgeSettings) -> None:
    async with running(settings, Echo()):
        answer = await api.people.ask(FIRST_USER, "问 1")
    async with running(settings, Echo()):
        mark = api.people.mark
        api.people.edit(FIRST_USER, answer.reply_to or 0, "问 2")
        edited = await api.people.edited(FIRST_USER, after=mark)
    assert (edited.id, edited.text.content) == (answer.id, "问 2")


@pytest.mark.slow
async def test_an_edit_that_needs_more_or_fewer_messages_gets_them(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        first = await api.people.ask(FIRST_USER, "问")
        mark = api.people.mark
        api.people.edit(FIRST_USER, first.reply_to or 0, "parts 2")
        second = await api.people.message(FIRST_USER, after=mark)
        assert second.text.content == "part 1"
        mark = api.people.mark
        api.people.edit(FIRST_USER, first.reply_to or 0, "短")
        await api.people.wait(FIRST_USER, "delete", after=mark)
        await api.people.ask(FIRST_USER, "完")
    shown = [m.text.content for m in api.people.messages(FIRST_USER)]
    assert shown == ["短", "短", "完", "完"]


GROUP_TEXTS = [
    ("@local_quotes_bot 劳模精神", "劳模精神"),
    ("@local_quotes_bot，劳模精神", "劳模精神"),
    ("@Local_Quotes_Bot：劳模精神", "劳模精神"),
    ("请问 @local_quotes_bot 劳模精神", "请问   劳模精神"),
    ("/help@local_quotes_bot 三", "help|三|False"),
    ("/HELP 三", "help|三|False"),
    ("/s3_2", "s3_2||False"),
    ("/settings", "settings||True"),
]


@pytest.mark.parametrize(("text", "answer"), GROUP_TEXTS)
async def test_in_a_group_it_answers_what_is_addressed_to_it(
    api: LocalApi, echo: Echo, settings: EdgeSettings, group: int, text: str, answer: str
) -> None:
    async with running(settings, echo):
        assert (await api.people.ask(FIRST_USER, text, chat_id=group)).text.content == answer


async def test_in_a_group_only_administrators_manage(api: LocalApi, echo: Echo, settings: EdgeSettings, group: int) -> None:
    async with running(settings, echo):
        answer = await api.people.ask(SECOND_USER, "/daily", chat_id=group)
    assert answer.text.content == "daily||False"


@pytest.mark.parametrize("text", ["劳模精神", "/unknown", "/help@other_bot", "mail@local_quotes_bot.org", "@local_quotes_bots 好"])
async def test_in_a_group_it_is_silent_otherwise(api: LocalApi, echo: Echo, settings: EdgeSettings, group: int, text: str) -> None:
    api.people.set_status(FIRST_USER, group, api.state.bot.id, "administrator")  # it sees everything
    async with running(settings, echo):
        mark = api.people.mark
        api.people.send(FIRST_USER, text, chat_id=group)
        api.people.send(FIRST_USER, "/help 后", chat_id=group)
        answer = await api.people.message(group, after=mark)
    assert answer.text.content == "help|后|False"


async def test_in_a_group_a_reply_to_it_is_a_question(api: LocalApi, echo: Echo, settings: EdgeSettings, group: int) -> None:
    async with running(settings, echo):
        card = await api.people.ask(FIRST_USER, "/help", chat_id=group)
        mark = api.people.mark
        api.people.send(SECOND_USER, "为什么", chat_id=group, reply_to=card.id)
        assert (await api.people.message(group, after=mark)).text.content == "为什么"


async def test_a_command_carries_its_argument_and_a_deep_link_its_payload(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        for text, answer in (("/start p_1-x", "start|p_1-x|True"), ("/speech三.2", "speech|三.2|True")):
            assert (await api.people.ask(FIRST_USER, text)).text.content == answer


async def test_a_message_without_text_gets_a_hint_in_private_and_silence_in_groups(
    api: LocalApi, echo: Echo, settings: EdgeSettings, group: int
) -> None:
    api.people.set_status(FIRST_USER, group, api.state.bot.id, "administrator")
    upload = Upload("a.txt", "text/plain", b"text")
    async with running(settings, echo):
        mark = api.people.mark
        api.people.send_file(FIRST_USER, "voice", upload, caption="说明")
        assert (await api.people.message(FIRST_USER, after=mark)).text.content == "文字"
        api.people.send_file(FIRST_USER, "voice", upload, chat_id=group, caption="@local_quotes_bot 问")
        answer = await api.people.ask(FIRST_USER, "/help", chat_id=group)
    assert answer.text.content == "help||False"


async def test_inline_queries_get_results_and_a_button(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await api.people.results(api.people.type_inline(FIRST_USER, "劳模"))
    assert [result.id for result in answer.results] == ["r1"]
    assert answer.results[0].text.content == "劳模"


async def test_a_card_sent_through_inline_mode_is_edited_by_its_tap(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await api.people.results(api.people.type_inline(FIRST_USER, "劳模"))
        direct = next(c.id for c in api.state.chats.values() if not c.has(api.state.bot.id))
        sent = api.people.choose(FIRST_USER, answer, "r1", query_text="劳模", chat_id=direct)
        mark = api.people.mark
        api.people.tap(SECOND_USER, sent, "更多")
        assert (await api.people.edited(direct, after=mark)).text.content == "card more 0"


async def test_a_guest_question_gets_one_answer(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    direct = next(c.id for c in api.state.chats.values() if not c.has(api.state.bot.id))
    async with running(settings, echo):
        answer = await api.people.ask(FIRST_USER, "@local_quotes_bot 劳模", chat_id=direct)
    assert answer.text.content == "劳模"


async def test_a_block_is_told_to_the_service(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        await api.people.ask(FIRST_USER, "问")
        api.people.block(FIRST_USER)
        await api.people.ask(SECOND_USER, "问")
        await api.people.ask(SECOND_USER, "问")
    assert echo.blocked_chats == [FIRST_USER]


async def test_a_migrated_group_is_told_to_the_service(api: LocalApi, echo: Echo, settings: EdgeSettings, group: int) -> None:
    async with running(settings, echo):
        new = api.people.migrate(FIRST_USER, group)
        await api.people.ask(FIRST_USER, "/help", chat_id=new.id)
    assert echo.moved_chats == [(group, new.id)]


async def test_a_question_that_fails_three_times_gets_an_apology_and_the_admin_a_report(
    api: LocalApi, echo: Echo, settings: EdgeSettings
) -> None:
    async with running(settings, echo, admins=(SECOND_USER,)):
        api.people.send(SECOND_USER, "/start")
        mark = api.people.mark
        api.people.send(FIRST_USER, "raise")
        apology = await api.people.message(FIRST_USER, after=mark)
        reports = await in_order(api, SECOND_USER, 2, mark - 10)
    assert apology.text.content == "抱歉"
    assert [text for _, text in echo.asked].count("raise") == 3
    assert "3 tries" in reports[-1].text.content
    assert "秘密" not in reports[-1].text.content


async def test_a_daily_message_is_sent_once_however_often_it_is_due(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    api.people.send(FIRST_USER, "/start")
    echo.deliveries = [(FIRST_USER, "daily-1-2026-01-01", (Reply("每日"),))]
    for _ in range(2):
        async with running(settings, echo, UNLIMITED):
            await api.people.ask(FIRST_USER, "问")
            await api.people.ask(FIRST_USER, "问")
    assert [m.text.content for m in api.people.messages(FIRST_USER)].count("每日") == 1
