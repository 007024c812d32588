"""The names that speeches go by: aliases and inferred years from the configuration, titles as configured and as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.corpus import Corpus
from retrieval.fold import fold_question

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
    """Name → numbers: aliases without a 那篇 of their own; inferred years, which speeches may share."""
    found: dict[str, tuple[int, ...]] = {}
    for numbered in corpus.speeches:
        year = numbered.entry.year
        for name in (f"{year}年", f"{year}", f"{year % 100:02}年") if year else ():
            found[name] = (*found.get(name, ()), numbered.number)
    for numbered in corpus.speeches:
        names = (re.sub("那篇$", "", fold_question(alias)) for alias in numbered.entry.aliases)
        found.update({name: (numbered.number,) for name in names if name})
    return found
