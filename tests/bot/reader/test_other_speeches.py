"""Quotes of several speeches in one address: each page leads on to the next speech that has one, without a script too."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.reader.page_links import ServedLinks
from bot.reader.reader_pages import PageKey, ReaderPages
from bot.settings.library import Library
from bot.settings.wording import Wording
from tests.kit.read_page import seen

QUOTES = "4.6278.6300,1.100.120,6.300.320"
WAY_ON = re.compile(r'<a href="([^"]+)" class="speech">([^<]+)</a>')


@pytest.fixture(scope="module")
def pages(library: Library, phrases: Wording) -> ReaderPages:
    return ReaderPages(library, phrases)


def ways_on(pages: ReaderPages, number: int, quotes: str) -> list[str]:
    """The links to other speeches with quotes, all of which go along: in the list above the speech, in the bar."""
    key = PageKey("speech", f"/read/{number}?q={quotes}", "zh", ServedLinks(), numbers=(number,), quotes=quotes)
    body = pages.page(key).body.decode()
    assert set(seen(body).lit) == {quote for quote in quotes.split(",") if quote.startswith(f"{number}.")}
    found = WAY_ON.findall(body)
    for href, words in found:
        parts = urlsplit(unescape(href))
        assert (parse_qs(parts.query), parts.fragment) == ({"q": [quotes]}, "m1")
        assert parts.path == f"/read/{words.removeprefix('第').removesuffix('篇')}"
    return [words for _, words in found]


def test_each_page_leads_to_the_others_the_next_one_first(pages: ReaderPages) -> None:
    assert ways_on(pages, 4, QUOTES) == ["第1篇", "第6篇", "第1篇"]
    assert ways_on(pages, 1, QUOTES) == ["第6篇", "第4篇", "第6篇"]
    assert ways_on(pages, 6, QUOTES) == ["第4篇", "第1篇", "第4篇"]


def test_quotes_of_one_speech_lead_nowhere_else(pages: ReaderPages) -> None:
    assert ways_on(pages, 4, "4.6278.6300,4.6400.6410") == []


def test_a_speech_that_is_gone_is_left_out(pages: ReaderPages) -> None:
    assert ways_on(pages, 4, "4.6278.6300,99.1.2") == []
