"""The pages over HTTP: headers, tags, rates, addresses that lead nowhere, renewal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import quote as quoted

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.reader import TELEGRAM, add_reader
from bot.reader.visitor_rates import BURST, VISITORS, VisitorRates
from bot.settings.library import Library, Speeches
from bot.settings.wording import Wording
from retrieval import Span, excerpts
from tests.kit.read_page import corpus_with, seen

Client = TestClient[web.Request, web.Application]


class Now:
    """What is read, and when; both can be changed."""

    def __init__(self, speeches: Speeches, wording: Wording) -> None:
        self.speeches, self.wording, self.seconds = speeches, wording, 0.0


@asynccontextmanager
async def reading(now: Now, **options: str) -> AsyncIterator[Client]:
    app = web.Application()
    add_reader(app, lambda: (now.speeches, now.wording), clock=lambda: now.seconds, **options)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def client(library: Library, phrases: Wording) -> AsyncIterator[Client]:
    async with reading(Now(library, phrases)) as opened:
        yield opened


async def text_of(client: Client, path: str, status: int = 200, **headers: str) -> str:
    response = await client.get(path, headers={key.replace("_", "-"): value for key, value in headers.items()})
    assert response.status == status
    return await response.text()


PAGES = [
    "/read",
    "/read/4",
    "/read/4?q=4.6278.6300",
    "/read/1?find=" + quoted("劳模"),
    "/read/compare/1/4",
    "/read/search?q=" + quoted("工会"),
]


@pytest.mark.parametrize("path", [*PAGES, "/read/99", "/read/reader.js"])
async def test_every_answer_is_guarded(client: Client, path: str) -> None:
    response = await client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert policy.endswith("frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert (response.headers["X-Content-Type-Options"], response.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    body = await response.text()
    assert " style=" not in body
    assert "<script>" not in body
    assert "://" not in body or path.endswith(".js")  # nothing comes from elsewhere


async def test_telegram_may_frame_a_mini_app(library: Library, phrases: Wording) -> None:
    async with reading(Now(library, phrases), framed_by=TELEGRAM) as client:
        policy = (await client.get("/read")).headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://web.telegram.org 'self'")


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_that_is_known_is_not_sent_again(client: Client, path: str, library: Library) -> None:
    first = await client.get(path)
    tag = first.headers["ETag"]
    assert library.fingerprint in tag
    again = await client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).status == 200


async def test_quotes_are_lit_up_without_a_script(client: Client, library: Library) -> None:
    page = seen(await text_of(client, "/read/4?q=4.6278.6300,4.6550.6560"))
    corpus = library.corpus
    file = corpus.speech(4).speech.file
    assert page.lit == {f"4.{a}.{b}": corpus.text(file, Span(a, b)) for a, b in ((6278, 6300), (6550, 6560))}
    assert {"m1", "m2"} <= set(page.ids)
    assert {"#m1", "#m2"} <= set(page.links)


async def test_all_places_of_a_wording_are_lit_up_and_counted(client: Client, library: Library) -> None:
    places = library.engine.exact.look_up("工会").places
    page = await text_of(client, "/read/search?q=" + quoted("工会"))
    assert f"「工会」共{len(places)}处，见于{len({place.speech for place in places})}篇。" in page
    links = [link for link in seen(page).links if "?q=" in link and "search" not in link]
    assert links == [f"/read/{p.speech}?q={p.speech}.{p.span.start}.{p.span.end}#m1" for p in places]
    for number in {place.speech for place in places}:
        lit = seen(await text_of(client, f"/read/{number}?find=" + quoted("工会"))).lit
        assert list(lit) == [f"{p.speech}.{p.span.start}.{p.span.end}" for p in places if p.speech == number]


async def test_all_sentences_on_a_theme_are_lit_up_where_an_engine_knows_them(client: Client, library: Library, phrases: Wording) -> None:
    found = [e.quote for e in excerpts(library.engine, "劳模精神") if e.on_theme and e.quote.source.speech == 4]
    page = seen(await text_of(client, "/read/4?theme=" + quoted("劳模精神")))
    assert page.lit == {quote.id: quote.text for quote in sorted(found, key=lambda quote: quote.source.span)}
    assert f"讲「劳模精神」的有{len(found)}句：" in page.text
    link = "/read/4?theme=" + quoted("劳模精神") + "#m1"
    assert link in seen(await text_of(client, "/read/search?q=" + quoted("劳模精神"))).links
    async with reading(Now(Speeches(library.corpus, library.worthy), phrases)) as without:
        assert seen(await text_of(without, "/read/4?theme=" + quoted("劳模精神"))).lit == {}
        assert link not in seen(await text_of(without, "/read/search?q=" + quoted("劳模精神"))).links


async def test_a_wording_that_stands_nowhere_leads_to_the_closest(client: Client) -> None:
    page = await text_of(client, "/read/search?q=" + quoted("爱岗敬业、争创二流、艰苦奋斗"))
    assert "最接近的原文是：" in page
    assert "爱岗敬业、争创一流" in page


async def test_what_two_speeches_share_leads_to_both_places(client: Client) -> None:
    page = seen(await text_of(client, "/read/compare/4/6"))
    inside = [link.removeprefix("#") for link in page.links if link.startswith("#") and link != "#main"]
    assert len([i for i in inside if i[0] == "a" and i[1] == "w"]) == len([i for i in inside if i[0] == "b" and i[1] == "w"]) > 10
    assert set(inside) <= set(page.ids)


BAD = [
    ("/read/99", 404, "没有第99篇讲话。"),
    ("/read/0", 404, "没有第0篇讲话。"),
    ("/read/12345678", 404, "这个地址没有内容。"),
    ("/read/../../etc/passwd", 404, ""),
    ("/read/%2e%2e%2fetc", 404, "这个地址没有内容。"),
    ("/read/compare/4/4", 404, "请选两篇不同的讲话来对照。"),
    ("/read/compare/4/99", 404, "没有第99篇讲话。"),
    ("/read/4?q=x", 400, "地址里的引文位置不对"),
    ("/read/4?q=4.1.2", 400, "地址里的引文位置不对"),
    ("/read/4?q=4.6300.6278", 400, "地址里的引文位置不对"),
    ("/read/4?q=4.6278.6278", 400, "地址里的引文位置不对"),
    ("/read/4?q=4.6278.99999999", 400, "地址里的引文位置不对"),
    ("/read/4?q=1.29.60", 400, "地址里的引文位置不对"),
    ("/read/4?q=" + "4.6278.6300," * 101, 400, "地址里的引文位置不对"),
    ("/read/4?q=" + quoted("４.6278.6300"), 400, "地址里的引文位置不对"),
    ("/read/4?q=%00%0d%0aSet-Cookie:a", 400, "地址里的引文位置不对"),
    ("/read/4?find=" + "a" * 201, 400, "要查的话太长"),
    ("/read/search?q=" + "a" * 7000, 400, "要查的话太长"),
    ("/read/picture?q=4.1.2", 400, "地址里的引文位置不对"),
    ("/read/picture", 400, "地址里的引文位置不对"),
    ("/read/picture?q=4.6278.8000", 400, "做成图片最多360个字"),
    ("/read/picture?q=4.6395.6396", 400, ""),
]


@pytest.mark.parametrize(("path", "status", "said"), BAD)
async def test_an_address_that_leads_nowhere_gets_a_sentence_and_a_way_on(client: Client, path: str, status: int, said: str) -> None:
    response = await client.get(path)
    if status == 400 and not said:  # a sign may be drawn or not, but nothing breaks
        assert response.status in (200, 400)
        return
    page = await response.text()
    assert response.status == status
    assert said in page
    assert "Traceback" not in page
    if said:
        assert 'href="/read"' in page


HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=1>",
    "%00",
    "\ud7ff\U0001f600",
    "{quote}",
    "{0}",
    "\u202e",
    "。",
    "　",
    "𠮷" * 100,
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_searched_for_are_shown_as_they_are(client: Client, words: str) -> None:
    for path in ("/read/4?find=", "/read/search?q=", "/read/4?lang="):
        page = await text_of(client, path + quoted(words))
        assert "<script>alert" not in page
        assert "<img" not in page
        seen(page)


LANGUAGES = [("", "", "目录"), ("", "en-GB,en;q=0.9,zh;q=0.1", "Contents"), ("", "zh-TW,en", "目录"), ("", "fr", "Contents"),
             ("?lang=zh", "en", "目录"), ("?lang=en", "zh", "Contents"), ("?lang=xx", "zh", "目录")]  # fmt: skip


@pytest.mark.parametrize(("asked", "accepted", "said"), LANGUAGES)
async def test_the_interface_speaks_the_language_that_is_asked_for(client: Client, asked: str, accepted: str, said: str) -> None:
    page = await text_of(client, "/read/4" + asked, **({"Accept_Language": accepted} if accepted else {}))
    assert f">{said}<" in page
    assert 'class="text" lang="zh-CN"' in page
    kept = [link for link in seen(page).links if link.startswith("/read/compare")]
    assert all(("lang=en" in link) is (asked == "?lang=en") for link in kept)


async def test_who_turns_pages_too_fast_is_told_so_and_others_are_not(library: Library, phrases: Wording) -> None:
    now = Now(library, phrases)
    async with reading(now) as client:
        for _ in range(BURST):
            await text_of(client, "/read", X_Forwarded_For="10.0.0.9, 192.0.2.1")
        refused = await client.get("/read/1", headers={"X-Forwarded-For": "10.0.0.8, 192.0.2.1"})  # only the last is the proxy's word
        assert (refused.status, refused.headers["Retry-After"]) == (429, "10")
        assert "翻得太快了" in await refused.text()
        await text_of(client, "/read", X_Forwarded_For="192.0.2.2")
        await text_of(client, "/read/reader.css", X_Forwarded_For="192.0.2.1")
        now.seconds += 1
        await text_of(client, "/read", X_Forwarded_For="192.0.2.1")


def test_visitors_are_forgotten_in_turn() -> None:
    rates = VisitorRates(lambda: 0.0, burst=1)
    assert rates.admits("first")
    assert not rates.admits("first")
    assert all(rates.admits(str(number)) for number in range(VISITORS))
    assert rates.admits("first")


async def test_after_a_renewal_the_pages_are_the_new_ones(library: Library, phrases: Wording) -> None:
    now = Now(library, phrases)
    async with reading(now) as client:
        before = (await client.get("/read/1")).headers["ETag"]
        now.speeches = Speeches(replace(corpus_with("安全生产会上的讲话\n\n同志们：\n\n安全生产要抓好落实。\n"), fingerprint="1" * 12), ())
        response = await client.get("/read/1", headers={"If-None-Match": before})
        assert response.status == 200
        assert "安全生产要抓好落实" in await response.text()
        assert (await client.get("/read/2")).status == 404


async def test_a_quote_is_drawn(client: Client) -> None:
    response = await client.get("/read/picture?q=4.6278.6300")
    assert (response.status, response.content_type) == (200, "image/png")
    assert (await response.read()).startswith(b"\x89PNG")
    assert (await client.get("/read/picture?q=4.6278.6300", headers={"If-None-Match": response.headers["ETag"]})).status == 304


async def test_below_a_paragraph_it_says_where_else_its_words_stand(client: Client, library: Library) -> None:
    page = await text_of(client, "/read/6")
    assert '<q lang="zh-CN">与来自全市各条战线的劳动……阶级和劳动人民的光辉节日</q>' in page
    words = "与来自全市各条战线的劳动模范欢聚一堂，共同庆祝全世界工人阶级和劳动人民的光辉节日"
    (there,) = [place for place in library.engine.exact.look_up(words).places if place.speech == 4]
    assert f"/read/4?q=4.{there.span.start}.{there.span.end}#m1" in seen(page).links
