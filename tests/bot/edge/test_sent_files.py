"""Files that people send: fetched from Telegram whatever happens to it, handed over, answered; in groups only those for the bot."""

from __future__ import annotations

import pytest

from bot.demo import FIRST_USER, LocalApi
from bot.demo.api.faults import FaultKind
from bot.demo.world.parameters import Upload
from bot.demo.world.telegram_state import Message
from tests.bot.edge.conftest import UNLIMITED, running
from tests.kit.crowd import BotProcess, until
from tests.kit.echo import Echo, EdgeSettings

DRAFT = Upload("稿.txt", "text/plain", "劳动".encode())


LATER: list[FaultKind] = ["429", "500", "502", "reset"]
FAULTS = ["truncated", "bad_json", *(pytest.param(kind, marks=pytest.mark.slow) for kind in LATER)]


async def answer_to(api: LocalApi, upload: Upload, **how: object) -> Message:
    """What the bot says to a file."""
    mark = api.people.mark
    sent = api.people.send_file(FIRST_USER, "document", upload, **how)  # type: ignore[arg-type]
    return await api.people.message(sent.chat_id, after=mark, within=20)


async def test_a_file_is_fetched_and_answered_as_a_reply(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await answer_to(api, DRAFT)
    assert answer.text.content == "稿.txt 劳动"
    assert answer.reply_to == api.people.messages(FIRST_USER)[-2].id
    assert (api.api.answered["getfile", 200], api.api.answered["download", 200]) == (1, 1)


@pytest.mark.parametrize("caption", ["劳模精神是什么？", "/verify", "/help", "@local_quotes_bot 核对"])
async def test_whatever_is_said_with_a_file_it_is_checked(api: LocalApi, echo: Echo, settings: EdgeSettings, caption: str) -> None:
    async with running(settings, echo):
        assert (await answer_to(api, DRAFT, caption=caption)).text.content == "稿.txt 劳动"
    assert [text for _, text in echo.asked] == ["稿.txt 6", "稿.txt"]


async def test_a_file_that_is_not_wanted_is_not_fetched(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        answer = await answer_to(api, Upload("稿.pdf", "application/pdf", b"%PDF-1.7"))
    assert answer.text.content == "unwanted 稿.pdf 8"
    assert not [call for call in api.api.answered if call[0] in ("getfile", "download")]


@pytest.mark.parametrize("caption", ["@local_quotes_bot", "@local_quotes_bot，核对一下", "/settings@local_quotes_bot", "/settings"])
async def test_in_a_group_a_file_with_a_mention_or_a_command_is_for_it(
    api: LocalApi,
    echo: Echo,
    settings: EdgeSettings,
    group: int,
    caption: str,
) -> None:
    async with running(settings, echo):
        assert (await answer_to(api, DRAFT, chat_id=group, caption=caption)).text.content == "稿.txt 劳动"


async def test_in_a_group_a_file_in_reply_to_it_is_for_it_and_no_other(
    api: LocalApi,
    echo: Echo,
    settings: EdgeSettings,
    group: int,
) -> None:
    api.people.set_status(FIRST_USER, group, api.state.bot.id, "administrator")  # it sees everything
    async with running(settings, echo):
        card = await api.people.ask(FIRST_USER, "/help", chat_id=group)
        assert (await answer_to(api, DRAFT, chat_id=group, reply_to=card.id)).text.content == "稿.txt 劳动"
        for caption in ("", "看看这个", "/verify@other_bot", "me@local_quotes_bot.org"):
            api.people.send_file(FIRST_USER, "document", DRAFT, chat_id=group, caption=caption)
        assert (await api.people.ask(FIRST_USER, "/help 后", chat_id=group)).text.content == "help|后|False"


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("method", ["getfile", "download"])
async def test_no_fault_on_the_way_loses_a_file_or_a_part_of_it(
    api: LocalApi, echo: Echo, settings: EdgeSettings, method: str, kind: FaultKind
) -> None:
    api.faults.plan(kind, method)
    async with running(settings, echo):
        assert (await answer_to(api, DRAFT)).text.content == "稿.txt 劳动"
    assert [fault.split()[:2] for fault in api.faults.happened] == [[method, kind]]


@pytest.mark.slow
async def test_a_file_that_telegram_no_longer_has_is_told(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    mark = api.people.mark
    api.people.send_file(FIRST_USER, "document", DRAFT)
    for _ in range(7):  # the storage is bounded: the oldest go
        api.world.storage.add("document", Upload("x", "", bytes(10 << 20)))
    async with running(settings, echo):
        answer = await api.people.message(FIRST_USER, after=mark, within=20)
    assert answer.text.content == "稿.txt gone"


async def test_while_a_file_is_fetched_others_are_answered(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    api.faults.plan("hang", "download")
    async with running(settings, echo, UNLIMITED):
        mark = api.people.mark
        api.people.send_file(FIRST_USER, "document", DRAFT)
        await until(lambda: "download hang before" in api.faults.happened)
        for number in range(20):
            assert (await api.people.ask(1_002, f"问 {number}")).text.content == f"问 {number}"
        api.faults.clear()
        assert (await api.people.message(FIRST_USER, after=mark)).text.content == "稿.txt 劳动"


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["asked for", "fetched", "answered but unseen"])
async def test_a_file_whose_answer_was_killed_is_answered_after_the_restart(api: LocalApi, settings: EdgeSettings, moment: str) -> None:
    method = {"asked for": "getfile", "fetched": "download", "answered but unseen": "sendmessage"}[moment]
    api.faults.plan("hang", method, after=moment == "answered but unseen")
    bot = BotProcess(settings)
    await bot.start()
    mark = api.people.mark
    sent = api.people.send_file(FIRST_USER, "document", DRAFT)
    await until(lambda: any(fault.startswith(f"{method} hang") for fault in api.faults.happened))
    await bot.kill()
    api.faults.clear()
    await bot.start()
    answer = await api.people.message(FIRST_USER, after=mark, within=60)
    assert await bot.end() == 0
    assert (answer.text.content, answer.reply_to) == ("稿.txt 劳动", sent.id)
