"""The page's interface: who may use it, and driving people from another process."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import Any

import aiohttp
import pytest

from bot.demo import FIRST_USER, LocalApi, start
from tests.bot.demo.conftest import direct_of

Session = aiohttp.ClientSession


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "localhost:80"}, 200),
    ],
)
async def test_other_web_pages_cannot_look_in(api: LocalApi, session: Session, headers: dict[str, str], status: int) -> None:
    async with session.get(f"{api.page_url}people/state?user={FIRST_USER}", headers=headers) as response:
        assert response.status == status
        policy = response.headers.get("Content-Security-Policy", "")
        assert status == 403 or policy.startswith("default-src 'none'; script-src 'self'")


async def test_a_form_cannot_act(api: LocalApi, session: Session) -> None:
    async with session.post(f"{api.page_url}people/send", data={"user": "1001", "text": "x"}) as response:
        assert response.status == 415
    assert not api.people.messages(FIRST_USER)


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("", "text/html"),
        ("chat.js", "text/javascript"),
        ("chat.css", "text/css"),
        ("icon.svg", "image/svg+xml"),
    ],
)
async def test_the_page_is_served(api: LocalApi, session: Session, path: str, type_: str) -> None:
    async with session.get(api.page_url + path) as response:
        assert response.status == 200
        assert response.content_type.replace("application", "text") == type_.replace("application", "text")


@pytest.mark.parametrize("path", ["secret.py", "../server.py", "nothing.js", "people/nothing", "x/y.js"])
async def test_nothing_else_is_served(api: LocalApi, session: Session, path: str) -> None:
    async with session.get(api.page_url + path) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("send", {"user": FIRST_USER, "text": " "}),
        ("send", {"user": 5, "text": "x"}),
        ("send", {"text": "x"}),
        ("tap", {"user": FIRST_USER, "message": 99, "data": "x"}),
        ("edit", {"user": FIRST_USER, "message": 99, "text": "x"}),
        ("choose", {"user": FIRST_USER, "chat": FIRST_USER, "query": "1", "result": "1"}),
        ("fault", {"kind": "418"}),
    ],
)
async def test_wrong_acts_are_explained(api: LocalApi, session: Session, act: str, body: dict[str, Any]) -> None:
    async with session.post(f"{api.page_url}people/{act}", json=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]


async def events(session: Session, api: LocalApi, user: int, after: int, count: int) -> list[dict[str, Any]]:
    url = f"{api.page_url}people/events?user={user}&after={after}"
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(5), session.get(url) as response:
        async for line in response.content:
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
                if len(found) == count:
                    break
    return found


async def test_events_reach_only_who_is_in_the_chat(api: LocalApi, session: Session) -> None:
    after = api.people.mark
    api.people.send(FIRST_USER, "只给机器人")
    chat = direct_of(api)
    api.people.send(FIRST_USER, "给两个人", chat_id=chat.id)
    both = await events(session, api, FIRST_USER, after, 2)
    other = await events(session, api, 1_002, after, 1)
    assert [event["value"]["text"] for event in both] == ["只给机器人", "给两个人"]
    assert [event["value"]["text"] for event in other] == ["给两个人"]


async def test_who_missed_events_is_told_to_load_anew(api: LocalApi, session: Session) -> None:
    for number in range(6_000):
        api.world.journal.add("action", FIRST_USER, number)
    assert [event["kind"] for event in await events(session, api, FIRST_USER, 1, 1)] == ["gap"]


@pytest.mark.usefixtures("bot")
async def test_another_process_can_ask_tap_and_wait(api: LocalApi, session: Session) -> None:
    async def act(name: str, **body: Any) -> dict[str, Any]:
        async with session.post(f"{api.page_url}people/{name}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def wait(kinds: str, after: int, subject: Any = "") -> dict[str, Any]:
        query = {"chat": FIRST_USER, "kinds": kinds, "after": after, "subject": subject}
        async with session.get(f"{api.page_url}people/wait", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    sent = await act("send", user=FIRST_USER, text="工匠精神")
    card = (await wait("message", sent["seq"]))["value"]
    assert card["reply_to_message"]["text"] == "工匠精神"
    tap = await act("tap", user=FIRST_USER, message=card["message_id"], data="more")
    assert (await wait("answer", tap["after"], tap["query"]))["value"] == {"text": "", "alert": False}
    assert (await wait("edit", tap["after"], card["message_id"]))["value"]["text"].startswith("更多引文")
    results = await act("inline", user=FIRST_USER, text="劳模")
    chosen = await act("choose", user=FIRST_USER, chat=FIRST_USER, query=results["query"], result="p3")
    assert chosen["via_bot"]["username"] == "local_quotes_bot"
    async with session.get(f"{api.page_url}people/counts") as response:
        assert (await response.json())["answered"]["answercallbackquery 200"] == 1


async def test_an_upload_arrives_and_can_be_fetched(api: LocalApi, session: Session) -> None:
    query = {"user": FIRST_USER, "kind": "document", "name": "笔记.txt"}
    async with session.post(f"{api.page_url}people/upload", params=query, data=b"abc") as response:
        document = (await response.json())["document"]
    assert document["file_name"] == "笔记.txt"
    async with session.get(f"{api.page_url}people/file/{document['file_id']}") as response:
        assert await response.read() == b"abc"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.content_type == "application/octet-stream"


async def test_two_servers_at_once_have_their_own_worlds(api: LocalApi) -> None:
    async with await start() as other:
        other.people.send(FIRST_USER, "这边")
        assert not api.people.messages(FIRST_USER)
        assert other.token != api.token


@pytest.mark.slow
async def test_it_runs_in_a_process_of_its_own(session: Session) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo", "--port", "0", "--token", "42:abc", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    addresses = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    async with session.get(f"{addresses['base_url']}42:abc/getMe") as response:
        assert (await response.json())["result"]["id"] == 42
    os.kill(process.pid, signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0
