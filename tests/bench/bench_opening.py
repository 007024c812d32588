"""From the tap on 原文 to the lit sentence, on the local page: `.venv/bin/python -m tests.bench.bench_opening`.

The program of its own, Chromium, a card; milliseconds from the tap until the sentence is drawn inside the frame, who reads it known or not.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from pathlib import Path

from bot.settings import config
from bot.settings.library import open_library
from tests.kit.browser import DESKTOP, PHONE, asked, chromium, page_of_a_program
from tests.kit.prepared import started_before

TIMES = 12  # the first of them loads the page's files
OPENING = """async () => {
  const key = [...document.querySelectorAll(".key")].filter((key) => key.textContent === "原文").at(-1);
  const start = performance.now();
  key.click();
  while (performance.now() - start < 5000) {
    await new Promise(requestAnimationFrame);
    const inside = document.getElementById("web-app-page").contentDocument;
    const place = inside?.querySelector("mark.here")?.getBoundingClientRect();
    if (place && place.top >= 0 && place.top < inside.defaultView.innerHeight) return performance.now() - start;
  }
  throw new Error("the sentence did not come");
}"""


async def main(state: Path) -> None:
    with page_of_a_program(state) as address:
        async with chromium() as browser:
            for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
                page = await browser.new_page(locale="zh-CN", viewport=size)
                await page.goto(address)
                await asked(page, "劳模精神是什么")
                found = []
                for _ in range(TIMES):
                    found.append(await page.evaluate(OPENING))
                    await page.locator("#web-app-close").click()
                print(f"{name}: median {statistics.median(found):.0f} ms, first {found[0]:.0f}, slowest {max(found):.0f}")
                await page.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        settings = config.read({"BOT_DATA_DIR": f"{folder}/built", "PATH": os.environ["PATH"]})
        open_library(settings)
        asyncio.run(main(started_before(settings, Path(folder) / "state")))
