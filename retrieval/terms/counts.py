"""Counts the terms of tens of thousands of short texts at once: the same terms as `Segmenter.terms`, in arrays.

One question a call would cost a second and a half for 40 000 questions; this takes a quarter. A term of up to four Chinese characters is
a whole number here: 15 bits a character, counted from the first one of the two common blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.terms.fold import HAN, fold_lines
from retrieval.terms.segment import Segmenter, grams

_NOT_HAN = re.compile(f"[^{HAN}]")  # a  ，  ✗劳
_WORD = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)?")  # gdp|3  43.2|亿  3|.  ✗劳
_RUN = re.compile(r"[a-z0-9][a-z0-9.]*")  # gdp3.2|亿  ✗.2
_BITS, _MASK, _BEFORE = 15, 0x7FFF, 0x33FF
_LONGEST = 4  # characters of a word in 60 bits
Longs = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]
AT_ONCE = (
    16_000  # texts; tried 4 000, 8 000, 16 000 with 70 000 texts: built in 1.06, 1.02, 0.97 s, 197 to 199 MB; all at once took 80 MB more
)
CHARACTERS_AT_ONCE = 300_000  # more than 16 000 questions have; a million characters of paragraphs at once took 150 MB


@dataclass(frozen=True, slots=True)
class Counts:
    """texts[i] holds terms[i] counts[i] times; sorted by text, then term. `vocabulary` numbers the terms."""

    vocabulary: dict[str, int]
    texts: Indices
    terms: Indices
    counts: npt.NDArray[np.float32]
    size: int

    def first_rows(self, size: int) -> Counts:
        """The counts of the first `size` texts, over the same vocabulary."""
        end = int(np.searchsorted(self.texts, size))
        return Counts(self.vocabulary, self.texts[:end], self.terms[:end], self.counts[:end], size)


def count_terms(texts: Sequence[str], segmenter: Segmenter) -> Counts:
    """The terms of each text."""
    vocabulary: dict[str, int] = {}
    parts = [_counted(texts[start:end], start, segmenter, vocabulary) for start, end in _portions(texts)]
    if not parts:
        return Counts(vocabulary, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    rows, terms, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Counts(vocabulary, rows, terms, counts, len(texts))


def _portions(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where texts are counted at once."""
    start = characters = 0
    for number, text in enumerate(texts):
        if number - start == AT_ONCE or (number > start and characters + len(text) > CHARACTERS_AT_ONCE):
            yield start, number
            start, characters = number, 0
        characters += len(text)
    if texts:
        yield start, len(texts)


def _counted(
    texts: Sequence[str], first: int, segmenter: Segmenter, vocabulary: dict[str, int]
) -> tuple[Indices, Indices, npt.NDArray[np.float32]]:
    """Rows from `first` on, terms and counts."""
    joined = fold_lines(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    text_of = np.cumsum(points == ord("\n")) - (points == ord("\n"))
    han = ((points >= 0x4E00) & (points <= 0x9FFF)) | ((points >= 0x3400) & (points <= 0x4DBF))
    codes = np.where(han, points - _BEFORE, 0)
    places, terms = zip(
        *_words(joined, codes, segmenter, vocabulary),
        _grams(codes, np.flatnonzero(han), 1, "c", vocabulary),
        _grams(codes, np.flatnonzero(han[:-1] & han[1:]), 2, "b", vocabulary),
        _latin(joined, vocabulary),
        strict=True,
    )
    place, term = np.concatenate(places), np.concatenate(terms)
    width = max(len(vocabulary), 1)
    keys, counts = np.unique(text_of[place] * width + term, return_counts=True)
    return (first + keys // width).astype(np.int32), (keys % width).astype(np.int32), counts.astype(np.float32)


def _words(joined: str, codes: Longs, segmenter: Segmenter, vocabulary: dict[str, int]) -> Iterator[tuple[Longs, Longs]]:
    """Chinese words by length; those of one character are left to the characters."""
    words = segmenter.cut(_NOT_HAN.sub("\n", joined))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    starts = np.cumsum(lengths) - lengths
    for length in range(2, _LONGEST + 1):
        yield _grams(codes, starts[lengths == length], length, "w", vocabulary)
    longer = np.flatnonzero(lengths > _LONGEST)
    yield starts[longer], np.array([vocabulary.setdefault("w" + words[i], len(vocabulary)) for i in longer.tolist()], np.int64)


def _grams(codes: Longs, places: Longs, length: int, kind: str, vocabulary: dict[str, int]) -> tuple[Longs, Longs]:
    """The terms of so many characters that begin at `places`."""
    packed = codes[places]
    for i in range(1, length):
        packed = packed << _BITS | codes[places + i]
    distinct, inverse = np.unique(packed, return_inverse=True)
    texts = _unpacked(distinct, length)
    numbers = [vocabulary.setdefault(kind + texts[i : i + length], len(vocabulary)) for i in range(0, len(texts), length)]
    return places, np.array(numbers, np.int64)[inverse]


def _latin(joined: str, vocabulary: dict[str, int]) -> tuple[Longs, Longs]:
    """Latin words, numbers and the bigrams with them: rare, so that they need no arrays."""
    kept = [(m.start(), vocabulary.setdefault("w" + m[0], len(vocabulary))) for m in _WORD.finditer(joined) if len(m[0]) > 1]
    for run in _RUN.finditer(joined):
        start = max(run.start() - 1, 0)
        bigrams = [t for t in grams(joined[start : run.end() + 1]) if t.text[0] == "b"]
        kept += [(start + t.start, vocabulary.setdefault(t.text, len(vocabulary))) for t in bigrams]
    pairs = np.array(kept, np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _unpacked(codes: Longs, length: int) -> str:
    """The characters of all terms, one term after the other."""
    shifts = _BITS * np.arange(length - 1, -1, -1)
    points = ((codes[:, np.newaxis] >> shifts) & _MASK) + _BEFORE
    return points.astype("<u4").tobytes().decode("utf-32-le")
