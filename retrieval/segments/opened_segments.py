"""A collection's folder → its segments, opened."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.segments.columns import Columns
from retrieval.segments.manifest import SEGMENTS, Manifest, SegmentEntry, read_manifest
from retrieval.segments.one_segment import Segment

TRIES = 5  # to read the manifest anew when a segment was joined with others meanwhile, chosen


def opened_segments(index: Path, *, compiled: bool = True) -> tuple[Manifest, tuple[Segment, ...]]:
    """The manifest and its segments in order. Raises IndexUnavailable."""
    for attempt in range(TRIES):
        manifest = read_manifest(index)
        try:
            return manifest, tuple(opened_segment(index, entry, compiled=compiled) for entry in manifest.segments)
        except IndexUnavailable:
            if attempt == TRIES - 1 or read_manifest(index) == manifest:
                raise
    raise AssertionError("unreachable")


def fingerprint_of(manifest: Manifest, segments: Sequence[Segment]) -> str:
    """12 hexadecimal digits over the segments, the numbers of their speeches, and what was removed."""
    rows = zip(manifest.segments, segments, strict=True)
    told = [f"{segment.columns.identity} {entry.runs} {entry.removed}" for entry, segment in rows]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def opened_segment(index: Path, entry: SegmentEntry, *, compiled: bool = True) -> Segment:
    """One of them. Raises IndexUnavailable."""
    columns = Columns(index / SEGMENTS / entry.name)
    removed = np.flatnonzero(np.isin(columns["speeches.file"], entry.removed)).tolist() if entry.removed else ()
    return Segment(columns, removed, compiled=compiled)
