"""The reader on the web server of the real program."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.kit.crowd import free_port
from tests.kit.program import PATIENCE_SECONDS, Program, telegram

pytestmark = pytest.mark.slow
PUBLIC = "https://speeches.example.org"
SPEECH = "在安全生产会上的讲话\n\n同志们：\n\n安全生产要抓好责任落实，责任落实要到每一个班组。\n\n节约用水从每一个人做起。\n"


async def test_with_a_public_address_the_pages_are_there_and_renewed(folder: Path) -> None:
    (folder / "own.txt").write_text(SPEECH, encoding="utf-8")
    async with telegram() as people:
        bot = Program(folder, people.base_url, free_port(), BOT_PUBLIC_URL=PUBLIC)
        await bot.start()
        status, page = await bot.get("/read/4?q=4.6680.6720")
        assert (status, "<mark" in page, f"{PUBLIC}/read/4" in page) == (200, True, True)
        async with aiohttp.ClientSession() as session, session.get(f"{bot.web}/read") as response:
            assert response.headers["Content-Security-Policy"].endswith("frame-ancestors https://web.telegram.org 'self'")
        assert (await bot.get("/read/7"))[0] == 404
        assert (await bot.run("add", str(folder / "own.txt"), "--yes"))[0] == 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await bot.get("/read/7"))[0] != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.5)  # another process: no event tells
        assert "责任落实要到每一个班组" in (await bot.get("/read/7"))[1]
        assert await bot.stop() == 0
    assert "Traceback" not in bot.log.read_text()


async def test_without_one_there_are_none(folder: Path) -> None:
    async with telegram() as people:
        bot = Program(folder, people.base_url, free_port())
        await bot.start()
        assert (await bot.get("/read"))[0] == 404
        assert await bot.stop() == 0
