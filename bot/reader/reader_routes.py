"""The pages over HTTP: strict headers, each page written once, so many a visitor."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from bot.reader.lit_places import BadAddress
from bot.reader.page_links import ROOT, PageView, ServedLinks
from bot.reader.problem_page import problem_page
from bot.reader.reader_pages import PageKey, ReaderPages
from bot.reader.visitor_rates import VisitorRates
from bot.service.quote_text import cited_place
from bot.settings.library import Speeches
from bot.settings.wording import LANGUAGES, Language, Wording
from retrieval import UnknownReference, by_id

ReaderSource = Callable[[], tuple[Speeches, Wording]]

PAGE_FILES = Path(__file__).parent / "page"
TYPES = {"reader.css": "text/css", "reader.js": "text/javascript"}
SERVED_TYPES = TYPES | {"person.js": "text/javascript", "telegram.js": "text/javascript"}  # a folder of files knows nobody
PICTURES = 64  # kept, 82 to 384 kB each: 25 MB at most
TELEGRAM = "https://web.telegram.org 'self'"  # who may show the pages in a frame, where they are a Mini App
LONGEST_ADDRESS = 64  # characters of a visitor's address that tell it from others
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors "
)


def add_reader(
    app: web.Application,
    current: ReaderSource,
    *,
    base: str = "",
    framed_by: str = "'none'",
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Serve the pages under /read. current: the speeches and wording of now, asked for on every request.

    base: the public address in front of /read, for paper; framed_by: the sources of `frame-ancestors`.
    """
    _ReaderRoutes(current, base, framed_by, VisitorRates(clock)).add_to(app)


class _ReaderRoutes:
    def __init__(self, current: ReaderSource, base: str, framed_by: str, rates: VisitorRates) -> None:
        self._current = current
        self._base = base
        self._rates = rates
        self._pages = ReaderPages(*current())
        self._files = {name: (PAGE_FILES / name).read_bytes() for name in SERVED_TYPES}
        self._picture = lru_cache(maxsize=PICTURES)(_drawn)
        self._headers = {
            "Content-Security-Policy": _POLICY + framed_by,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",  # kept, but asked about: a tag says whether it is still so
        }

    def add_to(self, app: web.Application) -> None:
        for name in SERVED_TYPES:
            app.router.add_get(f"{ROOT}/{name}", partial(self.file, name))
        for path, handler in (
            ("", self.collection),
            ("/search", self.search),
            ("/picture", self.picture),
            ("/{number:[0-9]{1,7}}", self.speech),
            ("/compare/{one:[0-9]{1,7}}/{other:[0-9]{1,7}}", self.comparison),
            ("/{rest:.*}", self.nowhere),
        ):
            app.router.add_get(ROOT + path, handler)

    async def file(self, name: str, request: web.Request) -> web.StreamResponse:
        """Style and script."""
        body = self._files[name]
        return self._tagged(request, body, hashlib.sha256(body).hexdigest()[:16], SERVED_TYPES[name])

    async def collection(self, request: web.Request) -> web.StreamResponse:
        return await self._page(request, "collection")

    async def speech(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        asked = {"quotes": query.get("q", ""), "wording": query.get("find", ""), "theme": query.get("theme", "")}
        return await self._page(request, "speech", int(request.match_info["number"]), **asked)

    async def comparison(self, request: web.Request) -> web.StreamResponse:
        one, other = int(request.match_info["one"]), int(request.match_info["other"])
        if one == other:
            return self._problem(request, 404, "reader.problem.same")
        return await self._page(request, "comparison", one, other)

    async def search(self, request: web.Request) -> web.StreamResponse:
        return await self._page(request, "search", wording=request.query.get("q", ""))

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        return self._problem(request, 404, "reader.problem.nowhere")

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """A quote as a picture."""
        from bot.pictures import PictureError, TooLong

        if not self._admitted(request):
            return self._problem(request, 429, "reader.problem.often")
        pages = self._now()
        try:
            body = await asyncio.to_thread(self._picture, pages, request.query.get("q", ""), _language(request))
        except UnknownReference:
            return self._problem(request, 400, "reader.problem.quote")
        except TooLong as long:
            return self._problem(request, 400, "reader.problem.picture", limit=long.limit)
        except PictureError:
            return self._problem(request, 400, "reader.problem.quote")
        return self._tagged(request, body, hashlib.sha256(body).hexdigest()[:16], "image/png")

    async def _page(self, request: web.Request, kind: str, *numbers: int, **asked: str) -> web.StreamResponse:
        if not self._admitted(request):
            return self._problem(request, 429, "reader.problem.often")
        key = PageKey(kind, _address(request), _language(request), _links(request), self._base, numbers, **asked)
        try:
            page = await asyncio.to_thread(self._now().page, key)
        except UnknownReference as unknown:
            return self._problem(request, 404, "reader.problem.speech", number=unknown.reference)
        except BadAddress as bad:
            return self._problem(request, 400, bad.reason)
        return self._tagged(request, page.body, page.tag, "text/html")

    def _now(self) -> ReaderPages:
        """Those of the speeches of now: after a renewal new ones."""
        speeches, wording = self._current()
        if speeches is not self._pages.speeches or wording is not self._pages.wording:
            self._pages = ReaderPages(speeches, wording)
        return self._pages

    def _admitted(self, request: web.Request) -> bool:
        """By the last address that a proxy on this machine has added, which no visitor can choose; else by the visitor's own."""
        forwarded = request.headers.get("X-Forwarded-For", "") if request.remote in ("127.0.0.1", "::1") else ""
        return self._rates.admits(forwarded.rpartition(",")[2].strip()[:LONGEST_ADDRESS] or request.remote or "")

    def _tagged(self, request: web.Request, body: bytes, tag: str, content_type: str) -> web.Response:
        quoted = f'"{tag}"'
        headers = self._headers | {"ETag": quoted, "Vary": "Accept-Language"}
        if quoted in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        charset = None if content_type.startswith("image/") else "utf-8"
        return web.Response(body=body, headers=headers, content_type=content_type, charset=charset)

    def _problem(self, request: web.Request, status: int, reason: str, **values: object) -> web.Response:
        view = PageView(self._now().wording.of(_language(request)), _links(request), ROOT)
        body = problem_page(view, reason, **values)
        retry = {"Retry-After": "10"} if status == 429 else {}
        return web.Response(text=body, status=status, headers=self._headers | retry, content_type="text/html")


def _drawn(pages: ReaderPages, identity: str, language: str) -> bytes:
    from bot.pictures import quote_card  # Pillow takes 0.1 s to load

    found = by_id(pages.corpus, identity)
    return quote_card(found.text, cited_place(found.source, pages.wording.of(language)), "", language)


def _address(request: web.Request) -> str:
    """That of a page in no language."""
    given = {key: value for key in ("q", "find", "theme") if (value := request.query.get(key, ""))}
    return request.path + (f"?{urlencode(given, errors='replace')}" if given else "")


def _links(request: web.Request) -> ServedLinks:
    return ServedLinks(_asked_language(request) or "")


def _asked_language(request: web.Request) -> Language | None:
    return next((language for language in LANGUAGES if language == request.query.get("lang")), None)


def _language(request: web.Request) -> Language:
    """What the address asks for, else the first that the browser reads; Chinese for one that says nothing."""
    accepted = request.headers.get("Accept-Language", "")
    read = (part.strip().lower()[:2] for part in accepted.split(","))
    first = next((language for tag in read for language in LANGUAGES if tag == language), None)
    return _asked_language(request) or first or ("en" if accepted else "zh")
