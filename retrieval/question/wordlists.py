"""Patterns of listed words: the names of speeches, the words about asking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from retrieval.terms.fold import fold_question


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; of none, one that matches nothing.

    >>> alternatives(["咸阳", "咸阳市", "3.2"])
    '咸阳市|3\\\\.2|咸阳'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


@lru_cache(maxsize=64)  # the lists of words.yaml are some fifteen
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words in folded text, the longest at each place.

    >>> any_of(("這些", "這")).sub("", "这些工会")
    '工会'
    """
    return re.compile(alternatives(map(fold_question, words)))
