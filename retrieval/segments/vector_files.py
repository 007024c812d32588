"""The files of a collection's vectors of meaning, for whoever gives the collection away: which count, and what tells two sets apart."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from retrieval.segments.columns import HEADER
from retrieval.segments.manifest import SEGMENTS, read_manifest
from retrieval.segments.meaning_on_disk import summed_models
from retrieval.segments.vector_rows import made_rows, rows_folder, sums_folder

OWN = 3  # parts of the name of a segment's own file: segments/000001/terms.data.bin


def files_of_meaning(index: Path) -> dict[str, Path]:
    """By the names below the index's folder; of segments whose vectors are all made. Raises IndexUnavailable."""
    manifest = read_manifest(index)
    folders: list[Path] = []
    for summed in summed_models(manifest).values():
        for segment in (index / SEGMENTS / entry.name for entry in manifest.segments):
            key, sums = summed["key"], sums_folder(segment, summed["key"], np.array(summed["origin"], np.float32))
            if made_rows(segment, key) and (sums / HEADER).exists():
                folders += [rows_folder(segment, key), sums]
    return {path.relative_to(index).as_posix(): path for folder in folders for path in sorted(folder.iterdir())}


def fingerprint_of_meaning(index: Path) -> str:
    """12 hexadecimal digits over the vectors that count, "" where there are none. Raises IndexUnavailable."""
    headers = {name: path.read_bytes() for name, path in files_of_meaning(index).items() if path.name == HEADER}
    told = b"\n".join(name.encode() + b" " + header for name, header in sorted(headers.items()))
    return hashlib.sha256(told).hexdigest()[:12] if headers else ""


def model_of_file(name: str) -> str:
    """The model whose vectors a file of an index is of, which a reader without it does not need; "" of all other files.

    >>> [model_of_file(f"segments/000001/{name}") for name in ("use/bytes.bin", "e5.spread-0a1b2c3d/total.bin", "terms.data.bin")]
    ['use', 'e5', '']
    """
    parts = Path(name).parts
    return parts[OWN - 1].split(".")[0] if len(parts) > OWN else ""
