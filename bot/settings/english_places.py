"""Places named in English, in Chinese: speech 5 part 2 → 第5篇第2部分."""

from __future__ import annotations

import re

_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ORDINALS = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5},
    **{"sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "last": -1},
}
_KINDS = {
    "speech": "篇",
    "talk": "篇",
    "part": "部分",
    "section": "部分",
    "chapter": "部分",
    "point": "点",
    "paragraph": "段",
    "para": "段",
}
_KIND = f"({'|'.join(_KINDS)})"
_NUMBER = rf"(\d{{1,3}}(?:\.\d{{1,3}})*|{'|'.join(_COUNTS)})"
_ORDINAL = rf"(\d{{1,3}}(?=st|nd|rd|th)|{'|'.join(_ORDINALS)})(?:st|nd|rd|th)?"
_NAMED = re.compile(rf"\b{_KIND}\.? (?:no\.? |number )?{_NUMBER}\b")  # speech 5  part two  para. 3  speech no. 4  section 2.1  ✗parts
_COUNTED = re.compile(rf"\b{_ORDINAL} {_KIND}\b")  # third speech  2nd part  last paragraph  ✗speech 3
_ORDER = ("篇", "部分", "点", "段")  # from the whole to its parts


def places(said: str) -> tuple[str, str]:
    """The place that a plain English text names, in Chinese, "" for none; and the text without it.

    >>> places("the second part of speech 5 on unions")
    ('第5篇第2部分', 'the  of   on unions')
    >>> places("speech 4 section 2.1")
    ('第4篇第2部分第1点', ' ')
    """
    found = [(match.start(), match[1], match[2]) for match in _NAMED.finditer(said)]
    rest = _NAMED.sub(" ", said)
    found += [(match.start(), match[2], match[1]) for match in _COUNTED.finditer(rest)]
    steps = [step for _, kind, count in sorted(found) for step in _steps(_KINDS[kind], count)]
    steps.sort(key=lambda step: _ORDER.index(step[0]))
    return "".join(f"第{count}{kind}" if count > 0 else f"最后一{kind}" for kind, count in steps), _COUNTED.sub(" ", rest)


def _steps(kind: str, count: str) -> list[tuple[str, int]]:
    """A kind of place with its count; of 2.1 the first count and those below it."""
    number, *below = count.split(".")
    first = _COUNTS.get(number) or _ORDINALS.get(number) or int(number)
    kinds = {"篇": ["部分", "点", "点"], "部分": ["点", "点"], "点": ["点"]}.get(kind, [])
    return [(kind, first), *((deeper, int(n)) for deeper, n in zip(kinds, below, strict=False))]
