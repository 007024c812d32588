"""The real program with a public address: the button on its cards, the pages on the proxy's port, and nothing else there."""

from __future__ import annotations

import time
from pathlib import Path

import aiohttp
import pytest

from tests.kit.crowd import free_port
from tests.kit.opened_app import init_data
from tests.kit.program import TOKEN, Program, telegram

pytestmark = pytest.mark.slow
PUBLIC = "https://read.example"


def just_now(token: str = TOKEN) -> dict[str, str]:
    """What a page sends that somebody opened just now."""
    return {"Authorization": f"tma {init_data(token, auth_date=str(int(time.time())))}"}


async def test_with_a_public_address_cards_open_pages_that_the_proxy_forwards(folder: Path) -> None:
    async with telegram() as people, aiohttp.ClientSession() as session:
        bot = Program(folder, people.base_url, free_port(), BOT_PUBLIC_URL=PUBLIC)
        await people.arrive([5000])
        await bot.start()
        await people.ask("榜样的力量有多大？")
        await people.answered()
        (url,) = [button["web_app"]["url"] for row in await people.buttons(5000) for button in row if "web_app" in button]
        assert url.startswith(f"{PUBLIC}/read/")
        async with session.get(bot.web + url.removeprefix(PUBLIC)) as page:
            assert page.status == 200
            assert "frame-ancestors https://web.telegram.org 'self'" in page.headers["Content-Security-Policy"]
            assert "<mark" in await page.text()
        for headers, status in ((just_now(), 200), (just_now("1:other"), 403), ({}, 403)):
            async with session.get(f"{bot.web}/read/api/me", headers=headers) as answer:
                assert answer.status == status
        assert await bot.stop() == 0
        assert "hash=" not in bot.log.read_text()
        status, said = await bot.run("doctor")
        assert (status, f"{PUBLIC}/read cannot be reached" in said) == (1, True)


async def test_without_one_there_is_no_button_and_no_page(folder: Path) -> None:
    async with telegram() as people:
        bot = Program(folder, people.base_url, free_port())
        await people.arrive([5000])
        await bot.start()
        await people.ask("榜样的力量有多大？")
        await people.answered()
        assert [button for row in await people.buttons(5000) for button in row if "web_app" in button] == []
        assert (await bot.get("/read"))[0] == (await bot.get("/read/api/me"))[0] == 404
        assert await bot.stop() == 0


async def test_an_address_that_is_none_ends_the_start_with_a_sentence(folder: Path) -> None:
    bot = Program(folder, "http://127.0.0.1:9/bot", free_port(), BOT_PUBLIC_URL="http://read.example")
    status, said = await bot.run()
    assert status == 1
    assert "BOT_PUBLIC_URL is 'http://read.example'; expected https:// and a host without a path" in said
