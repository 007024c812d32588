"""Which segments a collection has: one small file, replaced in one step, so that a reader sees the old or the new and never half.

<index>/manifest.json       the list, with the numbers of the speeches and the files that were removed
<index>/segments/<name>/    a segment's columns; a folder that the manifest does not name counts for nothing
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from retrieval.errors import IndexUnavailable

MANIFEST, SEGMENTS = "manifest.json", "segments"
VERSION = 1

NumberRun = tuple[int, int]  # a number, and how many follow one another from it on


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: its folder's name, its passages, the numbers of its speeches in order, and which of its files were removed."""

    name: str
    passages: int
    runs: tuple[NumberRun, ...]
    removed: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its speeches."""
        return tuple(number for start, count in self.runs for number in range(start, start + count))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The segments in order. made: how many were ever made, which names the next one. values: what else is kept, that JSON knows."""

    segments: tuple[SegmentEntry, ...] = ()
    made: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)

    def next_name(self) -> str:
        """The name of the next segment's folder."""
        return f"{self.made + 1:06}"

    def with_segment(self, entry: SegmentEntry) -> Manifest:
        """One more, at the end."""
        return replace(self, segments=(*self.segments, entry), made=max(self.made, int(entry.name)))

    def in_place_of(self, joined: Sequence[SegmentEntry], entry: SegmentEntry) -> Manifest:
        """One segment in the place of several that follow one another."""
        first, names = self.segments.index(joined[0]), {one.name for one in joined}
        others = [one for one in self.segments if one.name not in names]
        return replace(self, segments=(*others[:first], entry, *others[first:]), made=max(self.made, int(entry.name)))

    def without(self, name: str, files: Iterable[int]) -> Manifest:
        """With files of a segment removed."""
        segments = [replace(s, removed=tuple(sorted({*s.removed, *files}))) if s.name == name else s for s in self.segments]
        return replace(self, segments=tuple(segments))


def runs_of(numbers: Iterable[int]) -> tuple[NumberRun, ...]:
    """Numbers as runs.

    >>> runs_of([1, 2, 3, 7, 5])
    ((1, 3), (7, 1), (5, 1))
    """
    found: list[NumberRun] = []
    for number in numbers:
        if found and number == sum(found[-1]):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((number, 1))
    return tuple(found)


def read_manifest(index: Path) -> Manifest:
    """The collection in a folder; an empty one if there is none. Raises IndexUnavailable."""
    path = index / MANIFEST
    try:
        row = json.loads(path.read_bytes())
        wrong_version = row["version"] != VERSION
        segments = tuple(_entry(one) for one in row["segments"])
        found = Manifest(segments, int(row["made"]), dict(row["values"]))
    except FileNotFoundError:
        return Manifest()
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise IndexUnavailable(str(path), f"cannot be read ({type(error).__name__}); build the index again") from error
    if wrong_version:
        raise IndexUnavailable(str(path), "is of another version; build the index again")
    return found


def _entry(row: Mapping[str, Any]) -> SegmentEntry:
    runs = tuple((int(start), int(count)) for start, count in row["numbers"])
    return SegmentEntry(str(row["name"]), int(row["passages"]), runs, tuple(map(int, row["removed"])))


def write_manifest(index: Path, manifest: Manifest) -> None:
    """Replaces the manifest in one step, on the disk before it counts. Raises OSError."""
    segments = [{"name": s.name, "passages": s.passages, "numbers": s.runs, "removed": s.removed} for s in manifest.segments]
    row = {"version": VERSION, "made": manifest.made, "segments": segments, "values": manifest.values}
    fresh = index / f"{MANIFEST}.new"
    with fresh.open("wb") as file:
        file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(index / MANIFEST)
    folder = os.open(index, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def swept(index: Path, manifest: Manifest) -> None:
    """Deletes the folders of segments that the manifest does not name; who has one open keeps what it has mapped."""
    named = {segment.name for segment in manifest.segments}
    for folder in (index / SEGMENTS).glob("*"):
        if folder.name not in named:
            shutil.rmtree(folder, ignore_errors=True)


def files_of_index(index: Path) -> dict[str, Path]:
    """Everything that the manifest names, by the names below the index's folder, without vectors. Raises IndexUnavailable."""
    segments = [index / SEGMENTS / entry.name for entry in read_manifest(index).segments]
    paths = [index / MANIFEST, *(path for segment in segments for path in sorted(segment.iterdir()) if path.is_file())]
    return {path.relative_to(index).as_posix(): path for path in paths}
