"""Cuts folded text into terms: words, character bigrams, single characters.

The three kinds are fields of their own; a term carries its field as its first letter: w劳动 b劳动 c劳.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import NamedTuple

import jieba

from retrieval.fold import HAN

_RUN = re.compile(rf"[{HAN}]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


class Term(NamedTuple):
    """A term at the half-open range [start, end) of the folded text."""

    text: str
    start: int
    end: int


class Segmenter:
    """jieba with its own dictionary, so that nobody else's words change ours. Loading takes about half a second."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        logging.getLogger("jieba").setLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        for word in words:
            self._jieba.add_word(word)

    def words(self, folded: str) -> list[Term]:
        """Words of Chinese runs, and latin or digit runs; punctuation and blanks are none.

        HMM is off: invented words differ between question and text.
        """
        found = []
        for run in _RUN.finditer(folded):
            if not "\u3400" <= run[0][0] <= "\u9fff":
                found.append(Term(run[0], *run.span()))
                continue
            start = run.start()
            for word in self._jieba.cut(run[0], HMM=False):
                found.append(Term(word, start, start + len(word)))
                start += len(word)
        return found

    def terms(self, folded: str) -> list[Term]:
        """All terms of the three fields. Words of one character are left to the field of characters."""
        words = [Term("w" + w.text, w.start, w.end) for w in self.words(folded) if w.end - w.start > 1]
        return words + grams(folded)


def grams(folded: str) -> list[Term]:
    """Character bigrams and single characters of the Chinese runs.

    >>> [t.text for t in grams("劳动者")]
    ['c劳', 'b劳动', 'c动', 'b动者', 'c者']
    """
    found = []
    for run in _RUN.finditer(folded):
        text, start = run[0], run.start()
        if not "\u3400" <= text[0] <= "\u9fff":
            continue
        for i, char in enumerate(text):
            found.append(Term("c" + char, start + i, start + i + 1))
            if i + 1 < len(text):
                found.append(Term("b" + text[i : i + 2], start + i, start + i + 2))
    return found
