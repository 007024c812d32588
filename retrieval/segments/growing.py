"""How a collection grows: a segment comes in, files go out, small segments are joined. Every step is one replacement of the manifest."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retrieval.errors import CorpusError
from retrieval.segments.columns import Columns
from retrieval.segments.joining import join_segments
from retrieval.segments.manifest import SEGMENTS, Manifest, SegmentEntry, read_manifest, runs_of, write_manifest
from retrieval.segments.opened_segments import opened_segment

FAN = 4  # segments of like size that are joined, chosen: a search takes .05 ms more for each
SOON = 20_000  # passages that are joined whatever came in, chosen: half a second
PART = 8  # one of so many parts of the passages must have come in for more to be joined at last, chosen: then they are read anyway
GREATEST = 4_000_000  # passages of a joined segment: ten million terms of the sixteen that a row can number


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a collection: its segment, its place there, the numbers of its speeches, and what is kept of it."""

    segment: str
    place: int
    numbers: tuple[int, ...]
    told: Mapping[str, Any]


def files_of(index: Path, manifest: Manifest) -> dict[str, KeptFile]:
    """The files by name. Raises IndexUnavailable."""
    found: dict[str, KeptFile] = {}
    for entry in manifest.segments:
        columns, numbers = Columns(index / SEGMENTS / entry.name), entry.numbers
        of_file: dict[int, list[int]] = {}
        for speech, file in enumerate(columns["speeches.file"].tolist()):
            of_file.setdefault(file, []).append(numbers[speech])
        for place, (name, told) in enumerate(columns.values["files"]):
            if place not in entry.removed:
                found[name] = KeptFile(entry.name, place, tuple(of_file.get(place, ())), told)
    return found


def take_in(
    index: Path, manifest: Manifest, fresh: Path, gone: Mapping[str, KeptFile] | None = None, given: Collection[int] = ()
) -> Manifest:
    """The collection with a segment that was written into `fresh`, and without the files `gone` by their names, in one step.

    A speech has the number that its entry gives it. Else a file of the same name and as many speeches keeps their numbers, and others get
    the printed one if it is free, else the lowest that is. given: numbers that entries give, which no other speech gets; see `given_up`.
    """
    columns, gone = Columns(fresh), gone or {}
    numbers = list(_numbers(columns, manifest, {name: kept.numbers for name, kept in gone.items()}, given))
    entry = SegmentEntry(manifest.next_name(), len(columns["passages.speech"]), runs_of(numbers))
    (index / SEGMENTS).mkdir(parents=True, exist_ok=True)
    place = index / SEGMENTS / entry.name
    shutil.rmtree(place, ignore_errors=True)
    fresh.replace(place)
    found = _without(manifest.with_segment(entry), gone.values())
    write_manifest(index, found)
    return found


def take_out(index: Path, manifest: Manifest, gone: Iterable[KeptFile]) -> Manifest:
    """The collection without some files."""
    found = _without(manifest, gone)
    write_manifest(index, found)
    return found


def _without(manifest: Manifest, gone: Iterable[KeptFile]) -> Manifest:
    by_segment: dict[str, list[int]] = {}
    for kept in gone:
        by_segment.setdefault(kept.segment, []).append(kept.place)
    for name, files in by_segment.items():
        manifest = manifest.without(name, files)
    return manifest


def given_up(index: Path, manifest: Manifest, given: Mapping[int, tuple[str, int]], files: Collection[str]) -> Manifest:
    """The collection in which no speech has a number that an entry gives to another: it gets the lowest that is free.

    given: file and printed number of the speech by the number. files: whose entries are known. Raises CorpusError where an entry of another
    file gives the same number, IndexUnavailable.
    """
    used = {*given, *(number for entry in manifest.segments for number in entry.numbers)}
    found, lowest, problems = [], 1, list[str]()
    for entry in manifest.segments:
        numbers = list(entry.numbers)
        for place, file in _without_right(index, entry, given):
            if file not in files and Columns(index / SEGMENTS / entry.name)["speeches.number"][place] == numbers[place]:
                problems.append(f"speeches.yaml: number is {numbers[place]}, which {file} of another folder has; choose another")
            while lowest in used:
                lowest += 1
            numbers[place] = lowest
            used.add(lowest)
        found.append(replace(entry, runs=runs_of(numbers)))
    if problems:
        raise CorpusError(problems)
    return replace(manifest, segments=tuple(found))


def _without_right(index: Path, entry: SegmentEntry, given: Mapping[int, tuple[str, int]]) -> Iterator[tuple[int, str]]:
    """The speeches of a segment, with their files, whose numbers entries give to others."""
    numbers = entry.numbers
    if given.keys().isdisjoint(numbers):
        return
    columns = Columns(index / SEGMENTS / entry.name)
    of_file = columns["speeches.file"].tolist()
    for place, (file, _, printed, _) in enumerate(columns.values["speeches"]):
        if of_file[place] not in entry.removed and given.get(numbers[place], (file, printed)) != (file, printed):
            yield place, file


def _numbers(columns: Columns, manifest: Manifest, replaced: Mapping[str, Sequence[int]], given: Collection[int]) -> Iterator[int]:
    """The numbers of a new segment's speeches, in order. replaced: those of files that it replaces, by name."""
    speeches = columns.values["speeches"]
    counts: dict[str, int] = {}
    for file, *_ in speeches:
        counts[file] = counts.get(file, 0) + 1
    again = {file: iter(numbers) for file, numbers in replaced.items() if len(numbers) == counts.get(file)}
    numbered = columns["speeches.number"].tolist()
    used = {*given, *numbered, *(number for entry in manifest.segments for number in entry.numbers)}
    lowest = 1
    for (file, _, printed, _), wanted in zip(speeches, numbered, strict=True):
        kept = next(again[file]) if file in again else 0
        if wanted or kept:
            yield wanted or kept
            continue
        while lowest in used:
            lowest += 1
        number = printed if printed and printed not in used else lowest
        used.add(number)
        yield number


def to_join(manifest: Manifest) -> tuple[SegmentEntry, ...]:
    """The segments that are joined next: the last FAN or more that follow one another, of which none is larger than twice all after it."""
    for end in range(len(manifest.segments), FAN - 1, -1):
        start, passages = end - 1, manifest.segments[end - 1].passages
        while start and manifest.segments[start - 1].passages <= min(max(2 * passages, 1), GREATEST - passages):
            start -= 1
            passages += manifest.segments[start].passages
        if end - start >= FAN:
            return manifest.segments[start:end]
    return ()


def to_finish(manifest: Manifest, before: int) -> tuple[SegmentEntry, ...]:
    """All segments, where joining them is soon done, or a run took in a good part of them; () else. before: passages that were there."""
    passages = sum(entry.passages for entry in manifest.segments)
    worth = passages <= SOON or PART * (passages - before) >= passages
    return manifest.segments if len(manifest.segments) > 1 and worth and passages <= GREATEST else ()


def joined_in(index: Path, manifest: Manifest, some: Sequence[SegmentEntry]) -> Manifest:
    """The collection with these segments as one. Raises OSError, IndexUnavailable."""
    segments = [opened_segment(index, entry) for entry in some]
    numbers = [n for entry, s in zip(some, segments, strict=True) for i, n in enumerate(entry.numbers) if i not in s.removed]
    name = manifest.next_name()
    join_segments(segments, index / SEGMENTS / name)
    passages = len(Columns(index / SEGMENTS / name)["passages.speech"])
    found = read_manifest(index).in_place_of(some, SegmentEntry(name, passages, runs_of(numbers)))
    write_manifest(index, found)
    return found
