"""Addresses of the reader are those that are printed and linked elsewhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract.actions import QuoteId
from bot.contract.reader_links import app_path, reader_path, start_param, started_with


@pytest.mark.parametrize(
    ("quotes", "path"),
    [
        ((), "/read/7"),
        ((QuoteId(7, 1441, 1490),), "/read/7#q=7.1441.1490"),
        ((QuoteId(7, 1, 2), QuoteId(7, 30, 44)), "/read/7#q=7.1.2,7.30.44"),
    ],
)
def test_the_path_of_a_page_with_quotes(quotes: tuple[QuoteId, ...], path: str) -> None:
    assert reader_path(7, quotes) == path
    if quotes:
        assert app_path(7, quotes) == path.replace("#", "?")
        assert app_path(7, quotes, "en") == path.replace("#", "?") + "&lang=en"


quote_ids = st.builds(QuoteId, st.integers(0, 9999), st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))


@given(st.lists(quote_ids, max_size=30))
def test_a_link_leads_to_the_quotes_that_it_was_made_for(quotes: list[QuoteId]) -> None:
    param = start_param(quotes)
    assert re.fullmatch("[A-Za-z0-9_-]{0,512}", param)
    led = started_with(param)
    assert led == tuple(quotes[: len(led)])
    assert len(led) == len(quotes) or len(start_param(quotes[: len(led) + 1])) == len(param) > 512 - 30


@given(st.text(max_size=60))
def test_other_words_lead_nowhere(words: str) -> None:
    assert started_with(words) == () or start_param(started_with(words)) == words
