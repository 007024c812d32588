"""The chat page in a real browser."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram.ext import Application

from bot.demo import FIRST_USER, SECOND_USER, LocalApi, start
from bot.demo.world.message_text import FormattedText
from bot.demo.world.polls import Poll
from tests.bot.demo.conftest import direct_of, group_of, polling
from tests.kit.browser import DESKTOP, PHONE, chromium, expect, playwright, without_problems
from tests.kit.library_bot import QUOTE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bot"), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[playwright.Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def api() -> AsyncIterator[LocalApi]:
    async with await start() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def bot(api: LocalApi) -> AsyncIterator[Application]:
    async with polling(api) as application:
        yield application


@pytest_asyncio.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"], loop_scope="module")
async def window(request: pytest.FixtureRequest, browser: playwright.Browser) -> AsyncIterator[playwright.Page]:
    """One for all tests of a width, for the first page in a new one takes a second: each has an API, so an origin, of its own."""
    context = await browser.new_context(locale="zh-CN", viewport=request.param, permissions=["clipboard-read", "clipboard-write"])
    page = await context.new_page()
    page.set_default_timeout(5_000)
    yield page
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(window: playwright.Page, api: LocalApi) -> AsyncIterator[playwright.Page]:
    """The page just opened; anything it logs as an error fails the test."""
    left = window.url.rpartition("/")[0]
    async with without_problems(window, "" if left in api.page_url else left):
        await window.goto(api.page_url)
        yield window
    # What is on its way when the page is left ends in an error that is none. No other site: that would be a process of its own.
    await window.goto(f"{api.page_url}words.js")


# Where it is most used; nothing in these depends on the width.
ON_A_PHONE = pytest.mark.parametrize("window", [PHONE], ids=["phone"], indirect=True)
ON_A_DESK = pytest.mark.parametrize("window", [DESKTOP], ids=["desktop"], indirect=True)  # a phone has no keyboard, or nothing of its own


async def ask(page: playwright.Page, text: str) -> None:
    await page.fill("#input", text)
    await page.keyboard.press("Enter")


async def open_chat(page: playwright.Page, title: str) -> None:
    if await page.locator("#back").is_visible():
        await page.click("#back")
    await page.locator(".row", has_text=title).click()
    await expect(page.locator("#title")).to_have_text(title)


async def test_from_the_empty_chat_to_a_quote_and_its_buttons(page: playwright.Page) -> None:
    await expect(page.locator("#empty")).to_contain_text("问一句，答一段讲话原文")
    await page.get_by_role("button", name="开始").click()
    await page.get_by_role("button", name="试试：工匠精神").click()
    quote = page.locator("blockquote").first
    await expect(quote).to_have_text(QUOTE)
    await expect(quote.locator("strong")).to_have_text("劳模精神")
    await page.get_by_role("button", name="提示").click()
    await expect(page.locator("#toast")).to_have_text("已收藏")
    await page.get_by_role("button", name="说明").click()
    await expect(page.get_by_role("dialog")).to_contain_text("引文逐字出自讲话原文。")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="复制出处").click()
    await expect(page.locator("#toast")).to_contain_text("已复制：")
    assert await page.evaluate("navigator.clipboard.readText()") == "《弘扬劳模精神》第一部分"
    await page.get_by_role("button", name="更多", exact=True).click()
    await expect(page.locator("article").last).to_contain_text("已编辑")
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)


@ON_A_PHONE
async def test_a_folded_quote_opens_and_a_command_in_a_text_is_sent(page: playwright.Page) -> None:
    await ask(page, "劳模")
    toggle = page.get_by_role("button", name="展开")
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    folded = page.locator(".fold-body")
    before = (await folded.bounding_box())["height"]
    await toggle.click()
    assert (await folded.bounding_box())["height"] > 2 * before
    await page.locator("#log").get_by_role("button", name="/s1_1").first.click()
    await expect(page.locator(".mine").last).to_contain_text("/s1_1")


@ON_A_DESK
async def test_commands_are_completed_by_keyboard_alone(page: playwright.Page) -> None:
    await expect(page.locator("#menu")).to_be_visible()
    await page.locator("#input").focus()
    await page.keyboard.type("/")
    await expect(page.get_by_role("option")).to_have_count(5)
    await page.keyboard.type("f")
    await expect(page.get_by_role("option")).to_have_text(["/file全文文件"])
    await page.keyboard.press("Enter")
    await expect(page.locator("a.document")).to_contain_text("全文.txt")
    async with page.expect_download() as download:
        await page.locator("a.document").click()
    assert (await download.value).suggested_filename == "全文.txt"


@ON_A_DESK
async def test_an_inline_result_is_chosen_by_keyboard_in_a_chat_without_the_bot(page: playwright.Page, api: LocalApi) -> None:
    await open_chat(page, "乙")
    await page.fill("#input", "@local_quotes_bot 劳模")
    await expect(page.get_by_role("option", name=re.compile("劳模 · 1"))).to_be_visible()
    for _ in range(2):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".origin")).to_have_text("通过 @local_quotes_bot")
    assert api.people.messages(direct_of(api).id)[-1].text.content == QUOTE
    await page.get_by_role("button", name="更多").click()
    await expect(page.locator("article").last).to_contain_text("更多引文")


@ON_A_DESK
async def test_a_guest_question_is_answered(page: playwright.Page) -> None:
    await open_chat(page, "乙")
    await ask(page, "@local_quotes_bot 什么是劳模精神")
    await expect(page.locator(".theirs")).to_contain_text("应 甲 之邀")


@ON_A_PHONE
async def test_pictures_reply_and_edit(page: playwright.Page, api: LocalApi) -> None:
    await ask(page, "工将精神")
    await page.get_by_role("button", name="图片", exact=True).click()
    await expect(page.locator(".photo img")).to_have_js_property("naturalWidth", 640)
    await page.locator("#input").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#context")).to_contain_text("编辑消息")
    await ask(page, "工匠精神")
    await expect(page.locator(".reaction")).to_have_text("👀")
    await expect(page.locator(".mine").first).to_contain_text("已编辑")
    await page.locator(".theirs .bubble").last.hover()
    await page.get_by_role("button", name="回复", exact=True).last.click()
    await ask(page, "谢谢")
    await expect(page.locator(".mine .replied")).to_be_visible()
    (*_, mine) = (message for message in api.people.messages(FIRST_USER) if message.sender.id == FIRST_USER)
    assert mine.reply_to is not None


async def test_the_other_person_sees_the_same_group(page: playwright.Page, api: LocalApi) -> None:
    await open_chat(page, "读书小组")
    await ask(page, "/ask 劳模")
    await expect(page.locator(".theirs")).to_have_count(1)
    if await page.locator("#back").is_visible():
        await page.click("#back")
    await page.get_by_role("radio", name="乙").check()
    await open_chat(page, "读书小组")
    await expect(page.locator(".theirs .sender").first).to_have_text("甲")
    api.people.send(SECOND_USER, "我也在", chat_id=group_of(api).id)
    await expect(page.locator(".mine")).to_have_text(re.compile("我也在"))


@ON_A_DESK
async def test_the_chat_chosen_last_is_shown_however_long_the_one_before_takes(page: playwright.Page) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(route: playwright.Route) -> None:
        asked.set()
        await go_on.wait()
        await route.continue_()

    first = f"**/people/messages?chat={FIRST_USER}"
    await page.route(first, slowly)
    await page.reload()
    await asyncio.wait_for(asked.wait(), 5)
    await open_chat(page, "读书小组")
    async with page.expect_response(first):
        go_on.set()
    await page.unroute(first)
    await ask(page, "还在")
    await expect(page.locator(".mine")).to_have_text(re.compile("还在"))
    await expect(page.locator("#title")).to_have_text("读书小组")


async def test_new_messages_do_not_tear_a_reader_away_from_old_ones(page: playwright.Page, api: LocalApi) -> None:
    for number in range(30):
        api.people.send(FIRST_USER, f"第{number}条，写得长一点，好占地方。")
    await expect(page.locator(".mine")).to_have_count(30)
    await expect(page.locator(".theirs")).to_have_count(30)
    await page.locator("#scroller").hover()
    await page.mouse.wheel(0, -1_500)
    await expect(page.locator("#jump")).to_be_visible()
    top = await page.evaluate("document.querySelector('#scroller').scrollTop")
    api.world.post(api.state.chats[FIRST_USER], api.state.bot, text=FormattedText("新的一条"))
    await expect(page.locator("#jump")).to_have_attribute("aria-label", "1 条新消息，跳到最新")
    assert abs(await page.evaluate("document.querySelector('#scroller').scrollTop") - top) < 2
    await page.click("#jump")
    await expect(page.locator("#jump")).to_be_hidden()


@ON_A_PHONE
async def test_a_quiz_is_answered_once_and_then_says_what_is_right(page: playwright.Page, api: LocalApi) -> None:
    options = tuple(FormattedText(text) for text in ("2014年", "2015年"))
    quiz = Poll(FormattedText("哪年讲的？"), options, "quiz", anonymous=False, right=(1,), explanation=FormattedText("咸阳，第11段"))
    shown = api.world.post(api.state.chats[FIRST_USER], api.state.bot, poll=quiz)
    await expect(page.locator(".poll")).to_contain_text("哪年讲的？")
    await expect(page.locator(".poll")).not_to_contain_text("咸阳")
    await page.get_by_role("button", name="2014年").click()
    await expect(page.locator(".option").first).to_have_text("✗ 2014年　1")
    await expect(page.locator(".option").last).to_have_text("✓ 2015年　0")
    await expect(page.locator(".poll")).to_contain_text("咸阳，第11段")
    await expect(page.locator(".option:disabled")).to_have_count(2)
    assert shown.poll
    assert shown.poll.chosen == {FIRST_USER: (0,)}


@ON_A_DESK
async def test_markup_in_texts_stays_text(page: playwright.Page, api: LocalApi) -> None:
    api.people.send(FIRST_USER, "<img src=x onerror=alert(1)><b>粗</b>")
    await expect(page.locator(".mine .text")).to_have_text("<img src=x onerror=alert(1)><b>粗</b>")
    assert await page.locator("#log img").count() == 0


async def test_the_page_never_scrolls_sideways_and_every_control_has_a_name(page: playwright.Page) -> None:
    await ask(page, "长" * 200)
    await expect(page.locator(".theirs")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    nameless = """[...document.querySelectorAll('button, input, textarea, a')]
        .filter((one) => one.checkVisibility() && !one.ariaHidden)
        .filter((one) => !one.textContent.trim() && !one.ariaLabel && !one.labels?.length).length"""
    assert await page.evaluate(nameless) == 0


async def test_the_page_comes_back_after_a_restart_of_the_server(browser: playwright.Browser) -> None:
    first = await start()
    port = int(first.page_url.rstrip("/").rpartition(":")[2])
    page = await browser.new_page(locale="zh-CN", viewport=DESKTOP)
    await page.goto(first.page_url)
    first.people.send(FIRST_USER, "重启之前")
    await expect(page.locator(".mine")).to_have_text(re.compile("重启之前"))
    await page.fill("#input", "还没写完")
    await first.close()
    await expect(page.locator("#offline")).to_be_visible()
    async with await start(port=port) as second:
        second.people.send(FIRST_USER, "重启之后")
        await expect(page.locator(".mine")).to_have_text(re.compile("重启之后"), timeout=10_000)
        await expect(page.locator("#offline")).to_be_hidden()
        await expect(page.locator("#input")).to_have_value("还没写完")
        await page.close()


@pytest.mark.parametrize(("locale", "words"), [("en-US", "Ask something"), ("zh-TW", "問點什麼"), ("zh-CN", "问点什么")])
async def test_the_page_is_in_the_readers_language(browser: playwright.Browser, api: LocalApi, locale: str, words: str) -> None:
    page = await browser.new_page(locale=locale, viewport=PHONE)
    await page.goto(api.page_url)
    await expect(page.locator("#input")).to_have_attribute("placeholder", re.compile(words))
    await expect(page.locator("html")).to_have_attribute("lang", {"en-US": "en", "zh-TW": "zh-Hant"}.get(locale, locale))
    await page.close()
