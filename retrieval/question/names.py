"""The names that speeches go by: aliases and inferred years from the configuration, titles as configured and as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from retrieval.speeches.corpus import Corpus
from retrieval.terms.fold import fold_question

_YEAR = re.compile("(?<![0-9〇零一二三四五六七八九])([0-9〇零一二三四五六七八九]{4})年(?![代底初末])(?:的时候|时|的)?")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
SHORTEST_TITLE = 6  # characters; shorter ones (工作报告) are words of questions


def alternatives(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"


def titles(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Titles, configured and printed, → numbers; several speeches may share one."""
    found: dict[str, tuple[int, ...]] = {}
    for numbered in corpus.speeches:
        printed = (corpus.text(numbered.speech.file, n.span) for n in numbered.speech.nodes if n.kind == "title")
        for title in {fold_question(t) for t in (numbered.entry.title, *printed)}:
            if len(title) >= SHORTEST_TITLE:
                found[title] = (*found.get(title, ()), numbered.number)
    return found


def aliases(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Name → numbers: aliases without a 那篇 of their own; inferred years, which speeches may share; 最新 and 最早 by year."""
    found: dict[str, tuple[int, ...]] = {}
    dated = [n.entry.year for n in corpus.speeches if n.entry.year]
    for name, year in (("最新", max(dated)), ("最近", max(dated)), ("最早", min(dated))) if len(set(dated)) > 1 else ():
        found[name] = tuple(n.number for n in corpus.speeches if n.entry.year == year)
    for numbered in corpus.speeches:
        year = numbered.entry.year
        for name in (f"{year}年", f"{year}", f"{year % 100:02}年") if year else ():
            found[name] = (*found.get(name, ()), numbered.number)
    for numbered in corpus.speeches:
        names = (re.sub("那篇$", "", fold_question(alias)) for alias in numbered.entry.aliases)
        found.update({name: (numbered.number,) for name in names if name})
    return found


def years(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    """Inferred year → numbers, without those that a text prints: there a question may mean what the text says of it."""
    printed = set(re.findall("[0-9]{4}", " ".join(corpus.texts.values())))
    known = [(str(numbered.entry.year), numbered.number) for numbered in corpus.speeches]
    return {year: tuple(n for y, n in known if y == year) for year, _ in known if year != "0" and year not in printed}


def in_year(text: str, of: Mapping[str, tuple[int, ...]]) -> tuple[tuple[int, ...], str]:
    """The speeches of the first known year that a folded text names, and the text without it.

    >>> in_year("二〇一五年提了什么", {"2015": (5,)}), in_year("1890年", {"2015": (5,)})
    (((5,), '提了什么'), ((), '1890年'))
    """
    for match in _YEAR.finditer(text):
        numbers = of.get(match[1].translate(_DIGITS))
        if numbers:
            return numbers, text[: match.start()] + text[match.end() :]
    return (), text
