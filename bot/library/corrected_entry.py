"""Title, date, place, speaker and aliases of a speech, corrected by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, get_args

from bot.library.found_particulars import short_title
from retrieval import Entry, date_in

Particular = Literal["title", "date", "place", "author", "aliases"]
PARTICULARS: tuple[Particular, ...] = get_args(Particular)
LONGEST = 80  # characters of a title, as of one that is found; of anything else
_SHORTER = re.compile(r"(\d{4})(?:[-./](\d{1,2}))?")  # 2019  2019-05  ✗2019-05-01
_BETWEEN = re.compile(r"[、,，;；\s]+")  # 、  ，


def corrected(entry: Entry, particular: Particular, words: str) -> Entry:
    """The entry with a particular as somebody says it is; without words it is not known any more. Raises ValueError for what cannot be."""
    words = " ".join(words.split())[:LONGEST]
    if particular == "title":
        if not words:
            raise ValueError("a title has at least one character")
        return replace(entry, title=words, short=short_title(words))
    if particular == "aliases":
        return replace(entry, aliases=tuple(dict.fromkeys(filter(None, _BETWEEN.split(words)))))
    if particular == "date":
        return _dated(entry, words)
    return replace(entry, place=words) if particular == "place" else replace(entry, author=words)


def told(entry: Entry, particular: Particular) -> str:
    """How a particular stands; "" where it is not known.

    >>> told(corrected(Entry(7, "a.txt"), "date", "2019年5月"), "date")
    '2019-05'
    """
    value = getattr(entry, particular)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _dated(entry: Entry, words: str) -> Entry:
    shorter = _SHORTER.fullmatch(words)
    found = date_in("{}年{}月".format(*shorter.groups()) if shorter and shorter[2] else f"{words}年" if shorter else words)
    if words and not found:
        raise ValueError(f"{words!r} is no date; expected one like 2019-05-01, 2019-05 or 2019")
    date = found.date if found else ""
    return replace(entry, date=date, year=int(date[:4]) if date else 0, year_basis="")
