"""From a card to the lit sentence and back, in a real browser on the page of the program, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.settings.config import Settings
from tests.kit.browser import DESKTOP, PHONE, asked, chromium, expect, page_of_a_program, playwright, without_problems
from tests.kit.opened_app import init_data
from tests.kit.prepared import started_before

axe = pytest.importorskip("axe_playwright_python.async_playwright")
pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
QUESTION = "劳模精神是什么"


@pytest.fixture(scope="module")
def address(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with page_of_a_program(started_before(settings, tmp_path_factory.mktemp("program") / "state")) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[playwright.Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"], loop_scope="module")
async def page(request: pytest.FixtureRequest, browser: playwright.Browser, address: str) -> AsyncIterator[playwright.Page]:
    """The chat page; anything that it or a page inside logs as an error fails the test."""
    context = await browser.new_context(locale="zh-CN", viewport=request.param)
    opened = await context.new_page()
    opened.set_default_timeout(8_000)
    async with without_problems(opened):
        await opened.goto(address)
        await expect(opened.locator("#title")).to_have_text("讲话问答")
        yield opened
    await context.close()


# Where it is most used; nothing in these depends on the width.
ON_A_PHONE = pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)


async def reading(page: playwright.Page) -> Any:
    """The page inside that the last button of the reader opens."""
    await page.locator("article").last.get_by_role("button", name="原文", exact=True).click()
    return page.frame_locator("#web-app-page")


async def close(page: playwright.Page) -> None:
    await page.locator("#web-app-close").click()
    await expect(page.locator("#web-app")).to_be_hidden()


async def open_chat(page: playwright.Page, title: str) -> None:
    if await page.locator("#back").is_visible():
        await page.click("#back")
    await page.locator(".row", has_text=title).click()
    await expect(page.locator("#title")).to_have_text(title)


async def test_from_a_card_to_the_lit_sentence_in_one_tap(page: playwright.Page) -> None:
    await asked(page, QUESTION)
    quote = await page.locator("article").last.locator("blockquote").inner_text()
    inside = await reading(page)
    await expect(inside.locator("mark.here").first).to_be_in_viewport()
    assert "".join(await inside.locator("mark.here").all_text_contents()) == quote.strip()
    assert "tgWebApp" not in await inside.locator("html").evaluate("() => location.href")
    await close(page)


@ON_A_PHONE
async def test_a_star_of_the_page_is_one_of_the_chat(page: playwright.Page) -> None:
    await asked(page, QUESTION)
    quote = (await page.locator("article").last.locator("blockquote").inner_text()).strip()
    inside = await reading(page)
    await inside.locator("#places").get_by_role("button", name="☆ 收藏").click()
    star = inside.locator("#places").get_by_role("button", name="★ 已收藏")
    await expect(star).to_be_focused()
    await close(page)
    await asked(page, "/saved")
    saved = page.locator("article").last
    await expect(saved).to_contain_text(quote)
    inside = await reading(page)
    await star.click()
    await expect(inside.locator("#places").get_by_role("button", name="☆ 收藏")).to_be_visible()
    await close(page)
    await asked(page, "/saved")
    await expect(page.locator("article").last).not_to_contain_text(quote)


async def test_selected_words_can_be_starred(page: playwright.Page) -> None:
    await asked(page, QUESTION)
    inside = await reading(page)
    await inside.locator("mark.here").first.evaluate("(mark) => getSelection().selectAllChildren(mark)")
    bar = inside.locator("#selection")
    await bar.get_by_role("button", name="☆ 收藏").click()
    await expect(bar.get_by_role("button", name="★ 已收藏")).to_be_visible()
    await bar.get_by_role("button", name="★ 已收藏").click()
    await expect(bar.get_by_role("button", name="☆ 收藏")).to_be_visible()
    await close(page)


@ON_A_PHONE
async def test_the_page_leads_back_to_ask_about_the_quote(page: playwright.Page) -> None:
    await asked(page, QUESTION)
    quote = (await page.locator("article").last.locator("blockquote").inner_text()).strip()
    inside = await reading(page)
    await inside.locator("#places").get_by_role("button", name="就这段提问").click()
    await expect(page.locator("#web-app")).to_be_hidden()
    await expect(page.locator("article.theirs").last.locator("blockquote")).to_contain_text(quote)
    await asked(page, "这是哪一年讲的")
    await expect(page.locator("article.theirs").last).to_contain_text("第4篇")


@ON_A_PHONE
async def test_in_a_group_a_link_opens_the_same_place(page: playwright.Page) -> None:
    await open_chat(page, "读书小组")
    await asked(page, f"@local_quotes_bot {QUESTION}")
    quote = (await page.locator("article").last.locator("blockquote").inner_text()).strip()
    inside = await reading(page)
    await expect(inside.locator("mark.here").first).to_be_in_viewport()
    assert "".join(await inside.locator("mark.here").all_text_contents()) == quote
    await expect(inside.locator("#places").get_by_role("button", name="☆ 收藏")).to_be_visible()
    await close(page)


@ON_A_PHONE
async def test_the_page_is_as_dark_as_telegram_and_can_be_switched(page: playwright.Page) -> None:
    await asked(page, QUESTION)
    await page.emulate_media(color_scheme="dark")
    inside = await reading(page)
    root, body = inside.locator("html"), inside.locator("body")
    await expect(root).to_have_attribute("data-theme", "dark")
    await expect(body).to_have_css("background-color", "rgb(29, 26, 24)")  # --panel of the chat page
    await page.emulate_media(color_scheme="light")
    await expect(root).to_have_attribute("data-theme", "light")
    await expect(body).to_have_css("background-color", "rgb(251, 249, 246)")
    await inside.locator("[data-switch=dark]").click()
    await expect(body).to_have_css("background-color", "rgb(25, 23, 20)")  # --paper of the page's own dark
    await close(page)


async def test_forged_data_opens_nothing(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for header in (None, "tma", f"tma {init_data()}", "tma query_id=1&user=%7B%22id%22%3A1001%7D&auth_date=1&hash=" + "0" * 64):
            headers = {"Authorization": header} if header else {}
            async with session.get(f"{address}read/api/me", headers=headers) as answer:
                assert (answer.status, answer.headers["Cache-Control"]) == (403, "no-store"), header


async def test_quotes_of_several_speeches_follow_one_another(page: playwright.Page) -> None:
    await asked(page, "/compare 工会")
    quotes = [quote.strip() for quote in await page.locator("article").last.locator("blockquote").all_inner_texts()]
    inside = await reading(page)
    shown = []
    for at in range(len(quotes)):
        await expect(inside.locator("mark.here").first).to_be_in_viewport()
        shown.append("".join(await inside.locator("mark.here").all_text_contents()).strip())
        await expect(inside.locator("#places").get_by_role("button", name="☆ 收藏")).to_be_visible()  # who it is goes on from page to page
        if at + 1 < len(quotes):
            await expect(page.locator("#web-app-back")).to_be_visible(visible=at > 0)
            await inside.locator("#places .speech").click()
            await expect(inside.locator("mark.here").first).to_contain_text(quotes[at + 1][:4])
    assert shown == quotes
    for quote in reversed(quotes[:-1]):
        await page.locator("#web-app-back").click()
        await expect(inside.locator("mark.here").first).to_contain_text(quote[:4])
    await expect(page.locator("#web-app-back")).to_be_hidden()
    await close(page)


async def told_page(browser: playwright.Browser, address: str, size: dict[str, int]) -> playwright.Page:
    """A page of its own as Telegram's app on a phone shows it: no frame, but somebody to tell things to."""
    async with aiohttp.ClientSession() as session:
        theme = {"bg_color": "#17212b", "text_color": "#f5f5f5", "link_color": "#70baf5", "hint_color": "#33404d"}
        async with session.post(f"{address}people/open", json={"user": 1001, "start": "q4_8121_8204", "theme": theme}) as answer:
            path = (await answer.json())["url"]
    page = await browser.new_page(locale="zh-CN", viewport=size)
    page.set_default_timeout(8_000)
    await page.add_init_script("window.posted = []; window.TelegramWebviewProxy = { postEvent: (...said) => window.posted.push(said) };")
    await page.goto(address.rstrip("/") + path)
    await expect(page.locator("#places").get_by_role("button", name="收藏")).to_be_visible()
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_telegrams_app_is_told_and_heard_and_axe_finds_nothing(
    browser: playwright.Browser, address: str, size: dict[str, int]
) -> None:
    page = await told_page(browser, address, size)
    style = page.locator("html")
    await expect(style).to_have_attribute("data-theme", "dark")
    await expect(page.locator("body")).to_have_css("background-color", "rgb(23, 33, 43)")
    assert await style.evaluate("(root) => root.style.getPropertyValue('--faint')") == ""  # its hints could not be read there
    told = [event for event, _ in await page.evaluate("posted") if event != "web_app_setup_back_button"]
    assert told[-2:] == ["web_app_ready", "web_app_expand"]
    await page.locator("mark.here").first.evaluate("(mark) => getSelection().selectAllChildren(mark)")
    await expect(page.locator("#selection")).to_be_visible()
    assert (await axe.Axe().run(page)).response["violations"] == []
    light = {"theme_params": {"bg_color": "#ffffff", "text_color": "#000000"}}
    await page.evaluate("(said) => Telegram.WebView.receiveEvent('theme_changed', said)", light)
    await expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert (await axe.Axe().run(page)).response["violations"] == []
    await page.evaluate("getSelection().removeAllRanges()")
    await page.locator("#places").get_by_role("button", name="就这段提问").click()
    assert (await page.evaluate("posted"))[-1] == ["web_app_open_tg_link", '{"path_full":"/local_quotes_bot?start=q4_8121_8204"}']
    await page.close()


async def test_in_a_browser_alone_the_page_asks_nothing_about_anybody(browser: playwright.Browser, address: str) -> None:
    page = await browser.new_page(locale="zh-CN", viewport=DESKTOP)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    async with without_problems(page):
        await page.goto(f"{address}read/4?q=4.8121.8204")
        await expect(page.locator("mark.here").first).to_be_in_viewport()
        await page.wait_for_load_state("networkidle")
    assert any(url.endswith("/read/telegram.js") for url in asked_for)
    assert not [url for url in asked_for if "/read/api/" in url]
    await expect(page.get_by_role("button", name="收藏")).to_have_count(0)
    await page.close()
