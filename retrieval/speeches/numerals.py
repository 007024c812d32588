"""Chinese and Arabic numerals, up to 99: 三 ↔ 3, 二十一 ↔ 21."""

from __future__ import annotations

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
