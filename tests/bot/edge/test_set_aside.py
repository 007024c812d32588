"""Updates that nobody can answer: kept apart, told, apologised for; looked at, tried again or dropped by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from bot.cli.commands import main
from bot.contract.response import Asker, Response
from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.edge.web import HEADER
from tests.bot.edge.conftest import running
from tests.kit.crowd import by_webhook, free_port, rows, until
from tests.kit.echo import Echo, EdgeSettings, quoted


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, settings: EdgeSettings) -> Iterator[None]:
    monkeypatch.setenv("BOT_DATABASE_URL", settings.database_url)
    return


class Mended(Echo):
    """Answers what the bot failed with before."""

    def question(self, asker: Asker, text: str) -> Response:  # noqa: ARG002
        return Response((quoted(text.removeprefix("raise ")),))


async def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = await asyncio.to_thread(main, ["queue", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


async def failed(api: LocalApi, settings: EdgeSettings, *texts: str) -> list[str]:
    """Their keys, after a bot has apologised for each."""
    async with running(settings, Echo(), admins=(SECOND_USER,)):
        await api.people.ask(SECOND_USER, "/start")
        for text in texts:
            assert (await api.people.ask(FIRST_USER, text)).text.content == "抱歉"
        await until(lambda: any("python -m bot queue" in m.text.content for m in api.people.messages(SECOND_USER)))
    return [str(key) for (key,) in rows(settings, "SELECT key FROM inbox WHERE why <> '' ORDER BY arrived")]


@pytest.mark.slow
async def test_what_failed_is_listed_shown_and_answered_when_it_is_tried_again(
    api: LocalApi, settings: EdgeSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    [key] = await failed(api, settings, "raise 秘密")
    status, said = await command(capsys)
    assert (status, "1 set aside" in said, "秘密" in said) == (0, True, False)
    assert f"{key} " in said
    assert "no answer after 3 tries (ValueError)" in said
    assert "秘密" in (await command(capsys, "show", key))[1]
    async with running(settings, Mended()):
        mark = api.people.mark
        assert (await command(capsys, "retry", key))[0] == 0
        assert (await api.people.message(FIRST_USER, after=mark, within=20)).text.content == "秘密"
    assert "0 set aside" in (await command(capsys))[1]
    assert rows(settings, "SELECT count(*) FROM inbox WHERE payload <> ''") == [(0,)]


@pytest.mark.slow
async def test_what_is_dropped_loses_its_content(api: LocalApi, settings: EdgeSettings, capsys: pytest.CaptureFixture[str]) -> None:
    await failed(api, settings, "raise 1", "raise 2")
    assert (await command(capsys, "drop", "--all"))[0] == 0
    assert rows(settings, "SELECT payload, why FROM inbox WHERE payload <> '' OR why <> ''") == []
    assert "0 waiting for an answer\n0 set aside" in (await command(capsys))[1]


@pytest.mark.parametrize("words", [("show",), ("retry", "u1"), ("drop", "u1"), ("retry",)])
async def test_unknown_keys_are_wrong_use(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert (await command(capsys, *words))[0] == 2


PERSON = {"id": FIRST_USER, "is_bot": False, "first_name": "x"}
CHAT = {"id": FIRST_USER, "type": "private"}
ODD: list[tuple[str, str]] = [
    ("no message", '{"update_id": 901, "message": 7}'),
    ("no chat", '{"update_id": 902, "message": {"message_id": 1, "date": 1, "text": "x"}}'),
    ("a date that is none", json.dumps({"update_id": 903, "message": {"message_id": 1, "date": "x", "chat": CHAT, "from": PERSON}})),
    ("a tap without a person", '{"update_id": 904, "callback_query": {"id": "1", "data": "x"}}'),
    ("a number beyond all bounds", f'{{"update_id": 905, "message": {{"message_id": 1, "chat": {{"id": {10**40}}}}}}}'),
    ("an update beyond all bounds", f'{{"update_id": {10**90}, "message": {{}}}}'),
    ("an unknown kind", '{"update_id": 906, "something_new": {"id": 1}}'),
    ("nothing", '{"update_id": 907}'),
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
async def test_odd_updates_never_stop_the_bot_and_the_others_are_answered(
    api: LocalApi, settings: EdgeSettings, database_of: Any, kind: str
) -> None:
    settings = by_webhook(database_of(settings, kind), free_port())
    headers = {HEADER: settings.webhook_secret, "Content-Type": "application/json"}
    other = api.people.add_user(5_001, "别人").id
    async with running(settings, Echo(), admins=(SECOND_USER,)), aiohttp.ClientSession() as session:
        await api.people.ask(SECOND_USER, "/start")
        for case, body in ODD:
            async with session.post(settings.webhook_url, data=body, headers=headers) as response:
                assert response.status == 200, case
            assert (await api.people.ask(other, "问")).text.content == "问", case
        await until(lambda: rows(settings, "SELECT count(*) FROM inbox WHERE done IS NULL") == [(0,)])
        odd = "SELECT key FROM inbox WHERE why <> '' ORDER BY key"
        assert {"u901", "u903"} <= {key for (key,) in rows(settings, odd)}
        await until(lambda: any("python -m bot queue" in m.text.content for m in api.people.messages(SECOND_USER)))
    async with running(settings, Echo()):
        assert (await api.people.ask(other, "又")).text.content == "又"


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
async def test_half_a_character_and_nul_are_replaced_and_answered(
    api: LocalApi, settings: EdgeSettings, database_of: Any, kind: str
) -> None:
    settings = by_webhook(database_of(settings, kind), free_port())
    question = api.people.send(FIRST_USER, "先")
    message = {"message_id": question.id, "date": 1, "chat": CHAT, "from": PERSON, "text": "记\ud800劳\x00模"}
    headers = {HEADER: settings.webhook_secret, "Content-Type": "application/json"}
    async with running(settings, Echo()), aiohttp.ClientSession() as session:
        body = json.dumps({"update_id": 2_000_000_000, "message": message})
        async with session.post(settings.webhook_url, data=body, headers=headers) as response:
            assert response.status == 200
        shown = lambda: [m.text.content for m in api.people.messages(FIRST_USER) if m.sender.is_bot]  # noqa: E731
        await until(lambda: any("劳" in text for text in shown()))
    assert rows(settings, "SELECT count(*) FROM inbox WHERE why <> ''") == [(0,)]
