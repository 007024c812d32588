"""Chinese and Arabic numerals, up to 99: 三 ↔ 3, 二十一 ↔ 21; parts as they are usually numbered."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = "零一二三四五六七八九"
_VALUES = {**{d: i for i, d in enumerate(DIGITS)}, "〇": 0, "两": 2}


def to_int(text: str) -> int | None:
    """The number that `text` writes in Chinese or (also full-width) Arabic digits; None if it is none below 100.

    >>> [to_int(t) for t in ("三", "十", "十二", "二十", "二十一", "12", "３", "第", "")]
    [3, 10, 12, 20, 21, 12, 3, None, None]
    """
    if text.isdecimal():
        return int(text) if len(text) <= 2 else None
    tens, ten, ones = text.partition("十")
    if not ten:
        return _VALUES.get(text)
    head = _VALUES.get(tens, 0 if not tens else -1)
    tail = _VALUES.get(ones, 0 if not ones else -1)
    if head < 0 or tail < 0:
        return None
    return (head if tens else 1) * 10 + tail


def to_chinese(number: int) -> str:
    """The Chinese numeral of 0-99.

    >>> [to_chinese(n) for n in (3, 10, 12, 20, 21)]
    ['三', '十', '十二', '二十', '二十一']
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def part_in_chinese(path: Sequence[int]) -> str:
    """A path of counts as parts are usually numbered; numbers without a numeral in digits, "" for no path.

    >>> [part_in_chinese(path) for path in ((4,), (4, 1), (2, 3, 1), (120,), ())]
    ['四、', '四（一）', '二（三）1.', '120、', '']
    """
    numerals = [to_chinese(n) if n < 100 else str(n) for n in path]
    below = [f"（{second}）" for second in numerals[1:2]] + [f"{n}." for n in path[2:]]
    return numerals[0] + ("".join(below) or "、") if numerals else ""
