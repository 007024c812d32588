"""The corpus of a collection: texts, trees and passages looked up when they are asked for, of which a few are kept."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnavailable
from retrieval.index.passages import Passage, PassagesBySpeech, leaves
from retrieval.segments.columns import Column
from retrieval.segments.manifest import Manifest
from retrieval.segments.names_on_disk import entry_of_row
from retrieval.segments.one_segment import Segment
from retrieval.segments.segment_writer import HEADING
from retrieval.speeches.corpus import Corpus, Entry, Numbered, Register
from retrieval.speeches.corpus_json import numbered_from_json
from retrieval.speeches.tree import Node, Span, Speech
from retrieval.terms.counts import Longs
from retrieval.terms.looked_up import LookedUp

TEXTS, TREES, ENTRIES = 64, 64, 4096  # that are kept, chosen: a text of 20 000 characters takes 40 KB, its tree with passages 400
PASSAGES = 4096  # single ones that are kept, chosen: an answer looks at forty


@dataclass(frozen=True, slots=True)
class _Kept:
    """A speech in a segment: its place there, and its number in the collection."""

    segment: int
    place: int
    number: int


class SpeechDirectory:
    """Which speech and which file lies where, of all that were not removed."""

    def __init__(self, manifest: Manifest, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.of_segment = [entry.numbers for entry in manifest.segments]
        kept = [
            _Kept(number, place, of)
            for number, (segment, numbers) in enumerate(zip(segments, self.of_segment, strict=True))
            for place, of in enumerate(numbers)
            if place not in segment.removed
        ]
        self.kept = sorted(kept, key=lambda one: one.number)
        self.by_number = {one.number: index for index, one in enumerate(self.kept)}
        self.first_passages = [0, *accumulate(segment.totals.passages for segment in segments)]
        self.text = lru_cache(TEXTS)(self._text)
        self.numbered = lru_cache(TREES)(self._numbered)
        self.entry = lru_cache(ENTRIES)(self._entry)
        self.files: dict[str, tuple[int, int]] = {}
        for number, segment in enumerate(segments):
            gone = set(segment.columns["speeches.file"][sorted(segment.removed)].tolist())
            names = enumerate(name for name, _ in segment.columns.values["files"])
            self.files |= {name: (number, place) for place, name in names if place not in gone}

    def row(self, index: int) -> tuple[str, str, int, Sequence[str]]:
        """File, title, printed number and printed titles of a speech."""
        one = self.kept[index]
        file, title, printed, titles = self.segments[one.segment].columns.values["speeches"][one.place]
        return file, title, printed, titles

    def passages_of(self, number: int) -> range:
        """The numbers of a speech's passages."""
        one = self.kept[self.by_number[number]]
        first, last = self.segments[one.segment].columns["speeches.passages"][one.place : one.place + 2].tolist()
        return range(first + self.first_passages[one.segment], last + self.first_passages[one.segment])

    def segment_of(self, passage: int) -> tuple[int, int]:
        """The segment of a passage, and its number there."""
        number = bisect_right(self.first_passages, passage) - 1
        return number, passage - self.first_passages[number]

    @cached_property
    def characters(self) -> int:
        """Of all speeches together, those removed too."""
        return sum(int((s.columns["speeches.end"] - s.columns["speeches.start"]).sum(dtype=np.int64)) for s in self.segments)

    def range_of(self, number: int) -> tuple[str, Span]:
        """File and range of a speech."""
        one = self.kept[self.by_number[number]]
        columns = self.segments[one.segment].columns
        span = Span(int(columns["speeches.start"][one.place]), int(columns["speeches.end"][one.place]))
        return columns.values["speeches"][one.place][0], span

    def in_heading(self, number: int, span: Span) -> bool:
        """Whether a range lies in a passage that is a heading."""
        one, passages = self.kept[self.by_number[number]], self.passages_of(number)
        columns, first = self.segments[one.segment].columns, self.first_passages[one.segment]
        here = slice(passages.start - first, passages.stop - first)
        at = int(np.searchsorted(columns["passages.start"][here], span.start, "right")) - 1
        return at >= 0 and bool(columns["passages.is"][here][at] & HEADING) and span.end <= int(columns["passages.end"][here][at])

    def numbers_of(self, passages: npt.NDArray[np.integer]) -> Longs:
        """The numbers of the speeches of some passages."""
        found = np.zeros(len(passages), np.int64)
        for segment, numbers, first in zip(self.segments, self._numbers, self.first_passages, strict=False):
            here = (first <= passages) & (passages < first + segment.totals.passages)
            found[here] = numbers[segment.columns["passages.speech"][passages[here] - first]]
        return found

    def column(self, name: str) -> Column:
        """A column of all segments."""
        return np.concatenate([segment.columns[name] for segment in self.segments])

    @cached_property
    def _numbers(self) -> list[Longs]:
        return [np.array(numbers, np.int64) for numbers in self.of_segment]

    def _text(self, file: str) -> str:
        segment, place = self.files[file]
        return self.segments[segment].text(place)

    def _entry(self, index: int) -> Entry:
        """What is known of a speech."""
        one, (file, _, printed, _) = self.kept[index], self.row(index)
        columns = self.segments[one.segment].columns
        first, last = columns["entries.offsets"][one.place : one.place + 2].tolist()
        try:
            return entry_of_row(columns["entries.data"][first:last].tobytes(), one.number, file, printed)
        except (TypeError, ValueError) as error:
            raise IndexUnavailable(str(columns.folder), "an entry of it is damaged; build the index again") from error

    def _numbered(self, index: int) -> Numbered:
        one = self.kept[index]
        columns = self.segments[one.segment].columns
        first, last = columns["trees.offsets"][one.place : one.place + 2].tolist()
        try:
            row = json.loads(zlib.decompress(columns["trees.data"].data[first:last]).decode("utf-8", "surrogatepass"))
            return numbered_from_json({**row, "number": one.number})
        except (zlib.error, KeyError, TypeError, ValueError) as error:
            raise IndexUnavailable(str(columns.folder), "a tree of it is damaged; build the index again") from error


class NumberedOnDisk(Numbered):
    """A speech whose tree and entry are read when they are asked for."""

    __slots__ = ("_directory", "_index")

    def __init__(self, directory: SpeechDirectory, index: int) -> None:
        for name, value in (("number", directory.kept[index].number), ("title", directory.row(index)[1])):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_directory", directory)
        object.__setattr__(self, "_index", index)

    @property
    def speech(self) -> Speech:
        return self._directory.numbered(self._index).speech  # type: ignore[attr-defined, no-any-return]

    @property
    def entry(self) -> Entry:
        return self._directory.entry(self._index)  # type: ignore[attr-defined, no-any-return]


class SpeechesOnDisk(LookedUp[Numbered]):
    """All speeches in the order of their numbers."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory
        self._known = lru_cache(ENTRIES)(lambda index: NumberedOnDisk(directory, index))

    def __len__(self) -> int:
        return len(self._directory.kept)

    def _at(self, number: int) -> Numbered:
        return self._known(number)


class _ByNumber(Mapping[int, Numbered]):
    def __init__(self, directory: SpeechDirectory, speeches: SpeechesOnDisk) -> None:
        self._directory = directory
        self._speeches = speeches

    def __getitem__(self, number: int) -> Numbered:
        return self._speeches[self._directory.by_number[number]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._directory.by_number)

    def __len__(self) -> int:
        return len(self._directory.by_number)


class TextsOnDisk(Mapping[str, str]):
    """File → text."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory

    def __getitem__(self, file: str) -> str:
        return self._directory.text(file)

    def __iter__(self) -> Iterator[str]:
        return iter(self._directory.files)

    def __len__(self) -> int:
        return len(self._directory.files)


class CorpusOnDisk(Corpus):
    """See `Corpus`; nothing is read before it is asked for."""

    __slots__ = ("_register", "directory")
    directory: SpeechDirectory
    _register: Register

    def __init__(self, directory: SpeechDirectory, fingerprint: str, register: Register) -> None:
        speeches = SpeechesOnDisk(directory)
        super().__init__(speeches, TextsOnDisk(directory), fingerprint, _ByNumber(directory, speeches))
        object.__setattr__(self, "directory", directory)
        object.__setattr__(self, "_register", register)

    @property
    def register(self) -> Register:
        return self._register

    @property
    def numbers(self) -> Sequence[int]:
        return [one.number for one in self._kept]

    @property
    def characters(self) -> int:
        return self.directory.characters

    def titled(self) -> Iterator[tuple[int, str]]:
        for index, one in enumerate(self._kept):
            _, title, _, printed = self.directory.row(index)
            yield from ((one.number, name) for name in (title, *printed))

    @property
    def _kept(self) -> Sequence[_Kept]:
        return self.directory.kept


class PassagesOnDisk(PassagesBySpeech):
    """The passages of all segments. A single one knows its leaf, but not what is around it; those of a speech know its whole tree."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory
        self._paragraphs = [0, *accumulate(segment.totals.paragraphs for segment in directory.segments)]
        self._single = lru_cache(PASSAGES)(self._looked_up)
        self._trees = lru_cache(TREES)(self._of_speech)

    def __len__(self) -> int:
        return self._directory.first_passages[-1]

    def _at(self, number: int) -> Passage:
        return self._single(number)

    def __iter__(self) -> Iterator[Passage]:
        return chain.from_iterable(self.of_speech(one.number) for one in self._directory.kept)

    def of_speech(self, speech: int) -> Sequence[Passage]:
        """See `PassagesBySpeech`."""
        return self._trees(speech)

    def _of_speech(self, speech: int) -> Sequence[Passage]:
        directory = self._directory
        one = directory.numbered(directory.by_number[speech])
        around, numbers = leaves(one), directory.passages_of(speech)
        if not numbers:
            return ()
        at, first = directory.segment_of(numbers.start)
        here, columns = slice(first, first + len(numbers)), directory.segments[at].columns
        rows = zip(*(columns[f"passages.{name}"][here].tolist() for name in ("start", "end", "paragraph", "leaf")), strict=True)
        file, before = one.speech.file, self._paragraphs[at]
        return tuple(
            Passage(speech, file, Span(start, end), around[leaf][1], around[leaf][0], before + paragraph)
            for start, end, paragraph, leaf in rows
        )

    def _looked_up(self, number: int) -> Passage:
        at, place = self._directory.segment_of(number)
        columns = self._directory.segments[at].columns
        speech, start, end, paragraph, leaf_start, leaf_end = (
            int(columns[f"passages.{name}"][place]) for name in ("speech", "start", "end", "paragraph", "leaf_start", "leaf_end")
        )
        is_heading = columns["passages.is"][place] & HEADING
        leaf = Node("heading" if is_heading else "text", Span(leaf_start, leaf_end))
        file = columns.values["speeches"][speech][0]
        return Passage(self._directory.of_segment[at][speech], file, Span(start, end), (), leaf, self._paragraphs[at] + paragraph)
