"""The folded copy of a text, with the origin of every character.

Folding is NFKC, traditional → simplified (OpenCC's character table), lower case, control characters → blank. It may change lengths
(… → ...), so a folded text knows where each of its characters came from, and everything found in it leads back to the original.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from retrieval.speeches.blanks import BLANK
from retrieval.speeches.tree import Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
REMEMBERED = 512  # folded texts, chosen: a question folds itself and its quotes twenty times
_SPACED = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")  # 劳| |模  ✗劳模| |gdp


class Folded(NamedTuple):
    """`origin[i]` is the index in the original of folded character i; one more entry marks the end."""

    text: str
    origin: tuple[int, ...]

    def back(self, start: int, end: int) -> Span:
        """The range of the original that the folded range [start, end) came from."""
        return Span(self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start])


class _Table(dict[int, str]):
    """Code point → folded string, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_simplified().get(c, c) for c in unicodedata.normalize("NFKC", chr(code)).lower())
        if BLANK.match(chr(code)) or unicodedata.category(chr(code)) in ("Cc", "Cs", "Cf"):
            folded = " "
        self[code] = folded
        return folded


@functools.cache
def _simplified() -> dict[str, str]:
    """OpenCC's table of traditional characters; of several simplified forms the first."""
    package = find_spec("opencc")  # loading it takes 10 ms more
    if package is None or package.origin is None:
        raise ModuleNotFoundError("opencc")
    table = Path(package.origin).with_name("dictionary").joinpath("TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {old: new.split(" ")[0] for old, new in pairs}


_TABLE = _Table()
_LINES = _Table({ord("\n"): "\n"})


def fold(text: str) -> Folded:
    """The folded copy with origins.

    >>> folded = fold("工會…ＧＤＰ")
    >>> folded.text, folded.back(2, 5)
    ('工会...gdp', Span(start=2, end=3))
    """
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and all(len(_TABLE[ord(c)]) == 1 for c in text):
        return Folded(folded, tuple(range(len(text) + 1)))
    origin = [i for i, c in enumerate(text) for _ in _TABLE[ord(c)]]
    return Folded(folded, (*origin, len(text)))


@functools.lru_cache(REMEMBERED)
def fold_question(question: str) -> str:
    """The folded text of a question; blanks between Chinese characters go: 劳 模 精 神 → 劳模精神.

    >>> fold_question(" 勞 模　精神 GDP ")
    '劳模精神 gdp'
    """
    folded = question.translate(_TABLE)
    return _SPACED.sub("", " ".join(folded.split())) if " " in folded else folded


def fold_lines(questions: Iterable[str]) -> str:
    """Each question folded to a line of its own, all at once in a quarter of the time; only blanks at its ends and doubled ones stay.

    >>> fold_lines(["勞 模", "ＧＤＰ？"])
    '劳模\\ngdp?\\n'
    """
    lines = "".join([question.replace("\n", " ") + "\n" for question in questions])
    return _SPACED.sub("", lines.translate(_LINES))
