"""The names that speeches go by: aliases and inferred years from the configuration, titles as configured and as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from retrieval.speeches.corpus import Corpus, Register
from retrieval.terms.fold import fold_question

_DIGIT = "0-9〇零一二三四五六七八九"
_YEAR = re.compile(f"(?<![{_DIGIT}])([{_DIGIT}]{{4}})年(?![代底初末])(?:的时候|时|的)?")  # 2015年|讲话  二〇一五年的  ✗1950年代  ✗15年
_SAYS = "(?:怎么|怎样|如何|咋)[说讲谈提]|[说讲谈提](?:了|过|到|什么|哪)"  # 怎么说  提到  ✗说法  ✗怎么办
_OF_THE_YEAR = re.compile(f"[{_DIGIT}]{{4}}年的(?={_SAYS}|呢?[?。!]*$)")  # 2015年的|怎么说创新  2015年的|呢  ✗2015年的增长  ✗2015年怎么说
_YEAR_NAMED = re.compile("(?<![0-9])(?:([0-9]{4})(?![0-9])|([0-9]{2})年)")  # 2015|年  15年  ✗126
_AGES = ("最新", "最近", "最早")
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


def aliases(register: Register) -> dict[str, tuple[int, ...]]:
    """Name → numbers: aliases without a 那篇 of their own, and inferred years, which speeches may share; 最新 and 最早 by year."""
    by_year = {name: tuple(numbers) for year, numbers in register.years.items() for name in names_of_year(year)}
    return by_age(register) | by_year | called(register.aliases)


def called(listed: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Aliases as a folded text has them, without a 那篇 of their own."""
    named: dict[str, tuple[int, ...]] = {}
    for alias, numbers in listed.items():
        if name := name_of(alias):
            named[name] = tuple(sorted({*named.get(name, ()), *numbers}))
    return named


def name_of(alias: str) -> str:
    """What a speech is called, as a folded text has it.

    >>> name_of("瘦肉精那篇")
    '瘦肉精'
    """
    return _THAT_ONE.sub("", fold_question(alias))


def named_within(register: Register, folded: str) -> dict[str, tuple[int, ...]]:
    """Those of the aliases and years that stand in a folded text, where they are looked up."""
    years = {year for match in _YEAR_NAMED.finditer(folded) for year in _meant(match[1] or match[2])}
    by_year = {name: tuple(register.years[year]) for year in sorted(years & register.years.keys()) for name in names_of_year(year)}
    ages = by_age(register) if any(age in folded for age in _AGES) else {}
    return ages | by_year | dict(register.within(folded))


def _meant(digits: str) -> tuple[int, ...]:
    return (int(digits),) if len(digits) == len("2015") else (1900 + int(digits), 2000 + int(digits))


def by_age(register: Register) -> dict[str, tuple[int, ...]]:
    """最新, 最近 and 最早, if the speeches are of several years."""
    years = register.years
    if len(years) < 2:
        return {}
    called = dict(zip(_AGES, (max(years), max(years), min(years)), strict=True))
    return {name: tuple(years[year]) for name, year in called.items()}


def names_of_year(year: int) -> tuple[str, ...]:
    """2015年, 2015, 15年."""
    return (f"{year}年", f"{year}", f"{year % 100:02}年")


def in_year(text: str, of: Mapping[int, Sequence[int]], prints: Callable[[int], bool]) -> tuple[tuple[int, ...], str]:
    """The speeches of the first known year that a folded text names, and the text without it.

    prints: whether a text prints a year. There a question may mean what the text says of it, unless it asks what the year's says.

    >>> of = {2015: (5,)}
    >>> in_year("二〇一五年提了什么", of, lambda year: False), in_year("2015年的怎么说创新", of, lambda year: True)
    (((5,), '提了什么'), ((5,), '怎么说创新'))
    >>> in_year("2015年和2022年怎么说创新", {2015: (5,), 2022: (6,)}, lambda year: False)
    ((5, 6), '怎么说创新')
    >>> in_year("2015年增长多少", of, lambda year: True), in_year("1890年", of, lambda year: False)
    (((), '2015年增长多少'), ((), '1890年'))
    """
    for match in _YEAR.finditer(text):
        year = int(match[1].translate(_VALUES))
        numbers = of.get(year, ())
        if numbers and (not prints(year) or _OF_THE_YEAR.match(text, match.start())):
            beside, end = _year_beside(text, match.end(), of)
            return (*numbers, *beside), text[: match.start()] + text[end:]
    return (), text


def _year_beside(text: str, at: int, of: Mapping[int, Sequence[int]]) -> tuple[tuple[int, ...], int]:
    """The speeches of the year that stands behind another, and where that ends: 2006年|和2022年|."""
    joined = _JOINED.match(text, at)
    match = _YEAR.match(text, joined.end()) if joined else None
    numbers = of.get(int(match[1].translate(_VALUES)), ()) if match else ()
    return (tuple(numbers), match.end()) if match and numbers else ((), at)


_JOINED = re.compile("(?:的|那篇|讲话)*[ ,，]*(?:和|跟|与|同|、|以及|vs)[ ]*")  # 和  的讲话跟  ✗到
