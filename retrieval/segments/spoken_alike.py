"""Terms by how they sound, kept in a segment: what `terms.sound.homophones` finds, and the same of several segments together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress

import numpy as np

from retrieval.segments.columns import Column, Columns, ColumnWriter
from retrieval.terms.sound import Homophones, Readings, every_reading, homophones
from retrieval.terms.string_table import StringMap, string_map

MANY = 400_000  # terms of a segment from which those of one passage are left out: they are three in five, and seldom meant
_MAPS = ("bigrams", "words")


def put_sounds(writer: ColumnWriter, vocabulary: Sequence[str], often: Column) -> None:
    """Of the terms that stand in passages, which are counted."""
    kept = often > (1 if len(vocabulary) > MANY else 0)
    found = homophones(dict(zip(compress(vocabulary, kept.tolist()), often[kept].tolist(), strict=True)))
    for name in _MAPS:
        for part, column in string_map(getattr(found, name)).arrays.items():
            writer.put(f"{name}.{part}", np.frombuffer(column, np.uint8))
    for part, column in every_reading().arrays.items():
        writer.put(f"readings.{part}", np.frombuffer(column, np.uint8))


def opened_sounds(segments: Sequence[Columns], known: Callable[[str], int]) -> Homophones:
    """Of all segments together. known: how many passages have a term."""
    bigrams, words = ([StringMap.of_arrays(one.strings(name)) for one in segments] for name in _MAPS)
    if len(segments) == 1:
        return Homophones(bigrams[0], words[0], Readings.of_arrays(segments[0].strings("readings")))
    alike = _Joined(bigrams, lambda found: " ".join(_most_frequent(" ".join(found).split(), known)[:3]))
    spelled = _Joined(words, lambda found: _most_frequent(["w" + word for word in found], known)[0][1:])
    readings = Readings.of_arrays(segments[0].strings("readings")) if segments else every_reading()
    return Homophones(alike, spelled, readings)


def _most_frequent(terms: Sequence[str], known: Callable[[str], int]) -> list[str]:
    return sorted(set(terms), key=lambda term: (-known(term), term))


class _Joined(Mapping[str, str]):
    """Several maps as one; what they have of a sound is joined."""

    def __init__(self, maps: Sequence[StringMap], join: Callable[[Sequence[str]], str]) -> None:
        self._maps = maps
        self._join = join

    def __getitem__(self, sound: str) -> str:
        found = [one[sound] for one in self._maps if sound in one]
        if not found:
            raise KeyError(sound)
        return found[0] if len(found) == 1 else self._join(found)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(sound for one in self._maps for sound in one))

    def __len__(self) -> int:
        return sum(1 for _ in self)
