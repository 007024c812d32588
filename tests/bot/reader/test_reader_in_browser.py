"""The reader's pages in a real browser."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import pytest_asyncio
from aiohttp import web

from bot.contract.actions import QuoteId
from bot.contract.reader_links import reader_path
from bot.reader import add_reader, export_site
from bot.service.quote_text import cited_place
from bot.settings.library import Library, Speeches
from bot.settings.wording import Wording
from retrieval import Span, by_id
from tests.bot.reader.test_speech_text import everything_quoted
from tests.kit.browser import DESKTOP, PHONE, chromium, expect, playwright, without_problems
from tests.kit.read_page import corpus_with

axe = pytest.importorskip("axe_playwright_python.async_playwright")
pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
LIT = "article mark"
QUOTE = "4.6680.6720"
SENTENCE = "𠮷祥如意，安全生产人人有责。"


@asynccontextmanager
async def served(speeches: Speeches, wording: Wording) -> AsyncIterator[str]:
    app = web.Application()
    counted = itertools.count(step=100.0)  # a clock so fast that nobody waits
    add_reader(app, lambda: (speeches, wording), clock=lambda: next(counted))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(library: Library, phrases: Wording) -> AsyncIterator[str]:
    async with served(library, phrases) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[playwright.Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(scope="module", params=[DESKTOP, PHONE], ids=["desktop", "phone"], loop_scope="module")
async def window(request: pytest.FixtureRequest, browser: playwright.Browser) -> AsyncIterator[playwright.Page]:
    context = await browser.new_context(locale="zh-CN", viewport=request.param, permissions=["clipboard-read", "clipboard-write"])
    opened = await context.new_page()
    opened.set_default_timeout(5_000)
    yield opened
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(window: playwright.Page) -> AsyncIterator[playwright.Page]:
    """A window in which whatever a page logs as an error fails the test."""
    async with without_problems(window):
        yield window
    await window.goto("about:blank")


ON_A_DESK = pytest.mark.parametrize("window", [DESKTOP], ids=["desktop"], indirect=True)
PLACES = "places.map(marks => marks.map(mark => mark.textContent).join(''))"
SEEN = """element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"""


async def test_an_address_opens_at_the_quote_lit_up(page: playwright.Page, address: str, library: Library) -> None:
    await page.goto(address + reader_path(4, [QuoteId(4, 6680, 6720), QuoteId(4, 7000, 7030)]))
    await expect(page.locator("mark[id]")).to_have_count(2)
    assert await page.evaluate(PLACES) == [by_id(library.corpus, identity).text for identity in (QUOTE, "4.7000.7030")]
    assert await page.locator("#m1").evaluate(SEEN)
    await expect(page.locator("#place-count")).to_have_text("第1处，共2处")
    await page.locator("#place-after").click()
    assert await page.locator("#m2").evaluate(SEEN)
    await page.locator("#place-close").click()
    await expect(page.locator(LIT)).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@ON_A_DESK
async def test_the_script_lights_up_every_quote_at_its_place(page: playwright.Page, address: str, library: Library) -> None:
    wanted = everything_quoted(library)
    for numbered in library.corpus.speeches:
        await page.goto(f"{address}/read/{numbered.number}")
        text = library.corpus.text(numbered.speech.file, numbered.speech.span)
        assert await page.evaluate("runs.map(run => run.element.textContent).join('')") == text
        spans = sorted(span for number, span in wanted if number == numbered.number)
        lit = await page.evaluate(
            "spans => spans.map(span => { lightUp([span]); return places.map(marks => marks.map(m => m.textContent).join('')) })",
            [list(span) for span in spans],
        )
        assert lit == [[library.corpus.text(numbered.speech.file, span)] for span in spans]
        await page.evaluate("putOut()")
        assert await page.evaluate("runs.map(run => run.element.textContent).join('')") == text


async def test_words_are_found_counted_and_turned_through_by_keyboard(page: playwright.Page, address: str, library: Library) -> None:
    speech = library.corpus.speech(4).speech
    count = len(library.engine.exact.look_up("劳模精神", ((4, speech.span),)).places)
    await page.goto(f"{address}/read/4")
    await page.keyboard.press("/")
    await page.keyboard.type("劳模，精神")
    await page.keyboard.press("Enter")
    await expect(page.locator("#place-count")).to_have_text(f"第1处，共{count}处")
    await page.keyboard.press("Enter")
    await expect(page.locator("#place-count")).to_have_text(f"第2处，共{count}处")
    await page.locator("#place-before").click()
    await page.keyboard.press("p")
    await expect(page.locator("#place-count")).to_have_text(f"第{count}处，共{count}处")
    await page.keyboard.press("n")
    await expect(page.locator("#place-count")).to_have_text(f"第1处，共{count}处")
    assert await page.evaluate("document.activeElement.id") == "m1"
    await page.keyboard.press("Escape")
    await expect(page.locator(LIT)).to_have_count(0)
    await page.fill("#find", "勞模精神")  # which the server knows
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/read/4?find=*")
    await expect(page.locator("#place-count")).to_have_text(f"第1处，共{count}处")


SELECT = """([start, end]) => {
  const at = position => {
    const run = runs.find(run => run.start <= position && position < run.end) ?? runs.at(-1);
    let left = unit(run.element.textContent, position - run.start);
    for (const node of texts(run.element)) { if (left <= node.length) return [node, left]; left -= node.length; }
  };
  getSelection().setBaseAndExtent(...at(start), ...at(end));
}"""


async def test_selected_words_are_copied_with_their_source(page: playwright.Page, address: str, library: Library, phrases: Wording) -> None:
    found = by_id(library.corpus, QUOTE)
    await page.goto(f"{address}/read/4")
    await expect(page.locator("#selection")).to_be_hidden()
    await page.evaluate(SELECT, list(found.source.span))
    await page.locator("#select-copy").click()
    await expect(page.locator("#status")).to_have_text("已复制，附有出处。")
    source = cited_place(found.source, phrases.zh)
    assert await page.evaluate("navigator.clipboard.readText()") == f"「{found.text}」——{source}"
    await page.locator("#select-link").click()
    await expect(page.locator("#status")).to_have_text("链接已复制。")
    assert await page.evaluate("navigator.clipboard.readText()") == address + reader_path(4, [QuoteId(4, 6680, 6720)])
    assert await page.locator("#select-picture").get_attribute("href") == f"/read/picture?q={QUOTE}"
    assert await page.locator("[data-actions]").get_attribute("data-quote") == QUOTE
    await page.keyboard.press("Escape")
    await expect(page.locator("#selection")).to_be_hidden()


@ON_A_DESK
async def test_a_sign_of_two_units_shifts_nothing(page: playwright.Page, phrases: Wording) -> None:
    corpus = corpus_with(f"讲话\n\n同志们：\n\n𠮷𠮷。{SENTENCE}\n\n一、𠀋法。{SENTENCE}\n")
    text = corpus.texts["x.txt"]
    first = text.index(SENTENCE)
    async with served(Speeches(corpus, ()), phrases) as address:
        await page.goto(address + reader_path(1, [QuoteId(1, first, first + len(SENTENCE))]))
        await expect(page.locator("#m1")).to_be_visible()
        assert await page.evaluate(PLACES) == [SENTENCE]
        await page.evaluate("putOut()")
        second = text.index(SENTENCE, first + 1)
        await page.evaluate(SELECT, [second, second + len(SENTENCE)])
        await expect(page.locator("[data-actions]")).to_have_attribute("data-quote", f"1.{second}.{second + len(SENTENCE)}")
        await page.fill("#find", SENTENCE)
        await page.keyboard.press("Enter")
        await expect(page.locator("#place-count")).to_have_text("第1处，共2处")


async def test_it_is_read_without_a_script(browser: playwright.Browser, address: str, library: Library) -> None:
    context = await browser.new_context(locale="zh-CN", viewport=PHONE, java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{address}/read/4?q={QUOTE}#m1")
    assert await page.locator(LIT).all_text_contents() == [by_id(library.corpus, QUOTE).text]
    await expect(page.locator("#m1")).to_be_in_viewport()
    await page.fill("#find", "工会")
    await page.keyboard.press("Enter")
    await expect(page.locator("#lit")).to_contain_text("「工会」在这一篇有")
    await page.locator(".folded summary").click()
    await page.locator(".folded a", has_text="二要大力宣传劳模").click()
    assert page.url.endswith("#s3.2")
    await page.locator("summary", has_text="同样的话也见于别处").first.click()
    await page.locator(".also a").first.click()
    await expect(page.locator("#m1")).to_be_in_viewport()
    await expect(page.locator("[data-switch]").first).to_be_hidden()
    await context.close()


KINDS = ["/read", f"/read/4#q={QUOTE},4.7000.7030", "/read/4?find=%E5%B7%A5%E4%BC%9A", "/read/compare/4/6",
         "/read/search?q=%E5%B7%A5%E4%BC%9A", "/read/99", "/read/2?lang=en"]  # fmt: skip


async def test_axe_finds_nothing_on_any_kind_of_page(window: playwright.Page, address: str) -> None:
    """In the dark on a telephone, in the light on a desk."""
    await window.emulate_media(color_scheme="dark" if window.viewport_size == PHONE else "light")
    for path in KINDS:
        await window.goto("about:blank")
        await window.goto(address + path)
        await window.locator(".also summary").first.click() if await window.locator(".also").count() else None
        results = await axe.Axe().run(window)
        assert len(results.response["passes"]) > 10
        found = [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in results.response["violations"]]
        assert found == [], path
        assert await window.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    await window.emulate_media(color_scheme="light")


@ON_A_DESK
async def test_a_printed_page_carries_its_sources_and_no_controls(page: playwright.Page, address: str) -> None:
    await page.goto(f"{address}/read/4#q={QUOTE}")
    await expect(page.locator(LIT)).to_have_count(1)
    await page.emulate_media(media="print")
    for selector in (".top", ".side", ".folded", ".find", "#places", "#selection", ".also", ".beside"):
        for element in await page.locator(selector).all():
            assert not await element.is_visible(), selector
    await expect(page.locator("article > footer .on-paper")).to_be_visible()
    printed = await page.locator("article > footer .on-paper").inner_text()
    assert "张家界（市级）《五一劳模座谈会领导讲话稿》，2014年（据内容推断）" in printed
    assert f"{address}/read/4" in printed
    await expect(page.locator("#lit")).to_contain_text("第3段")
    await expect(page.locator("#p8 .number")).to_be_visible()
    assert await page.locator(LIT).evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"
    await page.emulate_media(media="screen")


@ON_A_DESK
async def test_dark_colours_are_not_printed(page: playwright.Page, address: str) -> None:
    await page.emulate_media(media="print", color_scheme="dark")
    await page.goto(f"{address}/read/4")
    assert await page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    await page.emulate_media(media="screen", color_scheme="light")


@ON_A_DESK
async def test_both_places_of_what_two_speeches_share_come_into_view(page: playwright.Page, address: str) -> None:
    await page.goto(f"{address}/read/compare/4/6")
    await page.locator("tbody tr").nth(8).locator("a").first.click()
    await expect(page.locator(".shared.here")).to_have_count(2)
    for place in await page.locator(".shared.here").all():
        await expect(place).to_be_in_viewport()
        assert "爱岗敬业" in (await place.text_content() or "")


@ON_A_DESK
async def test_type_and_colours_are_kept(page: playwright.Page, address: str) -> None:
    await page.goto(f"{address}/read/4")
    size = "parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"
    before, paper = await page.evaluate(size), await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.get_by_role("button", name="大字").click()
    await page.get_by_role("button", name="深色").click()
    await page.goto(f"{address}/read/5")
    assert await page.evaluate(size) > before
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    await expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    await page.evaluate("localStorage.clear()")


@ON_A_DESK
async def test_the_first_tab_leads_past_everything_to_the_text(page: playwright.Page, address: str) -> None:
    await page.goto(f"{address}/read/4")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()


@pytest.fixture(scope="module")
def folder(library: Library, phrases: Wording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("exported") / "site"
    export_site(library, phrases, made)
    return made


@pytest.fixture(scope="module")
def by_http(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@ON_A_DESK
@pytest.mark.parametrize("by_file", [True, False], ids=["file", "http"])
async def test_a_folder_of_pages_is_read_and_searched(
    page: playwright.Page, folder: Path, by_http: str, library: Library, by_file: bool
) -> None:
    root = folder.as_uri() if by_file else by_http
    places = library.engine.exact.look_up("工会").places
    await page.goto(f"{root}/index.html")
    await page.fill("#everywhere", "工会")
    await page.keyboard.press("Enter")
    await expect(page.locator(".count")).to_have_text(f"「工会」共{len(places)}处，见于{len({p.speech for p in places})}篇。")
    links = await page.locator("#results ol a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == [f"{p.speech}.html#q={p.speech}.{p.span.start}.{p.span.end}" for p in places]
    await page.locator("#results ol a").nth(7).click()
    place = places[7]
    await expect(page.locator(LIT)).to_have_text([library.corpus.text(place.file, Span(*place.span))])
    assert await page.locator("#m1").evaluate(SEEN)
    await page.fill("#find", "天安门")
    await page.keyboard.press("Enter")
    await expect(page.locator("#lit")).to_have_text("这一篇没有「天安门」。")
    await page.get_by_role("link", name="English").click()
    await expect(page.locator(".side h2")).to_have_text("Contents")
    await page.goto(f"{root}/search.html?q=%E5%B7%A5%E4%BC%9A")
    await page.locator("#results section").first.get_by_role("link", name="在原文里全部标出").click()
    await expect(page.locator(LIT)).to_have_count(sum(p.speech == places[0].speech for p in places))
