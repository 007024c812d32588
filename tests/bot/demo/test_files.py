"""Files that people send and a bot fetches, as strict as Telegram."""

from __future__ import annotations

import aiohttp
import pytest

from bot.demo import FIRST_USER, LocalApi
from bot.demo.world.parameters import Upload
from bot.demo.world.telegram_state import Json
from tests.bot.demo.conftest import Caller, group_of

Session = aiohttp.ClientSession
DRAFT = Upload("稿子.docx", "", "劳动".encode())


async def updates(call: Caller) -> list[Json]:
    return list((await call("getUpdates"))["result"])


async def test_a_document_arrives_as_telegram_describes_it(api: LocalApi, call: Caller) -> None:
    api.people.send_file(FIRST_USER, "document", DRAFT, caption="请看 /verify")
    (update,) = await updates(call)
    message = update["message"]
    assert "text" not in message
    assert message["caption"] == "请看 /verify"
    assert message["caption_entities"] == [{"type": "bot_command", "offset": 3, "length": 7}]
    document = message["document"]
    assert set(document) == {"file_id", "file_unique_id", "file_name", "mime_type", "file_size"}
    assert (document["file_name"], document["file_size"]) == ("稿子.docx", 6)
    assert document["mime_type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def test_get_file_leads_to_its_bytes_and_nothing_else_does(api: LocalApi, call: Caller, session: Session) -> None:
    api.people.send_file(FIRST_USER, "document", DRAFT)
    (update,) = await updates(call)
    document = update["message"]["document"]
    file = (await call("getFile", file_id=document["file_id"]))["result"]
    assert {name: file[name] for name in ("file_id", "file_unique_id", "file_size")} == {
        name: document[name] for name in ("file_id", "file_unique_id", "file_size")
    }
    root = f"{api.base_file_url}{api.token}"
    for path, status, body in (
        (f"{root}/{file['file_path']}", 200, DRAFT.content),
        (f"{root}/documents/invented", 404, b'{"ok": false, "error_code": 404, "description": "Not Found"}'),
        (f"{root}0/{file['file_path']}", 401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'),
    ):
        async with session.get(path) as response:
            assert (response.status, await response.read()) == (status, body)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "file_id not specified"),
        ({"file_id": ""}, "file_id not specified"),
        ({"file_id": "invented"}, "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_get_file_refuses_in_telegrams_words(call: Caller, values: dict[str, str], words: str) -> None:
    assert (await call("getFile", **values))["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(("size", "given"), [(20 << 20, True), ((20 << 20) + 1, False)])
async def test_get_file_gives_out_twenty_megabytes_and_no_more(api: LocalApi, call: Caller, size: int, given: bool) -> None:
    api.people.send_file(FIRST_USER, "document", Upload("大.txt", "", bytes(size)))
    (update,) = await updates(call)
    answer = await call("getFile", file_id=update["message"]["document"]["file_id"])
    assert answer.get("description", "") == ("" if given else "Bad Request: file is too big")


@pytest.mark.parametrize(
    ("caption", "seen"),
    [("@local_quotes_bot 核对", True), ("核对 @local_quotes_bot", True), ("/verify", True), ("/verify@other_bot", False), ("看看", False)],
)
async def test_in_groups_privacy_mode_looks_at_the_caption(api: LocalApi, call: Caller, caption: str, seen: bool) -> None:
    api.people.send_file(FIRST_USER, "document", DRAFT, chat_id=group_of(api).id, caption=caption)
    assert bool(await updates(call)) == seen


async def test_a_file_may_reply_to_a_message(api: LocalApi, call: Caller, session: Session) -> None:
    first = api.people.send(FIRST_USER, "先说一句")
    query = {"user": FIRST_USER, "name": "稿.txt", "caption": "核对", "reply_to": first.id}
    async with session.post(f"{api.page_url}people/upload", params=query, data=b"abc") as response:
        assert (await response.json())["reply_to_message"]["message_id"] == first.id
    _, update = await updates(call)
    assert update["message"]["reply_to_message"]["text"] == "先说一句"
    assert update["message"]["caption"] == "核对"


async def test_a_caption_is_no_longer_than_telegram_takes(api: LocalApi, session: Session) -> None:
    for length, status in ((1024, 200), (1025, 400)):
        query = {"user": FIRST_USER, "name": "稿.txt", "caption": "字" * length}
        async with session.post(f"{api.page_url}people/upload", params=query, data=b"abc") as response:
            assert response.status == status
