"""The whole program in a real browser: `python -m bot` as a newcomer starts it, at a phone's and a desktop's width."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.async_api")
expect = playwright.expect
ROOT = Path(__file__).parents[3]
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)
WIDTHS = {"desktop": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
SAID = "榜样的力量是无穷的。"

pytestmark = pytest.mark.slow


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The page of a program of its own, without a token."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("TELEGRAM_", "BOT_"))}
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environ | {"BOT_DATA_DIR": str(tmp_path)},
    )
    with program:
        assert program.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", program.stdout.readline())
        try:
            assert found
            yield found[0]
        finally:
            program.terminate()


async def ask(page: playwright.Page, text: str) -> None:
    """Types a message and waits until the bot has said something new."""
    before = await page.locator(".theirs").count()
    await page.fill("#input", text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs")).not_to_have_count(before)


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_question_its_buttons_a_random_quote_and_a_look_up(address: str, width: str) -> None:
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS.split())
        page = await browser.new_page(locale="zh-CN", viewport=WIDTHS[width])
        page.set_default_timeout(8_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(address)
        await ask(page, "/start")
        await ask(page, "榜样的力量有多大")
        card = page.locator("article", has_text=SAID).last
        await expect(card.locator("blockquote").first).to_contain_text(SAID)
        await expect(card).to_contain_text("第4篇")
        for label in ("上下文", "其他 …"):
            await ask(page, "榜样的力量有多大")
            button = page.get_by_role("button", name=label, exact=True).last
            await button.click()
            await expect(page.locator("[aria-busy=true]")).to_have_count(0)
            await expect(page.locator("article").last).to_contain_text("已编辑")
        await ask(page, "榜样的力量有多大")
        await page.get_by_role("button", name="☆ 收藏", exact=True).last.click()
        await expect(page.get_by_role("button", name="★ 已收藏", exact=True)).to_be_visible()
        await ask(page, "/random")
        await expect(page.locator("article").last.locator("blockquote")).to_have_count(1)
        await page.get_by_role("button", name="再来一句", exact=True).last.click()
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        await ask(page, "第三篇第二部分")
        await expect(page.locator("article").last.locator("blockquote").first).to_contain_text("二要改革创新。")
        await ask(page, "今天中午吃什么")
        await expect(page.locator("article").last.locator("blockquote")).to_have_count(0)
        assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert problems == []
        await browser.close()


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_draft_is_attached_checked_and_its_marked_copy_saved(address: str, width: str, tmp_path: Path) -> None:
    draft, wrong = tmp_path / "稿.txt", tmp_path / "稿.pdf"
    draft.write_text("会上说：“劳动改变中国，劳动创造未来。”", encoding="gb18030")
    wrong.write_bytes(b"%PDF-1.7")
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS.split())
        page = await browser.new_page(locale="zh-CN", viewport=WIDTHS[width])
        page.set_default_timeout(8_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        await page.goto(address)
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
        await expect(page.locator(".theirs").last).to_contain_text("是 PDF")
        marked = await browser.new_page(locale="zh-CN", viewport=WIDTHS[width])
        await marked.goto(saved.as_uri())
        await expect(marked.locator(".differs del")).to_have_text("中国")
        await expect(marked.locator(".differs ins")).to_have_text("世界")
        assert await marked.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert problems == []
        await browser.close()
