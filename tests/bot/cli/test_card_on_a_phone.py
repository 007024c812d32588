"""The first card of an answer in a real browser as wide as a phone: it fits the window, most of its text is quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings.config import Settings
from tests.kit.browser import PHONE, asked, chromium, expect, page_of_a_program
from tests.kit.prepared import started_before

pytestmark = pytest.mark.slow
SHARE = 0.6  # of the text of the cards together; a quote of ten characters has a source of thirty
WINDOW = 725  # pixels between the head and the composer
EACH = "各篇怎么说创新"  # six quotes, each folded to three lines, and who asks this scrolls
EVERYDAY = [
    "榜样的力量有多大？", "工会应该为职工做什么？", "怎样让更多人尊重劳动？", "学习新技术有什么用？", "劳模要起什么带头作用？",
    "为什么要关心劳模？", "劳模精神是什么", "工匠精神有什么意义", "党委政府该怎么支持劳模", "当了劳模还要学习吗",
    "改革为什么需要职工参与", "劳动创造了什么", "怎么宣传劳模事迹", "职工之家怎么建", "新时代劳动者要有什么担当",
    "怎样做到爱岗敬业", "对劳模提了哪几点希望", "企业职工的权益怎么维护", EACH, "社会风气为什么要匡正",
]  # fmt: skip


async def test_the_first_card_fits_the_window_and_most_of_its_text_is_quotation(settings: Settings, tmp_path: Path) -> None:
    async with chromium() as browser:
        page = await browser.new_page(locale="zh-CN", viewport=PHONE)
        page.set_default_timeout(8_000)
        quoted, said, heights = 0, 0, {}
        with page_of_a_program(started_before(settings, tmp_path / "state")) as address:
            await page.goto(address)
            for question in EVERYDAY:
                await asked(page, question)
                await expect(page.locator("[aria-busy=true]")).to_have_count(0)
                card = page.locator("article.theirs").last
                heights[question] = (await card.bounding_box())["height"]
                quoted += len("".join(await card.locator("blockquote").all_text_contents()))
                said += len(await card.locator(".text").inner_text())
            window = await page.locator(".scroller").evaluate("scroller => scroller.clientHeight")
    print(f"{quoted / said:.2f} of the text is quotation; cards of {sorted(map(round, heights.values()))} px in {window} px")
    assert window == pytest.approx(WINDOW, abs=5)
    assert [question for question, height in heights.items() if height > window] == [EACH]
    assert quoted / said >= SHARE
