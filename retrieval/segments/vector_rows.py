"""Vectors of meaning of a segment's passages, in folders of it: made after the segment, which is answered from without them until then.

<model>/                   bytes, scales: a row a passage, as `index.meaning.vectors` rounds them
<model>.making/            the same while they are made; the scale of a row that is still to come is 0
<model>.spread-<origin>/   lengths of the rows less the origin; the sum of these rows in length one, and that of their products
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.encoders import MODELS_OF_MEANING, Encoder
from retrieval.index.meaning.making import AT_ONCE
from retrieval.index.meaning.spread import Doubles
from retrieval.index.meaning.vectors import AT_A_TIME, Bytes, Rounded, rounded
from retrieval.index.postings import Floats
from retrieval.segments.columns import HEADER, Columns, ColumnWriter
from retrieval.segments.one_segment import Segment
from retrieval.terms.counts import Longs

MAKING, SPREAD, KEY = ".making", ".spread-", "key.json"
SAVED = 2048  # rows that are made between two looks at whether to go on, chosen: five seconds of one processor by use, 33 by e5
FORMAT = 1

MadeTold = Callable[[int], None]  # how many rows of a segment are made


def model_key(encoder: Encoder) -> str:
    """What vectors depend on beside the texts."""
    return f"{FORMAT} {encoder.name} {encoder.version} {encoder.width} {adapter_of(encoder.name).fingerprint}"


def rows_folder(segment: Path, key: str) -> Path:
    """Where a segment's rows by a model lie once they are all made."""
    return segment / key.split()[1]


@dataclass(frozen=True, slots=True)
class _Making:
    """Rows in files that are being filled."""

    folder: Path
    key: str
    bytes: Bytes
    scales: Floats


def _making(segment: Path, key: str, size: int, width: int) -> _Making:
    """Rows that were begun, or empty ones. Raises OSError."""
    made = rows_folder(segment, key)
    folder, wanted = made.with_name(made.name + MAKING), json.dumps([key, size, width])
    begun = (folder / KEY).exists() and (folder / KEY).read_text(encoding="utf-8") == wanted
    if not begun:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    mode: Any = "r+" if begun else "w+"
    rows = np.memmap(folder / "bytes.bin", np.int8, mode, shape=(size, width))
    scales = np.memmap(folder / "scales.bin", np.float32, mode, shape=(size,))
    (folder / KEY).write_text(wanted, encoding="utf-8")
    return _Making(folder, key, rows, scales)


def _sealed(making: _Making) -> None:
    """All rows are there: from now on they count."""
    writer = ColumnWriter(making.folder, fresh=False)
    writer.keep("bytes", np.int8, making.bytes.size)
    writer.keep("scales", np.float32, making.scales.size)
    writer.seal({"key": making.key, "width": making.bytes.shape[1]})
    (making.folder / KEY).unlink()
    made = rows_folder(making.folder.parent, making.key)
    shutil.rmtree(made, ignore_errors=True)
    making.folder.rename(made)


def made_rows(segment: Path, key: str) -> Columns | None:
    """The rows of a segment by a model, mapped; None where they are not all made."""
    folder = rows_folder(segment, key)
    if not (folder / HEADER).exists():
        return None
    found = Columns(folder)
    return found if found.values.get("key") == key else None


def make_rows(segment: Segment, encoder: Encoder, progress: MadeTold) -> None:
    """Makes what is missing of a segment's rows, on all processors; whatever is made when it is stopped stays. Raises OSError."""
    folder, key, size = segment.columns.folder, model_key(encoder), segment.totals.passages
    if not size or made_rows(folder, key):
        return
    making, mean = _making(folder, key, size, encoder.width), adapter_of(encoder.name).passage_mean
    missing = ((row, text) for row, text in enumerate(segment.passage_texts()) if not making.scales[row])

    def made(some: Sequence[tuple[int, str]]) -> Rounded:
        return rounded(encoder.passages([text for _, text in some]), mean)

    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        while some := sorted(islice(missing, SAVED), key=lambda one: len(one[1])):  # texts of one length fill no rows in vain
            pieces = [some[at : at + AT_ONCE] for at in range(0, len(some), AT_ONCE)]
            for piece, rows in zip(pieces, threads.map(made, pieces), strict=True):
                numbers = [number for number, _ in piece]
                making.bytes[numbers], making.scales[numbers] = rows.bytes, rows.scales
            progress(int(np.count_nonzero(making.scales)))
    _sealed(making)


def join_rows(parts: Sequence[tuple[Path, Longs, int]], joined: Path) -> None:
    """Takes the rows of segments over into a joined one. parts: folder of each, the passages that stay, how many it has. Raises OSError."""
    for model in MODELS_OF_MEANING:
        _join_rows_by(model.name, parts, joined)


def _join_rows_by(model: str, parts: Sequence[tuple[Path, Longs, int]], joined: Path) -> None:
    begun = [_begun(folder, model, size) for folder, _, size in parts]
    known = next((one for one in begun if one), None)
    size = sum(len(stay) for _, stay, _ in parts)
    if known is None or not size:
        return
    key, width = known[0], known[1].bytes.shape[1]
    making, done = _making(joined, key, size, width), 0
    for (_, stay, _), one in zip(parts, begun, strict=True):
        if one and one[0] == key:
            _copied(one[1], stay, making, done)
        done += len(stay)
    if making.scales.all():
        _sealed(making)


def _copied(rows: Rounded, stay: Longs, making: _Making, done: int) -> None:
    """Those that stay, behind so many."""
    for at in range(0, len(stay), AT_A_TIME):
        some = rows.rows(stay[at : at + AT_A_TIME])
        making.bytes[done + at : done + at + len(some)] = some.bytes
        making.scales[done + at : done + at + len(some)] = some.scales


def _begun(segment: Path, model: str, size: int) -> tuple[str, Rounded] | None:
    """Key and rows by a model, made or being made; None where none are."""
    try:
        if (segment / model / HEADER).exists():
            columns = Columns(segment / model)
            return columns.values["key"], Rounded(columns["bytes"].reshape(size, -1), columns["scales"])
        key, there, width = json.loads((segment / f"{model}{MAKING}" / KEY).read_text(encoding="utf-8"))
        if there != size:
            return None
        making = _making(segment, key, size, width)
    except (OSError, IndexUnavailable, ValueError, KeyError):
        return None
    return key, Rounded(making.bytes, making.scales)


@dataclass(frozen=True, slots=True)
class RowSums:
    """Of the rows of a segment less an origin, in length one: their sum and that of their products."""

    lengths: Floats
    total: Doubles
    moments: Doubles


def sums_folder(segment: Path, key: str, origin: Floats) -> Path:
    """Where what depends on an origin lies."""
    rows = rows_folder(segment, key)
    return rows.with_name(f"{rows.name}{SPREAD}{zlib.crc32(np.asarray(origin, np.float32).tobytes()):08x}")


def weighed_sum(rows: Rounded) -> Doubles:
    """The sum of some rows less the mean of all texts."""
    total = np.zeros(rows.bytes.shape[1])
    for block in _blocks(len(rows)):
        total += rows.scales[block] @ rows.bytes[block].astype(np.float32)
    return total


def put_sums(folder: Path, rows: Rounded, origin: Floats) -> None:
    """Writes the sums for an origin, unless they are there. folder: see `sums_folder`. Raises OSError."""
    if (folder / HEADER).exists():
        return
    width = len(origin)
    lengths, total, moments = np.zeros(len(rows), np.float32), np.zeros(width), np.zeros((width, width))
    for block in _blocks(len(rows)):
        apart = rows.bytes[block] * rows.scales[block, None] - origin
        lengths[block] = np.maximum(np.linalg.norm(apart, axis=1), np.float32(1e-9))
        apart /= lengths[block, None]
        total += apart.sum(0, dtype=np.float64)
        moments += apart.T @ apart
    writer = ColumnWriter(folder)
    for name, column in (("lengths", lengths), ("total", total), ("moments", moments.reshape(-1))):
        writer.put(name, column)
    writer.seal({})


def sums_of(folder: Path, origin: Floats) -> RowSums | None:
    """What `put_sums` wrote; None where it has not."""
    if not (folder / HEADER).exists():
        return None
    columns = Columns(folder)
    return RowSums(columns["lengths"], columns["total"], columns["moments"].reshape(len(origin), -1))


def sweep_sums(segment: Path, key: str, origin: Floats) -> None:
    """Deletes what depends on other origins of a model."""
    kept = sums_folder(segment, key, origin)
    for folder in segment.glob(f"{rows_folder(segment, key).name}{SPREAD}*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _blocks(size: int) -> Iterator[slice]:
    return map(partial(_slice, AT_A_TIME), range(0, size, AT_A_TIME))


def _slice(size: int, at: int) -> slice:
    return slice(at, at + size)
