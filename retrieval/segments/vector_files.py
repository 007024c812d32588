"""The files of a collection's vectors of meaning, for whoever gives the collection away: which count, and what tells two sets apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.segments.columns import HEADER
from retrieval.segments.manifest import SEGMENTS, read_manifest
from retrieval.segments.meaning_on_disk import MEANING
from retrieval.segments.vector_rows import MADE, made_rows, origin_name

OWN = 3  # parts of the name of a segment's own file: segments/000001/terms.data.bin


def files_of_meaning(index: Path) -> dict[str, Path]:
    """By the names below the index's folder; of segments whose vectors are all made. Raises IndexUnavailable."""
    manifest = read_manifest(index)
    values: Mapping[str, Any] = manifest.values.get(MEANING, {})
    folders: list[Path] = []
    for segment in (index / SEGMENTS / entry.name for entry in manifest.segments if values):
        sums = segment / origin_name(np.array(values["origin"], np.float32))
        if made_rows(segment, values["key"]) and (sums / HEADER).exists():
            folders += [segment / MADE, sums]
    return {path.relative_to(index).as_posix(): path for folder in folders for path in sorted(folder.iterdir())}


def fingerprint_of_meaning(index: Path) -> str:
    """12 hexadecimal digits over the vectors that count, "" where there are none. Raises IndexUnavailable."""
    headers = {name: path.read_bytes() for name, path in files_of_meaning(index).items() if path.name == HEADER}
    told = b"\n".join(name.encode() + b" " + header for name, header in sorted(headers.items()))
    return hashlib.sha256(told).hexdigest()[:12] if headers else ""


def is_of_meaning(name: str) -> bool:
    """Whether a file of an index is one of its vectors, which a reader without a model does not need.

    >>> [is_of_meaning(name) for name in ("segments/000001/use/bytes.bin", "segments/000001/terms.data.bin", "manifest.json")]
    [True, False, False]
    """
    return len(Path(name).parts) > OWN
