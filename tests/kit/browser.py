"""Chromium, and the page that `python -m bot` shows in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.settings.config import HERE

playwright: Any = pytest.importorskip("playwright.async_api")
expect = playwright.expect
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync "
    "--renderer-process-limit=1"  # a process for a page takes a second
)
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def chromium() -> AsyncIterator[Any]:
    """For all tests of a file, which open contexts of their own: a start takes a second of a processor."""
    async with playwright.async_playwright() as started:
        browser = await started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS.split())
        yield browser
        await browser.close()


@contextmanager
def page_of_a_program(state: Path) -> Iterator[str]:
    """The address of the page of a program of its own, without a token."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("TELEGRAM_", "BOT_"))}
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE, env=environ | {"BOT_DATA_DIR": str(state)}) as program:
        assert program.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", program.stdout.readline())
        try:
            assert found
            yield found[0]
        finally:
            program.terminate()


@asynccontextmanager
async def without_problems(page: Any, left: str = "") -> AsyncIterator[None]:
    """Fails when the page raises something inside the block, or logs it as an error.

    left: the address of the page that the window had before, whose server may be gone: what it still asks for is no problem of this one.
    """
    problems: list[str] = []

    def logged(line: Any) -> None:
        of_the_page_before = left and line.location.get("url", "").startswith(left)
        if line.type == "error" and not of_the_page_before:
            problems.append(f"{line.text} {line.location.get('url', '')}".strip())

    listening = {"pageerror": lambda error: problems.append(str(error)), "console": logged}
    for event, heard in listening.items():
        page.on(event, heard)
    yield
    for event, heard in listening.items():
        page.remove_listener(event, heard)
    assert not problems, problems


async def asked(page: Any, text: str) -> None:
    """Types a message and waits until the bot has said something new."""
    before = await page.locator(".theirs").count()
    await page.fill("#input", text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs")).not_to_have_count(before)
