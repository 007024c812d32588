"""Addresses of the reader: a speech with quotes lit up in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.contract.actions import QuoteId

LONGEST_PARAM = 512  # signs of `startapp`, Telegram's
_ONE = "q[0-9]{1,7}_[0-9]{1,9}_[0-9]{1,9}"  # q7_1441_1490  ✗q7
_PARAM = re.compile(f"{_ONE}(?:-{_ONE})*")  # q7_1441_1490  q7_1_2-q3_4_5  ✗q7_1_2-


def reader_path(speech: int, quotes: Sequence[QuoteId] = ()) -> str:
    """The path of a speech's page, from the reader's root; it opens at the first of the quotes.

    >>> reader_path(7, [QuoteId(7, 1441, 1490)])
    '/read/7#q=7.1441.1490'
    """
    return f"/read/{speech}" + (f"#q={_lit(quotes)}" if quotes else "")


def app_path(speech: int, quotes: Sequence[QuoteId], language: str = "") -> str:
    """The same for a page that Telegram opens, which puts its own data where a link has `#q=`; language: of the page, "" for the browser's.

    >>> app_path(7, [QuoteId(7, 1441, 1490)], "en")
    '/read/7?q=7.1441.1490&lang=en'
    """
    return f"/read/{speech}?q={_lit(quotes)}" + (f"&lang={language}" if language else "")


def start_param(quotes: Sequence[QuoteId]) -> str:
    """The quotes, as many of the first as there is room for, in a link that opens the page from anywhere in Telegram.

    >>> start_param([QuoteId(7, 1441, 1490), QuoteId(2, 10, 20)])
    'q7_1441_1490-q2_10_20'
    """
    words = ""
    for quote in quotes:
        longer = f"{words}-q{quote.speech}_{quote.start}_{quote.end}".lstrip("-")
        if len(longer) > LONGEST_PARAM:
            break
        words = longer
    return words


def started_with(param: str) -> tuple[QuoteId, ...]:
    """The quotes of a link, () for any other words.

    >>> started_with("q7_1441_1490"), started_with("settings")
    ((QuoteId(speech=7, start=1441, end=1490),), ())
    """
    if len(param) > LONGEST_PARAM or not _PARAM.fullmatch(param):
        return ()
    return tuple(QuoteId(*map(int, quote[1:].split("_"))) for quote in param.split("-"))


def _lit(quotes: Sequence[QuoteId]) -> str:
    return ",".join(map(str, quotes))
