"""Homophones: the corpus's own terms that sound like what was typed.

Typed 劳摸, laomo or 劳mo, meant 劳模. Readings come from pypinyin's table of single characters, without tones; of several readings the most
common.
"""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.terms.fold import HAN
from retrieval.terms.segment import is_han
from retrieval.terms.string_table import Arrays, StringList, string_list

_LATIN = re.compile("[a-z]{2,}(?: [a-z]{2,})*")  # lao mo|精神  ✗a  ✗劳mo
_MIXED = re.compile(f"([{HAN}]{{0,2}})([a-z]{{2,}})([{HAN}]{{0,2}})")  # 劳mo精神  mo  ✗学习劳|模
_BESIDE = ((2, 2), (2, 1), (1, 2), (2, 0), (1, 1), (0, 2), (1, 0), (0, 1))  # characters of a word before and after its latin one
_FIRST, _LAST = 0x3400, 0x9FFF  # of the characters of `is_han`
_TOGETHER = 6  # latin runs that may spell one word: lao mo
_LONGEST = 24  # letters looked at in one latin run: six syllables at most of the length of zhuang


@functools.cache
def _readings() -> Mapping[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # its table of phrases is not used and takes .2 s to load
    from pypinyin.pinyin_dict import pinyin_dict

    readings: Mapping[int, str] = pinyin_dict
    return readings


@functools.cache
def reading(char: str) -> str:
    """The toneless reading of a character, "" if it has none.

    >>> reading("劳"), reading("模"), reading("女"), reading("A")
    ('lao', 'mo', 'nv', '')
    """
    first = _readings().get(ord(char), "").split(",")[0].replace("ü", "v")
    plain = unicodedata.normalize("NFD", first.replace("ǖ", "v").replace("ǘ", "v").replace("ǚ", "v").replace("ǜ", "v"))
    return "".join(c for c in plain if c.isascii())


class Readings:
    """The readings of the Chinese characters of the two common blocks, in arrays; of any other character ""."""

    def __init__(self, names: StringList, numbers: memoryview) -> None:
        self.names = names
        self.numbers = numbers

    def __call__(self, char: str) -> str:
        """The toneless reading.

        >>> every_reading()("劳"), every_reading()("A")
        ('lao', '')
        """
        return self.names[self.numbers[ord(char) - _FIRST]] if is_han(char) else ""

    @property
    def arrays(self) -> Arrays:
        """What `of_arrays` takes."""
        return {**self.names.arrays, "numbers": self.numbers}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Readings:
        """From the bytes of its arrays. Raises KeyError, TypeError."""
        return cls(StringList.of_arrays(arrays), arrays["numbers"].cast("h"))


@functools.cache
def every_reading() -> Readings:
    """Those of pypinyin's table, which takes 60 ms and 50 MB to load."""
    found = [reading(chr(code)) for code in range(_FIRST, _LAST + 1)]
    numbers: dict[str, int] = {}
    numbered = array("h", [numbers.setdefault(name, len(numbers)) for name in found])
    return Readings(string_list(numbers), memoryview(numbered))


@dataclass(frozen=True, slots=True)
class Homophones:
    """Terms of the corpus by their reading, the most frequent first.

    bigrams: lao mo → up to three (b劳模), separated by blanks. words: laomo → 劳模. reading: that of a character.
    """

    bigrams: Mapping[str, str]
    words: Mapping[str, str]
    reading: Callable[[str], str] = reading

    def of_bigram(self, bigram: str) -> Sequence[str]:
        """Corpus bigrams that sound like this one; () if a character has no reading."""
        first, second = self.reading(bigram[0]), self.reading(bigram[1])
        return self._like(f"{first} {second}") if first and second else ()

    def _like(self, sound: str) -> Sequence[str]:
        return self.bigrams.get(sound, "").split()

    def latin_to_words(self, folded: str) -> str:
        """Latin runs that spell words of the corpus or one character of them, replaced: laomo精神, lao mo精神, 劳mo精神 → 劳模精神."""
        return _LATIN.sub(lambda run: self._replaced(run[0].split(" ")), _MIXED.sub(self._completed, folded))

    def _completed(self, mixed: re.Match[str]) -> str:
        """The latin run as the character that makes a word, or else a bigram, of those beside it: 劳mo → 劳模."""
        before, latin, after = mixed.groups()
        for left, right in _BESIDE:
            head, tail = before[len(before) - left :], after[:right]
            if len(head) == left and len(tail) == right:
                sound = [*map(self.reading, head), latin, *map(self.reading, tail)]
                for word in (self.words.get("".join(sound), ""), *(bigram[1:] for bigram in self._like(" ".join(sound)))):
                    if len(word) == len(sound) and word.startswith(head) and word.endswith(tail):
                        return before[: len(before) - left] + word + after[right:]
        return mixed[0]

    def _replaced(self, runs: Sequence[str]) -> str:
        """Left to right, at each place the most runs that together spell words."""
        found, start = [], 0
        while start < len(runs):
            for end in range(min(start + _TOGETHER, len(runs)), start, -1):
                if spelled := self._spelled("".join(runs[start:end])):
                    break
            found.append(spelled or runs[start])
            start = end
        return " ".join(found)

    def _spelled(self, run: str) -> str:
        """The run as words of the corpus, longest first; "" if it cannot be cut so."""
        if not run:
            return ""
        for end in range(min(len(run), _LONGEST), 1, -1):
            word = self.words.get(run[:end])
            rest = self._spelled(run[end:]) if word and end < len(run) else ""
            if word and (rest or end == len(run)):
                return word + rest
        return ""


def homophones(counts: Mapping[str, int]) -> Homophones:
    """Built from terms (w…, b…) with how often each occurs."""
    often = dict(counts)
    readings = {char: reading(char) for char in set("".join(often))}
    by_reading: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for term in sorted(sorted(often), key=often.__getitem__, reverse=True):
        if term[0] == "b" and len(term) == 3:
            alike = by_reading.setdefault(f"{readings[term[1]]} {readings[term[2]]}", [])
            if len(alike) < 3:
                alike.append(term)
        elif term[0] == "w" and is_han(term[1]):
            words.setdefault("".join([readings[char] for char in term[1:]]), term[1:])
    return Homophones({sound: " ".join(alike) for sound, alike in by_reading.items()}, words)


def unknown_bigrams(terms: Iterable[str], known: Mapping[str, int]) -> list[str]:
    """The bigrams of two characters that the corpus does not have."""
    return [t for t in terms if t[0] == "b" and len(t) == 3 and t not in known]
