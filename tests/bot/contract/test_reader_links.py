"""Addresses of the reader are those that are printed and linked elsewhere."""

from __future__ import annotations

import pytest

from bot.contract.actions import QuoteId
from bot.contract.reader_links import reader_path


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
