"""A page that opens inside the chat page, in a real browser: a small page that says what it was told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.demo import FIRST_USER, LocalApi, start
from bot.settings.config import HERE
from tests.bot.demo.conftest import Caller, direct_of
from tests.kit.browser import DESKTOP, PHONE, chromium, expect, playwright, without_problems

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
FILES = HERE / "bot" / "reader" / "page"
HEADERS = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'self'"}
DOCUMENT = """<!doctype html><html lang="zh-CN"><title>页</title>
<p id="told"></p><button id="chat">聊天</button><script type="module" src="/read/page.js"></script>
"""
PAGE_SCRIPT = """
import { hear, openChat, telegram, tell } from "/read/telegram.js";
const told = telegram();
const show = () => (document.getElementById("told").textContent = JSON.stringify({ ...told, address: location.href }));
show();
document.getElementById("chat").addEventListener("click", () => openChat("/local_quotes_bot?start=q7_1_2"));
hear("back_button_pressed", () => tell("web_app_close"));
tell("web_app_setup_back_button", { is_visible: true });
tell("web_app_ready");
"""


def add_pages(app: web.Application) -> None:
    async def document(_: web.Request) -> web.Response:
        return web.Response(text=DOCUMENT, content_type="text/html", headers=HEADERS)

    async def script(request: web.Request) -> web.Response:
        own = request.path.endswith("page.js")
        words = PAGE_SCRIPT if own else (FILES / "telegram.js").read_text(encoding="utf-8")
        return web.Response(text=words, content_type="text/javascript")

    app.router.add_get("/read", document)
    app.router.add_get("/read/7", document)
    app.router.add_get("/read/{name:(page|telegram)}.js", script)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[playwright.Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def api() -> AsyncIterator[LocalApi]:
    async with await start(add_pages=add_pages) as running:
        yield running


@pytest_asyncio.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"], loop_scope="module")
async def page(request: pytest.FixtureRequest, browser: playwright.Browser, api: LocalApi) -> AsyncIterator[playwright.Page]:
    context = await browser.new_context(locale="zh-CN", viewport=request.param)
    opened = await context.new_page()
    opened.set_default_timeout(5_000)
    async with without_problems(opened), aiohttp.ClientSession() as session:
        api.people.send(FIRST_USER, "问")
        url = f"{api.page_url}read/7?q=7.1.2"
        keys = [{"text": "原文", "web_app": {"url": url}}, {"text": "链接", "url": "https://t.me/local_quotes_bot?startapp=q7_1_2"}]
        await Caller(session, api)("sendMessage", chat_id=FIRST_USER, text="引文", reply_markup={"inline_keyboard": [keys]})
        await opened.goto(api.page_url)
        yield opened
    await context.close()


# Where it is most used; nothing in these depends on the width.
ON_A_PHONE = pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)


@asynccontextmanager
async def opened_by(page: playwright.Page, button: str) -> AsyncIterator[Any]:
    """The page inside, once it has said that it is ready."""
    await page.get_by_role("button", name=button).click()
    await expect(page.locator("#web-app-back")).to_be_visible()
    yield page.frame_locator("#web-app-page")
    await expect(page.locator("#web-app")).to_be_hidden()


async def test_a_button_opens_its_page_which_is_told_who_reads_and_in_which_colours(page: playwright.Page) -> None:
    async with opened_by(page, "原文") as inside:
        told = inside.locator("#told")
        await expect(told).to_contain_text('"language":"zh"')
        await expect(told).to_contain_text('"bg_color":"#fbf9f6"')
        await expect(told).to_contain_text('/read/7?q=7.1.2"}')  # nothing of a person's is left in the address
        box, window = await page.locator("#web-app").bounding_box(), page.viewport_size
        assert box["width"] == min(480, window["width"])
        assert (box["height"] == window["height"]) is (window == PHONE)
        await page.locator("#web-app-close").click()


@ON_A_PHONE
async def test_the_button_back_is_the_pages_own(page: playwright.Page) -> None:
    async with opened_by(page, "原文"):
        await page.locator("#web-app-back").click()


@ON_A_PHONE
async def test_a_link_opens_the_main_page_with_what_it_carries(page: playwright.Page) -> None:
    async with opened_by(page, "链接") as inside:
        await expect(inside.locator("#told")).to_contain_text('"startParam":"q7_1_2"')
        await page.locator("#web-app-close").click()


@ON_A_PHONE
async def test_a_page_leads_back_into_the_chat(page: playwright.Page) -> None:
    async with opened_by(page, "原文") as inside:
        await inside.locator("#chat").click()
    await expect(page.locator(".mine").last).to_contain_text("/start q7_1_2")


@ON_A_PHONE
async def test_nobody_but_the_page_inside_is_heard(page: playwright.Page, api: LocalApi) -> None:
    async with opened_by(page, "原文"):
        await page.evaluate("window.postMessage(JSON.stringify({ eventType: 'web_app_close' }), '*')")
        await expect(page.locator("#web-app")).to_be_visible()
        await page.locator("#web-app-close").click()
    assert not direct_of(api).messages
