"""Addresses of the reader: a speech with quotes lit up in it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contract.actions import QuoteId


def reader_path(speech: int, quotes: Sequence[QuoteId] = ()) -> str:
    """The path of a speech's page, from the reader's root; it opens at the first of the quotes.

    >>> reader_path(7, [QuoteId(7, 1441, 1490)])
    '/read/7#q=7.1441.1490'
    """
    lit = ",".join(f"{quote.speech}.{quote.start}.{quote.end}" for quote in quotes)
    return f"/read/{speech}" + (f"#q={lit}" if lit else "")
