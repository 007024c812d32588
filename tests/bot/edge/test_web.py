"""The bot's own web server: the webhook's guard, health, numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.demo import FIRST_USER, LocalApi
from bot.edge.web import HEADER, LARGEST_UPDATE, Site
from bot.health import AWAY_SECONDS, INBOX_OLD_SECONDS, OVERLOADED_SECONDS, POLL_STALE_SECONDS, STATES, TROUBLES, Health
from bot.metrics import Metrics
from bot.state.store_error import StoreFull
from tests.bot.edge.conftest import running
from tests.kit.crowd import by_webhook, free_port
from tests.kit.echo import Echo, EdgeSettings
from tests.kit.table import each_row

SECRET = "s3cret_for-tests"
UPDATE = json.dumps({"update_id": 1}).encode()


class Desk:
    """Takes updates, or refuses as told."""

    def __init__(self) -> None:
        self.accepted: list[dict[str, Any]] = []
        self.full = False
        self.trouble: Exception | None = None

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        if self.trouble:
            raise self.trouble
        self.accepted += updates


WEBHOOKS = [
    ("right", SECRET, UPDATE, 200),
    ("no secret", None, UPDATE, 403),
    ("empty secret", "", UPDATE, 403),
    ("wrong secret", SECRET[:-1] + "x", UPDATE, 403),
    ("secret and more", SECRET + "x", UPDATE, 403),
    ("not ASCII", "geheimß", UPDATE, 403),
    ("no JSON", SECRET, b"{", 400),
    ("no object", SECRET, b"[]", 400),
    ("no id", SECRET, b"{}", 400),
    ("an id that is no number", SECRET, b'{"update_id": "1"}', 400),
    ("an id that is true", SECRET, b'{"update_id": true}', 400),
    ("not UTF-8", SECRET, b"\xff\xfe\xfa", 400),
    ("deeply nested", SECRET, b"[" * 100_000, 400),
    ("huge", SECRET, b" " * (LARGEST_UPDATE + 1), 413),
]


async def post(desk: Desk, secret: str | None, body: bytes) -> int:
    site = Site(desk, Metrics(), lambda: Health(None, None, True), path="/hook", secret=SECRET)
    runner, port = await site.start(0)
    headers = {} if secret is None else {HEADER: secret}
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{port}/hook"
            async with session.post(url, data=io.BytesIO(body), headers=headers) as response:
                return response.status
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(("case", "secret", "body", "status"), WEBHOOKS, ids=[row[0] for row in WEBHOOKS])
async def test_the_webhook_takes_only_what_telegram_sends(case: str, secret: str | None, body: bytes, status: int) -> None:
    desk = Desk()
    assert await post(desk, secret, body) == status, case
    assert len(desk.accepted) == (1 if status == 200 else 0)


async def test_the_webhook_asks_for_another_try_when_it_cannot_store() -> None:
    desk = Desk()
    desk.trouble = StoreFull("full")
    assert await post(desk, SECRET, UPDATE) == 503
    desk.trouble, desk.full = None, True
    assert await post(desk, SECRET, UPDATE) == 503
    assert desk.accepted == []


async def test_the_same_update_twice_is_answered_once(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    settings = by_webhook(settings, free_port())
    person = {"id": FIRST_USER, "is_bot": False, "first_name": "x"}
    chat = {"id": FIRST_USER, "type": "private"}
    question = api.people.send(FIRST_USER, "先")
    message = {"message_id": question.id, "date": 1, "chat": chat, "from": person, "text": "双"}
    update = {"update_id": 2_000_000_000, "message": message}
    headers = {HEADER: settings.webhook_secret}
    async with running(settings, echo), aiohttp.ClientSession() as session:
        for _ in range(3):
            async with session.post(settings.webhook_url, json=update, headers=headers) as response:
                assert response.status == 200
        await api.people.ask(FIRST_USER, "后")
    assert [text for _, text in echo.asked].count("双") == 1


HEALTH = [
    (Health(None, None), []),
    (Health(1.0, 1.0), []),
    (Health(POLL_STALE_SECONDS + 1, None), ["waiting for Telegram: no poll"]),
    (Health(1.0, None, polls_away=AWAY_SECONDS + 1), ["waiting for Telegram: polls have failed for 6 s"]),
    (Health(1.0, None, sends_away=AWAY_SECONDS + 1), ["waiting for Telegram: messages have failed for 6 s"]),
    (Health(None, OVERLOADED_SECONDS + 1), ["overloaded: who asks now waits for about 21 s"]),
    (Health(None, 1.0, backlog=233.3), ["overloaded: who asks now waits for about 233 s"]),
    (Health(None, INBOX_OLD_SECONDS + 1), ["overloaded", "degraded: an update has been waiting for 301 s"]),
    (Health(None, None, lost_threads=8), ["degraded: 8 calls did not end"]),
    (Health(None, None, "the disk is full"), ["degraded: the disk is full"]),
]


@each_row("health, beginnings", HEALTH)
def test_what_is_not_well(health: Health, beginnings: list[str]) -> None:
    assert [p[: len(b)] for p, b in zip(health.problems, beginnings, strict=True)] == beginnings
    assert health.states == {beginning.partition(":")[0] for beginning in beginnings}


def test_all_that_is_wrong_is_said_at_once() -> None:
    worst = Health(POLL_STALE_SECONDS + 1, INBOX_OLD_SECONDS + 1, "full", 9.0, 9.0, 99.0, 1, "away")
    assert len(worst.problems) == len(TROUBLES)
    assert worst.states == set(STATES)


async def test_health_and_numbers_of_a_running_bot(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo, web_port=0) as port, aiohttp.ClientSession() as session:
        await api.people.ask(FIRST_USER, "问")
        base = f"http://127.0.0.1:{port}"
        text = await get(session, f"{base}/metrics")
        assert 'bot_updates_total{state="accepted"} 1.0' in text
        assert 'bot_sends_total{outcome="sent"} 1.0' in text
        assert await get(session, f"{base}/healthz") == "ok\n"


async def get(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        return await response.text()


@pytest.mark.parametrize(("webhook", "status"), [(True, 204), (False, 404)])
async def test_pages_of_others_are_on_the_port_that_a_proxy_publishes(webhook: bool, status: int) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(status=204)

    site = Site(Desk(), Metrics(), lambda: Health(None, None, True), pages=lambda app: app.router.add_get("/read", page))
    runner, port = await site.start(0, webhook=webhook)
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/read") as response:
            assert response.status == status
    finally:
        await runner.cleanup()
