"""Pages that open inside: only from a button that is there, with data that the bot can verify."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.edge.init_data import AppPerson, InitDataRefused, verified
from tests.bot.demo.conftest import Caller, Clock, group_of

PAGE = "https://read.example/read/7?q=7.1.2"
KEYS = {"inline_keyboard": [[{"text": "原文", "web_app": {"url": PAGE}}]]}
THEME = {"bg_color": "#102030"}


async def opening(api: LocalApi, session: aiohttp.ClientSession, **body: Any) -> tuple[int, dict[str, Any]]:
    async with session.post(f"{api.page_url}people/open", json={"user": FIRST_USER, "theme": THEME} | body) as response:
        return response.status, await response.json()


async def card(api: LocalApi, call: Caller, keys: dict[str, Any] = KEYS) -> int:
    """The number of a message with the button."""
    api.people.send(FIRST_USER, "问")
    answer = await call("sendMessage", chat_id=FIRST_USER, text="引文", reply_markup=keys)
    assert answer["result"]["reply_markup"] == keys
    return int(answer["result"]["message_id"])


def told(address: str) -> dict[str, str]:
    """What the page is told in its address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).fragment).items()}


async def test_a_button_opens_its_page_with_who_opens_it(api: LocalApi, session: aiohttp.ClientSession, call: Caller, clock: Clock) -> None:
    message = await card(api, call)
    status, opened = await opening(api, session, message=message, url=PAGE)
    assert (status, opened["url"].partition("#")[0]) == (200, PAGE)
    values = told(opened["url"])
    assert verified(values["tgWebAppData"], api.token, clock()) == AppPerson(FIRST_USER, "zh-hans", "")
    assert (values["tgWebAppPlatform"], values["tgWebAppThemeParams"]) == ("weba", '{"bg_color": "#102030"}')
    with pytest.raises(InitDataRefused):
        verified(values["tgWebAppData"], "1:other", clock())


async def test_a_fragment_of_the_address_stays_in_front(api: LocalApi, session: aiohttp.ClientSession, call: Caller) -> None:
    page = "https://read.example/read/7#q=7.1.2"
    message = await card(api, call, {"inline_keyboard": [[{"text": "原文", "web_app": {"url": page}}]]})
    _, opened = await opening(api, session, message=message, url=page)
    assert opened["url"].startswith(f"{page}&tgWebAppData=")


async def test_a_link_opens_the_main_page_with_what_it_carries(api: LocalApi, session: aiohttp.ClientSession, clock: Clock) -> None:
    _, opened = await opening(api, session, start="q7_1_2", user=SECOND_USER)
    assert opened["url"].startswith("/read?tgWebAppStartParam=q7_1_2#")
    assert verified(told(opened["url"])["tgWebAppData"], api.token, clock()) == AppPerson(SECOND_USER, "zh-hans", "q7_1_2")


async def test_what_no_button_opens_is_not_opened(api: LocalApi, session: aiohttp.ClientSession, call: Caller) -> None:
    message = await card(api, call)
    wrong: list[dict[str, Any]] = [
        {"message": message, "url": "https://evil.example/"},
        {"message": message - 1, "url": PAGE},
        {"message": 999, "url": PAGE},
        {"start": "q7 1"},
        {"start": ""},
        {"start": "q" * 513},
        {"start": "q7_1_2", "user": 5},
        {},
    ]
    for body in wrong:
        status, said = await opening(api, session, **body)
        assert (status, "url" in said) == (400, False), body


async def test_such_buttons_are_refused_outside_private_chats(api: LocalApi, call: Caller) -> None:
    message = await card(api, call)
    group = await call("sendMessage", chat_id=group_of(api).id, text="引文", reply_markup=KEYS)
    assert group["description"] == "Bad Request: BUTTON_TYPE_INVALID"
    edited = await call("editMessageText", chat_id=FIRST_USER, message_id=message, text="另一句", reply_markup=KEYS)
    assert edited["ok"]


async def test_a_message_of_somebodys_that_the_bot_edits_takes_none(api: LocalApi, call: Caller) -> None:
    query = api.people.type_inline(FIRST_USER, "劳模")
    article = {"type": "article", "id": "1", "title": "题", "input_message_content": {"message_text": "引文"}}
    article["reply_markup"] = {"inline_keyboard": [[{"text": "更多", "callback_data": "a"}]]}
    assert (await call("answerInlineQuery", inline_query_id=query.id, results=[article]))["ok"]
    sent = api.people.choose(FIRST_USER, await api.people.results(query), "1", query_text="劳模", chat_id=FIRST_USER)
    edited = await call("editMessageText", inline_message_id=sent.inline_id, text="另一句", reply_markup=KEYS)
    assert edited["description"] == "Bad Request: BUTTON_TYPE_INVALID"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8765/read/7", "http://localhost/read", "https://a.org", "https://a.org:8443/read?q=1#x"]
)
async def test_pages_of_this_machine_need_no_certificate(api: LocalApi, call: Caller, address: str) -> None:
    await card(api, call, {"inline_keyboard": [[{"text": "原文", "web_app": {"url": address}}]]})
