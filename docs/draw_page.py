"""Photographs the local page for the README: page.png at 1280 pixels, phone.png at 390.

    python docs/draw_page.py

Starts `python -m bot demo` on a free port and looks at it through Debian's chromium; needs the development packages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

DOCS = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
DESKTOP, PHONE = {"width": 1280, "height": 1000}, {"width": 390, "height": 844}


def main() -> None:
    """Draws both pictures."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with local_page() as address:
            photograph(browser, address, DESKTOP, "page.png", ["学习新技术有什么用？"])
        with local_page() as address:  # a chat of its own
            photograph(browser, address, PHONE, "phone.png", ["今晚吃什么", "第三篇"])
        browser.close()


@contextmanager
def local_page() -> Iterator[str]:
    """The address of a page that is there inside the block."""
    with tempfile.TemporaryDirectory() as state:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
        environ = {**os.environ, "BOT_DATA_DIR": state}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=DOCS.parent, env=environ) as program:  # noqa: S603  our own
            line = program.stdout.readline() if program.stdout else ""
            try:
                yield re.findall(r"http://\S+", line)[0]
            finally:
                program.terminate()


def photograph(browser: Browser, address: str, size: dict[str, int], name: str, questions: list[str]) -> None:
    """A picture of the chat after the questions, the composer empty."""
    page = browser.new_page(viewport=size, locale="zh-CN", color_scheme="light")
    page.goto(address)
    for question in questions:
        ask(page, question)
    page.screenshot(path=DOCS / name, animations="disabled")
    page.close()


def ask(page: Page, question: str) -> None:
    """Types a question and waits for its answer."""
    answers = page.locator(".theirs")
    before = answers.count()
    page.fill("#input", question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


if __name__ == "__main__":
    main()
