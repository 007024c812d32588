"""What of a text is compared literally: its letters and digits, folded, with the place each came from.

Blanks, punctuation and quotation marks are left out, so that a wording is found whatever stands between its letters. What changes the
meaning of a number stays: % and the point inside 43.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold

KEPT = "%‰"
_POINT = re.compile(r"(?<=\d)[.．](?=\d)")  # 43|.|2  ✗1|.|坚持
_POINT_KEPT = "\ue000"  # of private use: stands for a point that counts


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """`text` are the letters; letter i came from character `origin[i]` of the text they were taken from."""

    text: str
    origin: npt.NDArray[np.int32]

    def back(self, start: int, end: int) -> Span:
        """The range of the original that the letters [start, end) came from; not for an empty range."""
        return Span(int(self.origin[start]), int(self.origin[end - 1]) + 1)


class _LetterTable(dict[int, str]):
    """Code point → the letters it counts as, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(sign for sign in fold(chr(code)).text if sign.isalnum() or sign in KEPT)
        return self[code]


_TABLE = _LetterTable({ord(_POINT_KEPT): ".", ord("×"): "x"})  # ××区 is also typed xx区


def letters(text: str) -> Letters:
    """The letters of a text.

    >>> letters("「勞動，最光榮」！").text, letters("占 ４３.2％。").text
    ('劳动最光荣', '占43.2%')
    >>> letters("「勞動，最光榮」！").back(1, 3)
    Span(start=2, end=5)
    """
    marked = _POINT.sub(_POINT_KEPT, text)
    kept = marked.translate(_TABLE)
    if not kept:
        return Letters("", np.empty(0, np.int32))
    codes = np.frombuffer(marked.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.zeros(int(codes.max()) + 1, np.uint8)
    for sign in set(marked):
        lengths[ord(sign)] = len(_TABLE[ord(sign)])
    return Letters(kept, np.repeat(np.arange(len(codes), dtype=np.int32), lengths[codes]))


def only_letters(text: str) -> str:
    """The letters of a text without their places, in a fifth of the time.

    >>> only_letters("「勞動，最光榮」！")
    '劳动最光荣'
    """
    return _POINT.sub(_POINT_KEPT, text).translate(_TABLE)
