"""How updates reach the bot: long polling and webhooks, raw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from tests.bot.demo.conftest import Caller, Clock, group_of

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_an_offset_confirms_what_is_below_it_when_it_arrives(api: LocalApi, call: Caller) -> None:
    for number in range(5):
        api.people.send(FIRST_USER, f"问题{number}")
    first = ids(await call("getUpdates", limit=2))
    assert first == ids(await call("getUpdates", limit=2))
    rest = ids(await call("getUpdates", offset=first[-1] + 1))
    assert rest == [first[0] + 2, first[0] + 3, first[0] + 4]
    assert ids(await call("getUpdates", offset=-1)) == rest[-1:]
    assert ids(await call("getUpdates", offset=rest[-1] + 1)) == []
    assert len(api.world.updates) == 0


async def test_a_waiting_poll_gets_an_update_at_once(api: LocalApi, call: Caller) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await api.world.updates.polling.wait()
    api.people.send(FIRST_USER, "你好")
    answer = await asyncio.wait_for(poll, 2)
    assert answer["result"][0]["message"]["text"] == "你好"


async def test_the_older_of_two_polls_ends_with_a_conflict(api: LocalApi, call: Caller) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    await api.world.updates.polling.wait()
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    assert (await older)["description"] == OTHER
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await newer)["description"] == "Conflict: terminated by setWebhook request"
    assert (await call("getUpdates"))["description"] == ACTIVE
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_only_allowed_kinds_are_queued_from_then_on(api: LocalApi, call: Caller) -> None:
    await call("getUpdates", allowed_updates=["inline_query"])
    api.people.send(FIRST_USER, "你好")
    api.people.type_inline(FIRST_USER, "劳模")
    assert [set(update) - {"update_id"} for update in (await call("getUpdates"))["result"]] == [{"inline_query"}]
    await call("getUpdates", allowed_updates=[])
    api.people.send(FIRST_USER, "你好")
    assert len((await call("getUpdates"))["result"]) == 2


async def test_members_are_reported_only_on_request(api: LocalApi, call: Caller) -> None:
    group = group_of(api)
    api.people.set_status(FIRST_USER, group.id, SECOND_USER, "administrator")
    await call("getUpdates", allowed_updates=["chat_member"])
    api.people.set_status(FIRST_USER, group.id, SECOND_USER, "member")
    (update,) = (await call("getUpdates"))["result"]
    assert update["chat_member"]["old_chat_member"]["status"] == "administrator"


async def test_updates_live_for_a_day(api: LocalApi, call: Caller, clock: Clock) -> None:
    api.people.send(FIRST_USER, "你好")
    clock.seconds += 24 * 3600 + 1
    api.people.send(FIRST_USER, "在吗")
    assert [update["message"]["text"] for update in (await call("getUpdates"))["result"]] == ["在吗"]


async def test_parameters_may_come_as_query_form_or_json(api: LocalApi, call: Caller) -> None:
    api.people.send(FIRST_USER, "你好")
    url = f"{api.base_url}{api.token}/sendMessage"
    values = {"chat_id": str(FIRST_USER), "text": "好"}
    for options in ({"params": values}, {"data": values}, {"json": values}):
        async with call.session.post(url, **options) as response:
            assert (await response.json())["result"]["text"] == "好"
    async with call.session.get(url, params=values) as response:
        assert response.status == 200
    for body in (b"{", b"[]"):
        async with call.session.post(url, data=body, headers={"Content-Type": "application/json"}) as response:
            assert response.status == 400


@dataclass
class Receiver:
    """A webhook that notes what it gets, refuses as told, and can be awaited."""

    url: str = ""
    refusals: int = 0
    got: list[tuple[int, str | None, dict[str, Any]]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        status = 500 if self.refusals > 0 else 200
        self.refusals -= 1
        self.got.append((status, request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update))
        self.arrived.set()
        return web.Response(status=status)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.arrived.clear()
                await self.arrived.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_in_order_and_again_until_2xx(api: LocalApi, call: Caller, receiver: Receiver) -> None:
    api.people.send(FIRST_USER, "问题0")
    receiver.refusals = 3
    await call("setWebhook", url=receiver.url, secret_token="geheim_1")
    for number in range(1, 5):
        api.people.send(FIRST_USER, f"问题{number}")
    await receiver.until(8)
    assert {secret for _, secret, _ in receiver.got} == {"geheim_1"}
    accepted = [update["message"]["text"] for status, _, update in receiver.got if status == 200]
    assert accepted == [f"问题{number}" for number in range(5)]
    info = (await call("getWebhookInfo"))["result"]
    assert info["url"] == receiver.url
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_refused_chat_does_not_hold_up_another(api: LocalApi, call: Caller, receiver: Receiver) -> None:
    await call("setWebhook", url=receiver.url)
    receiver.refusals = 1
    api.people.send(FIRST_USER, "一")
    api.people.send(SECOND_USER, "二")
    await receiver.until(3)
    accepted = {update["message"]["text"] for status, _, update in receiver.got if status == 200}
    assert accepted == {"一", "二"}


async def test_updates_wait_while_the_webhook_is_unreachable(api: LocalApi, call: Caller) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    api.people.send(FIRST_USER, "一")
    await call("deleteWebhook")
    assert (await call("getUpdates"))["result"][0]["message"]["text"] == "一"
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []
