"""The names that speeches go by: aliases and inferred years from the configuration, titles as configured and as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.speeches.corpus import Corpus
from retrieval.terms.fold import fold_question

_DIGIT = "0-9〇零一二三四五六七八九"
_YEAR = re.compile(f"(?<![{_DIGIT}])([{_DIGIT}]{{4}})年(?![代底初末])(?:的时候|时|的)?")  # 2015年|讲话  二〇一五年的  ✗1950年代  ✗15年
_WRITTEN_YEAR = re.compile("[0-9]{4}")  # 2015|年  ✗126
_THAT_ONE = re.compile("那篇$")  # 咸阳|那篇|  ✗那篇讲话
_VALUES = str.maketrans("〇零一二三四五六七八九", "00123456789")
SHORTEST_TITLE = 6  # characters; shorter ones (工作报告) are words of questions


def titles(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Titles, configured and printed, → numbers; several speeches may share one."""
    found: dict[str, tuple[int, ...]] = {}
    for number, title in dict.fromkeys((number, fold_question(title)) for number, title in corpus.titled()):
        if len(title) >= SHORTEST_TITLE:
            found[title] = (*found.get(title, ()), number)
    return found


class ManyTitles:
    """Finds which of many titles stand in a text, by the characters that they begin with."""

    def __init__(self, known: Mapping[str, tuple[int, ...]]) -> None:
        self._beginning: dict[str, list[str]] = {}
        for title in known:
            self._beginning.setdefault(title[:SHORTEST_TITLE], []).append(title)

    def within(self, folded: str) -> tuple[str, ...]:
        """Those of the titles that a folded text has."""
        places = range(len(folded) - SHORTEST_TITLE + 1)
        begun = ((title, at) for at in places for title in self._beginning.get(folded[at : at + SHORTEST_TITLE], ()))
        return tuple(sorted({title for title, at in begun if folded.startswith(title, at)}))


def aliases(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Name → numbers: aliases without a 那篇 of their own, and inferred years, which speeches may share; 最新 and 最早 by year."""
    found = _by_age(corpus)
    for numbered in corpus.described:
        for name in _names_of_year(numbered.entry.year):
            found[name] = (*found.get(name, ()), numbered.number)
    named: dict[str, tuple[int, ...]] = {}
    for numbered in corpus.described:
        for name in filter(None, (_THAT_ONE.sub("", fold_question(alias)) for alias in numbered.entry.aliases)):
            named[name] = (*named.get(name, ()), numbered.number)
    return found | named


def _by_age(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """最新, 最近 and 最早, if the speeches are of several years."""
    dated = {n.entry.year for n in corpus.described if n.entry.year}
    if len(dated) < 2:
        return {}
    called = {"最新": max(dated), "最近": max(dated), "最早": min(dated)}
    return {name: tuple(n.number for n in corpus.described if n.entry.year == year) for name, year in called.items()}


def _names_of_year(year: int) -> tuple[str, ...]:
    return (f"{year}年", f"{year}", f"{year % 100:02}年") if year else ()


def years(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Inferred year → numbers, without those that a text prints: there a question may mean what the text says of it."""
    known = [(str(numbered.entry.year), numbered.number) for numbered in corpus.described if numbered.entry.year]
    printed = set(_WRITTEN_YEAR.findall(" ".join(corpus.texts.values()))) if known else set()
    return {year: tuple(n for y, n in known if y == year) for year, _ in known if year not in printed}


def in_year(text: str, of: Mapping[str, tuple[int, ...]]) -> tuple[tuple[int, ...], str]:
    """The speeches of the first known year that a folded text names, and the text without it.

    >>> in_year("二〇一五年提了什么", {"2015": (5,)}), in_year("1890年", {"2015": (5,)})
    (((5,), '提了什么'), ((), '1890年'))
    """
    for match in _YEAR.finditer(text):
        numbers = of.get(match[1].translate(_VALUES))
        if numbers:
            return numbers, text[: match.start()] + text[match.end() :]
    return (), text
