"""The whole program in a real browser: `python -m bot` as a newcomer starts it, at a phone's and a desktop's width."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.settings.config import Settings
from tests.kit.browser import DESKTOP, PHONE, asked, chromium, expect, page_of_a_program, without_problems
from tests.kit.prepared import started_before

WIDTHS = {"desktop": DESKTOP, "phone": PHONE}
SAID = "榜样的力量是无穷的。"

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    async with chromium() as started:
        yield started


@pytest.fixture(scope="module", params=WIDTHS)
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def address(width: str, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One program for each width, where what is asked comes after what was asked before."""
    with page_of_a_program(started_before(settings, tmp_path_factory.mktemp(width))) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Any, address: str, width: str) -> AsyncIterator[Any]:
    """The page just opened; anything that it logs as an error fails the test."""
    context = await browser.new_context(locale="zh-CN", viewport=WIDTHS[width])
    page = await context.new_page()
    page.set_default_timeout(8_000)
    async with without_problems(page):
        await page.goto(address)
        yield page
    await context.close()


async def test_a_question_its_buttons_a_random_quote_and_a_look_up(page: Any) -> None:
    await asked(page, "/start")
    await asked(page, "榜样的力量有多大")
    card = page.locator("article", has_text=SAID).last
    await expect(card.locator("blockquote").first).to_contain_text(SAID)
    await expect(card).to_contain_text("第4篇")
    for label in ("上下文", "其他 …"):
        await asked(page, "榜样的力量有多大")
        button = page.get_by_role("button", name=label, exact=True).last
        await button.click()
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        await expect(page.locator("article").last).to_contain_text("已编辑")
    await asked(page, "榜样的力量有多大")
    await page.get_by_role("button", name="☆ 收藏", exact=True).last.click()
    await expect(page.get_by_role("button", name="★ 已收藏", exact=True)).to_be_visible()
    await asked(page, "/random")
    await expect(page.locator("article").last.locator("blockquote")).to_have_count(1)
    await page.get_by_role("button", name="再来一句", exact=True).last.click()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await asked(page, "第三篇第二部分")
    await expect(page.locator("article").last.locator("blockquote").first).to_contain_text("二要改革创新。")
    await asked(page, "今天中午吃什么")
    await expect(page.locator("article").last.locator("blockquote")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def test_a_draft_is_attached_checked_and_its_marked_copy_saved(page: Any, tmp_path: Path) -> None:
    draft, wrong = tmp_path / "稿.txt", tmp_path / "稿.pdf"
    draft.write_text("会上说：“劳动改变中国，劳动创造未来。”", encoding="gb18030")
    wrong.write_bytes(b"%PDF-1.7")
    await expect(page.locator("#title")).not_to_be_empty()
    await page.fill("#input", "核对一下")
    async with page.expect_file_chooser() as chosen:
        await page.get_by_role("button", name="发送照片或文件").click()
    await (await chosen.value).set_files(draft)
    await expect(page.locator(".mine").last).to_contain_text("稿.txt")
    await expect(page.locator(".mine").last).to_contain_text("核对一下")
    await expect(page.locator("#input")).to_have_value("")
    card = page.locator(".theirs", has_text="原文核对：1处")
    await expect(card).to_contain_text("〔删：中国〕〔增：世界〕")
    copy = page.locator(".theirs a.document")
    await expect(copy).to_contain_text("稿-核对.html")
    async with page.expect_download() as download:
        await copy.click()
    saved = tmp_path / "copy.html"
    await (await download.value).save_as(saved)
    await page.set_input_files("#file", wrong)
    await expect(page.locator(".theirs").last).to_contain_text("打不开")
    marked = await page.context.new_page()
    await marked.goto(saved.as_uri())
    await expect(marked.locator(".differs del")).to_have_text("中国")
    await expect(marked.locator(".differs ins")).to_have_text("世界")
    assert await marked.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
