"""What a question means beside the passages of a collection: cosines with all of few, with some of many; how all lie is summed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.encoders import MODELS_OF_MEANING, Encoder
from retrieval.index.meaning.spread import Spread
from retrieval.index.meaning.vectors import AT_A_TIME, SHRUNK, Rounded
from retrieval.index.postings import Floats
from retrieval.segments.columns import HEADER, Columns
from retrieval.segments.compiled_products import COMPILER, compiled_products
from retrieval.segments.manifest import SEGMENTS, Manifest, write_manifest
from retrieval.segments.one_segment import GIVEN_BACK, Segment
from retrieval.segments.opened_segments import opened_segment
from retrieval.segments.vector_rows import (
    RowSums,
    made_rows,
    make_rows,
    model_key,
    put_sums,
    sums_folder,
    sums_of,
    sweep_sums,
    weighed_sum,
)
from retrieval.terms.counts import Longs

MEANING = "meaning"  # the name of its values in the manifest, by model
CHANGED = 0.2  # of the passages, that may have come or gone until the origin is taken anew, as the judge is
REMEMBERED = 4  # questions that all passages were compared with, chosen: each is asked twice for one answer, .4 MB
SCANNED = 500_000  # passages of which all are compared with a question: 6 ms each 100 000, 256 MB that are mapped; docs/numbers.md

MeaningTold = Callable[[str, int], None]  # a model, how many passages have a vector of it


@dataclass(frozen=True, slots=True)
class _SegmentVectors:
    """The vectors of a segment, and what was summed up of them."""

    columns: Columns
    of: Rounded
    sums: RowSums
    is_compiled: bool

    def products(self, some: Longs | slice, pair: Floats) -> Floats:
        """Of some rows, or all, with two vectors each."""
        if isinstance(some, slice) and self.is_compiled:
            found = np.empty((len(self.of), 2), np.float32)
            compiled_products(self.of.bytes, self.of.scales, pair[0], pair[1], found)
            COMPILER.give_back()
            return found
        numbers = np.arange(len(self.of)) if isinstance(some, slice) else some
        found = np.zeros((len(numbers), 2), np.float32)
        for at in range(0, len(numbers), AT_A_TIME):
            block = slice(at, at + AT_A_TIME) if isinstance(some, slice) else numbers[at : at + AT_A_TIME]
            found[at : at + AT_A_TIME] = (self.of.bytes[block].astype(np.float32) @ pair.T) * self.of.scales[block, None]
        return found


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside passages: cosines less the means, as they stand among those of all; the largest cosine as they are."""

    standing: Floats
    nearest: float


class MeaningOnDisk:
    """The vectors of a collection's passages by one model. Segments whose vectors are still to be made have none."""

    def __init__(self, encoder: Encoder, origin: Floats, rows: Sequence[_SegmentVectors | None], sizes: Sequence[int]) -> None:
        self.encoder = encoder
        self._origin, self._rows = origin, rows
        self._first = [0, *accumulate(sizes)]
        self._found = 0
        self.is_scanned = self._first[-1] <= SCANNED
        self.every = lru_cache(REMEMBERED)(self._every)

    def has(self, passage: int) -> bool:
        """Whether a passage has a vector."""
        return self.has_all(np.array([passage]))

    def has_all(self, passages: Longs) -> bool:
        """Whether all of some passages have one."""
        return bool(self._is_made[np.searchsorted(self._first, passages, "right") - 1].all())

    @cached_property
    def is_whole(self) -> bool:
        """Whether all passages have one."""
        return bool(self._is_made.all())

    @cached_property
    def _is_made(self) -> npt.NDArray[np.bool_]:
        """Of each segment; one without passages lacks none."""
        sizes = np.diff(self._first)
        return np.array([rows is not None or not size for rows, size in zip(self._rows, sizes, strict=True)], np.bool_)

    def _every(self, text: str) -> Compared:
        """Beside all passages."""
        centred, raw = self._asked(text)
        parts = [self._cosines(rows, slice(None), centred, raw) if rows else self._unknown(i, centred) for i, rows in enumerate(self._rows)]
        return self._compared([part[0] for part in parts], [part[1] for part in parts], centred)

    def some(self, text: str, passages: Longs) -> Compared:
        """Beside some passages, whose numbers ascend."""
        centred, raw = self._asked(text)
        bounds = np.searchsorted(passages, self._first)
        apart, nearest = [], []
        for place, rows in enumerate(self._rows):
            here = passages[bounds[place] : bounds[place + 1]] - self._first[place]
            cosines, largest = self._cosines(rows, here, centred, raw) if rows else self._unknown(place, centred, len(here))
            apart.append(cosines)
            nearest.append(largest)
        self._give_back(len(passages))
        return self._compared(apart, nearest, centred)

    def beside(self, text: str, passages: Longs) -> Compared:
        """Beside some passages, whose numbers ascend; where all are compared the nearest is that of all."""
        if not self.is_scanned:
            return self.some(text, passages)
        every = self.every(text)
        return Compared(every.standing[passages], every.nearest)

    def _asked(self, text: str) -> tuple[Floats, Floats]:
        raw = self.encoder.question(text)
        return adapter_of(self.encoder.name).turned(raw), raw

    def _compared(self, apart: Sequence[Floats], nearest: Sequence[float], centred: Floats) -> Compared:
        return Compared(self._spread.standard(np.concatenate(apart), centred), max(nearest, default=-1.0))

    def _cosines(self, rows: _SegmentVectors, some: Longs | slice, centred: Floats, raw: Floats) -> tuple[Floats, float]:
        """Cosines less the means; the largest of them as they are. See `index.meaning.vectors.Vectors`."""
        mean, found = adapter_of(self.encoder.name).passage_mean, rows.products(some, np.stack([centred, raw]))
        apart: Floats = ((found[:, 0] - self._origin @ centred) / rows.sums.lengths[some]).astype(np.float32)
        return apart, float((found[:, 1] + mean @ raw).max(initial=-1))

    def _unknown(self, place: int, centred: Floats, size: int = -1) -> tuple[Floats, float]:
        """Passages without vectors count as if they were like the mean."""
        count = size if size >= 0 else self._first[place + 1] - self._first[place]
        return np.full(count, self._spread.mean @ centred, np.float32), -1.0

    def _give_back(self, count: int) -> None:
        """What was read here and there of many rows is the system's again, as in `one_segment`."""
        self._found += count
        if not self.is_scanned and self._found >= GIVEN_BACK:
            self._found = 0
            for rows in filter(None, self._rows):
                rows.columns.give_back(("bytes",))

    @cached_property
    def _spread(self) -> Spread:
        known = [rows for rows in self._rows if rows]
        count = sum(len(rows.of) for rows in known)
        total, moments = np.sum([rows.sums.total for rows in known], 0), np.sum([rows.sums.moments for rows in known], 0)
        return Spread(adapter_of(self.encoder.name).passage_mean + self._origin, total / count, moments / count)


def summed_models(manifest: Manifest) -> dict[str, Mapping[str, Any]]:
    """By the model what is kept of its vectors: `key`, the `origin` that they are taken from, and how many `passages` that is of."""
    values = manifest.values.get(MEANING, {})
    return {model.name: values[model.name] for model in MODELS_OF_MEANING if model.name in values}


def opened_meaning(manifest: Manifest, segments: Sequence[Segment], encoder: Encoder) -> MeaningOnDisk | None:
    """The vectors of a collection by a model; None where none are made. Raises IndexUnavailable."""
    summed, key = summed_models(manifest).get(encoder.name, {}), model_key(encoder)
    if summed.get("key") != key:
        return None
    origin = np.array(summed["origin"], np.float32)
    rows = [_rows(segment, key, origin) for segment in segments]
    return MeaningOnDisk(encoder, origin, rows, [segment.totals.passages for segment in segments]) if any(rows) else None


def _rows(segment: Segment, key: str, origin: Floats) -> _SegmentVectors | None:
    folder = segment.columns.folder
    columns, sums = made_rows(folder, key), sums_of(sums_folder(folder, key, origin), origin)
    if columns is None or sums is None:
        return None
    return _SegmentVectors(columns, Rounded(columns["bytes"].reshape(-1, len(origin)), columns["scales"]), sums, segment.is_compiled)


def make_meaning(index: Path, manifest: Manifest, encoders: Sequence[Encoder], progress: MeaningTold) -> Manifest:
    """Makes what is missing of a collection's vectors, model after model.

    Those of a model count once all of its are made; whatever is made when it is stopped stays. Raises OSError, IndexUnavailable.
    """
    segments = [opened_segment(index, entry) for entry in manifest.segments]
    for encoder in encoders:
        done = 0
        for segment in segments:
            before = done
            make_rows(segment, encoder, lambda made, model=encoder.name, before=before: progress(model, before + made))  # type: ignore[misc]
            done += segment.totals.passages
            progress(encoder.name, done)
        manifest = _summed_up(index, manifest, encoder)
    return manifest


def _summed_up(index: Path, manifest: Manifest, encoder: Encoder) -> Manifest:
    """With the origin that vectors are taken from, and of each segment their sums."""
    key, models = model_key(encoder), summed_models(manifest)
    folders = [index / SEGMENTS / entry.name for entry in manifest.segments]
    found = [(folder, columns) for folder in folders if (columns := made_rows(folder, key))]
    rows = [(folder, Rounded(c["bytes"].reshape(-1, c.values["width"]), c["scales"])) for folder, c in found]
    passages, before = sum(len(of) for _, of in rows), models.get(encoder.name, {})
    if not passages:
        return manifest
    if before.get("key") == key and abs(passages - before["passages"]) <= CHANGED * before["passages"]:
        origin = np.array(before["origin"], np.float32)
    else:
        origin = (np.sum([weighed_sum(of) for _, of in rows], 0) / (passages + SHRUNK)).astype(np.float32)
        before = {"key": key, "passages": passages, "origin": origin.tolist()}
    for folder, of in rows:
        put_sums(sums_folder(folder, key, origin), of, origin)
    if models.get(encoder.name) != before:
        manifest = replace(manifest, values={**manifest.values, MEANING: {**models, encoder.name: before}})
        write_manifest(index, manifest)
    for folder in folders:
        sweep_sums(folder, key, origin)
    return manifest


def passages_with_vectors(manifest: Manifest, segments: Sequence[Segment]) -> dict[str, int]:
    """By the model how many passages of a collection have a vector that counts."""
    found: dict[str, int] = {}
    for model, summed in summed_models(manifest).items():
        origin = np.array(summed["origin"], np.float32)
        found[model] = sum(segment.totals.passages for segment in segments if _rows(segment, summed["key"], origin))
    return found


def damaged_vectors(segment: Segment) -> list[str]:
    """The files of a segment's vectors whose bytes are not those that were written; reads all of them. Raises IndexUnavailable."""
    folders = [header.parent for header in sorted(segment.columns.folder.glob(f"*/{HEADER}"))]
    return [f"{folder.name}/{name}" for folder in folders for name in Columns(folder).damaged()]
