"""Builds the index of a large collection from files: in pieces, on several processors, going on where it was."""

from __future__ import annotations

import contextlib
import fcntl
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.library.large_entries import GivenEntries, given_entries, known_of
from bot.library.large_files import SourceFile, files_in, read_files
from bot.settings.apart import left_alone
from retrieval import (
    CorpusError,
    Entry,
    KeptFile,
    Manifest,
    Segmenter,
    Speech,
    files_of,
    given_up,
    joined_in,
    read_manifest,
    swept,
    take_in,
    take_out,
    to_finish,
    to_join,
    write_manifest,
    write_segment,
)

AT_ONCE = 2_000_000  # bytes of the files of a piece: 15 000 passages, four seconds and 400 MB of a process
FRESH = "fresh"  # folders of pieces that are being written

BuildTold = Callable[["BuildProgress"], None]
Judging = Callable[[Path, Manifest], Mapping[str, Any]]
MakesMeaning = Callable[[Path, Manifest, Callable[[str, int], None]], Manifest]


@dataclass(slots=True)
class BuildProgress:
    """How far a build is, in bytes and files; passages of the collection, those that have a vector by the model.

    doing: what it is doing: reading, joining, judging, meaning. model: whose vectors are made.
    """

    total: int
    done: int = 0
    files: int = 0
    passages: int = 0
    meant: int = 0
    model: str = ""
    doing: str = "reading"
    problems: list[str] = field(default_factory=list)


@contextlib.contextmanager
def only_writer(index: Path) -> Iterator[None]:
    """Only one process writes into an index; the system gives the lock back when it ends. Raises CorpusError."""
    index.mkdir(parents=True, exist_ok=True)
    with (index / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CorpusError([f"{index}: another process is building this index; wait until it is done"]) from None
        yield


def build_index(
    index: Path,
    paths: Sequence[Path],
    told: BuildTold,
    workers: int = 0,
    judging: Judging | None = None,
    meaning: MakesMeaning | None = None,
    at_once: int = AT_ONCE,
) -> BuildProgress:
    """Brings the index up to what the files are now: new and changed ones in, those gone from a folder out.

    judging: gives the values of the manifest with a judge of the collection as it is. meaning: makes the vectors that are missing, at last,
    for the collection is answered from before they are there; it is told how many are. at_once: bytes of the files of a piece.
    Whatever is done when it is stopped stays, and is not done again. Raises CorpusError, with every problem of every speeches.yaml before
    anything is changed; IndexUnavailable, OSError.
    """
    with only_writer(index):
        manifest = read_manifest(index)
        swept(index, manifest)
        shutil.rmtree(index / FRESH, ignore_errors=True)
        files = files_in(paths)
        entries, problems = given_entries([path for path in paths if path.is_dir()], {file.name for file in files})
        if problems:
            raise CorpusError(problems)
        files = [replace(file, said=entries.digest(file.name)) for file in files]
        manifest = given_up(index, manifest, entries.numbers, {file.name for file in files})
        kept = files_of(index, manifest)
        new = [file for file in files if file.name not in kept or kept[file.name].told != file.told]
        gone = _gone(paths, files, kept)
        if gone:
            manifest = take_out(index, manifest, gone)
        before = _passages(manifest)
        progress = BuildProgress(sum(file.size for file in new), passages=before)
        reading = _Reading(index, list(_pieces(new, at_once)), kept, entries, workers or os.cpu_count() or 1)
        manifest = _all_read(reading, manifest, progress, told)
        progress.doing = "joining"
        while some := to_join(manifest) or to_finish(manifest, before):
            told(progress)
            manifest = joined_in(index, manifest, some)
            swept(index, manifest)
        progress.passages = _passages(manifest)
        if judging:
            progress.doing = "judging"
            told(progress)
            manifest = replace(manifest, values=judging(index, manifest))
            write_manifest(index, manifest)
        if meaning:
            _all_meant(index, manifest, meaning, progress, told)
        return progress


def _all_meant(index: Path, manifest: Manifest, meaning: MakesMeaning, progress: BuildProgress, told: BuildTold) -> None:
    progress.doing = "meaning"

    def made(model: str, count: int) -> None:
        progress.model, progress.meant = model, count
        told(progress)

    meaning(index, manifest, made)


def _gone(paths: Sequence[Path], files: Sequence[SourceFile], kept: dict[str, KeptFile]) -> list[KeptFile]:
    """The kept files of the folders that are indexed which are there no longer."""
    roots, names = {str(path.resolve()) for path in paths if path.is_dir()}, {file.name for file in files}
    return [one for name, one in kept.items() if one.told.get("root") in roots and name not in names]


def _passages(manifest: Manifest) -> int:
    return sum(entry.passages for entry in manifest.segments)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read into an index. kept: the files that it has. workers: processes."""

    index: Path
    pieces: Sequence[list[SourceFile]]
    kept: Mapping[str, KeptFile]
    entries: GivenEntries
    workers: int


def _all_read(reading: _Reading, manifest: Manifest, progress: BuildProgress, told: BuildTold) -> Manifest:
    """Every piece in, in the order of the files."""
    told(progress)
    for piece, folder, problems in _written(reading):
        progress.problems += problems
        replaced = {file.name: reading.kept[file.name] for file in piece if file.name in reading.kept}
        manifest = take_in(reading.index, manifest, folder, replaced, reading.entries.numbers)
        progress.done += sum(file.size for file in piece)
        progress.files += len(piece)
        progress.passages = _passages(manifest)
        told(progress)
    return manifest


def _pieces(files: Sequence[SourceFile], at_once: int) -> Iterator[list[SourceFile]]:
    piece: list[SourceFile] = []
    for file in files:
        if piece and sum(one.size for one in piece) + file.size > at_once:
            yield piece
            piece = []
        piece.append(file)
    if piece:
        yield piece


def _written(reading: _Reading) -> Iterator[tuple[list[SourceFile], Path, list[str]]]:
    """The pieces in order, each with the folder that it was written into and what was wrong with its files."""
    pieces, workers = reading.pieces, reading.workers
    folders = [reading.index / FRESH / f"{os.getpid()}-{number}" for number in range(len(pieces))]
    if len(pieces) <= 1 or workers == 1:
        for piece, folder in zip(pieces, folders, strict=True):
            yield piece, folder, written_piece(folder, piece, _of(piece, reading.entries))
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=left_alone)
    try:
        waiting: list[tuple[list[SourceFile], Path, Future[list[str]]]] = []
        for piece, folder in zip(pieces, folders, strict=True):
            waiting.append((piece, folder, pool.submit(written_piece, folder, piece, _of(piece, reading.entries))))
            if len(waiting) > 2 * workers:  # no more than that is written ahead
                done = waiting.pop(0)
                yield done[0], done[1], done[2].result()
        for piece, folder, future in waiting:
            yield piece, folder, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _of(piece: Sequence[SourceFile], entries: GivenEntries) -> GivenEntries:
    """Those of the files of a piece, which go to the process that writes it."""
    of_file = {file.name: entries.of_file[file.name] for file in piece if file.name in entries.of_file}
    return GivenEntries(of_file, {place: where for place, where in entries.where.items() if place[0] in of_file})


def written_piece(folder: Path, piece: Sequence[SourceFile], entries: GivenEntries) -> list[str]:
    """Writes the segment of some files; what was wrong with them, which are left empty, so that they are not tried again."""
    read = read_files(piece)
    given = {(entry.file, entry.printed): entry for of in entries.of_file.values() for entry in of}

    def known(text: str, speech: Speech) -> Entry:
        return known_of(text, speech, given.pop((speech.file, speech.printed_number), None))

    write_segment(folder, read.texts, read.told, Segmenter(), known)
    for place, entry in given.items():
        expected = "expected the number in the title of one of its speeches, 0 of one without"
        read.problems.append(f"{entries.where[place]}: printed is {entry.printed}, but {entry.file} has no such speech; {expected}")
    return read.problems
