"""Dates as Chinese texts print them: 2024年3月5日, 二〇一九年五月一日, １９９３年３月, 2019-05-01."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.speeches.numerals import to_int

_DIGIT = "[〇○零ＯO一二三四五六七八九]"  # 〇  ✗十
_YEAR = rf"((?:1[89]|20)\d{{2}}|[12１２]\d{{3}}|[一二]{_DIGIT}{{3}})"  # 2024  １９９３  二〇一九  ✗24
_SMALL = r"(\d{1,2}|[正元一二三四五六七八九十]{1,3})"  # 5  12  二十一  ✗百
_WRITTEN = re.compile(rf"{_YEAR} ?年(?: ?{_SMALL} ?月(?: ?{_SMALL} ?日)?)?")  # 2024年3月5日  二〇一九年五月一日  2011年|前后  ✗5年
_DASHED = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")  # 2019-05-01  2019.5.1  ✗2019-05
_ZEROS = str.maketrans("○零ＯO", "〇〇〇〇")
_VALUES = "〇一二三四五六七八九"


class PrintedDate(NamedTuple):
    """date: 2024-03-05, 2024-03 or 2024. words: as printed, from `start` on."""

    date: str
    words: str
    start: int


def date_in(text: str) -> PrintedDate | None:
    """The first date in a text that can be one; None if there is none.

    >>> date_in("（二〇一九年五月一日）"), date_in("——2024年3月在会上"), date_in("第3次")
    (PrintedDate(date='2019-05-01', words='二〇一九年五月一日', start=1), PrintedDate(date='2024-03', words='2024年3月', start=2), None)
    """
    found = (match for pattern in (_WRITTEN, _DASHED) for match in pattern.finditer(text))
    for match in sorted(found, key=lambda match: match.start()):
        told = [_year(match[1]), *(_small(part) for part in match.groups()[1:] if part)]
        limits = (range(1000, 3000), range(1, 13), range(1, 32))
        if all(value is not None and value in limit for value, limit in zip(told, limits, strict=False)):
            return PrintedDate("-".join(f"{value:02}" for value in told), match[0], match.start())
    return None


def _year(words: str) -> int:
    plain = words.translate(_ZEROS)
    return int(plain) if plain.isdecimal() else int("".join(str(_VALUES.index(sign)) for sign in plain))


def _small(words: str) -> int | None:
    return 1 if words in ("正", "元") else to_int(words)
