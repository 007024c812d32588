"""Makes the vectors of a corpus' passages: those that are kept are read, the others made and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.encoders import Encoder
from retrieval.index.meaning.vector_file import Digests, VectorFile, digests_of
from retrieval.index.meaning.vectors import Rounded, joined, rounded

FORMAT = 1  # of the file
AT_ONCE = 32  # texts; a model reads its weights once for all of them: of e5 16 ms a text instead of 27
SAVED = 2048  # new vectors after which they are kept, so that half an hour's work outlives a stop

Progress = Callable[[int, int], bool]  # how many of how many are made; False: stop


def vector_file(encoder: Encoder, folder: Path) -> VectorFile:
    """Where the vectors of a model are kept in a folder."""
    key = f"{FORMAT} {encoder.name} {encoder.version} {encoder.width} {adapter_of(encoder.name).fingerprint}"
    return VectorFile(folder / f"{encoder.name}.vectors", key, encoder.width)


def kept_already(texts: Sequence[str], file: VectorFile) -> Rounded | None:
    """The vectors of the texts, in order; None if one of them has still to be made."""
    wanted, kept = digests_of(texts), file.read()
    return None if len(kept.missing(wanted)) else kept.of(wanted)


def made(encoder: Encoder, texts: Sequence[str], file: VectorFile, progress: Progress) -> Rounded | None:
    """The vectors of the texts, in order; None if `progress` stopped it, when those made so far are kept."""
    wanted = digests_of(texts)
    text_of = dict(zip(wanted.tolist(), texts, strict=True))
    kept = file.read()
    missing = sorted(kept.missing(wanted).tolist(), key=lambda digest: len(text_of[digest]))  # texts of one length fill no rows in vain
    for start in range(0, len(missing), SAVED):
        some = missing[start : start + SAVED]
        digests, vectors = _encoded(encoder, text_of, some, partial(_told, progress, start, len(missing)))
        kept = kept.with_more(digests, vectors)
        file.write(kept)
        if len(digests) < len(some):
            return None
    return kept.of(wanted)


def _told(progress: Progress, before: int, total: int, done: int) -> bool:
    return progress(before + done, total)


def _encoded(encoder: Encoder, text_of: dict[int, str], digests: Sequence[int], progress: Callable[[int], bool]) -> tuple[Digests, Rounded]:
    """The vectors of some texts, of fewer if `progress` stops it."""
    mean = adapter_of(encoder.name).passage_mean
    parts: list[Rounded] = []
    done = 0
    while done < len(digests) and progress(done):
        texts = [text_of[digest] for digest in digests[done : done + AT_ONCE]]
        parts.append(rounded(encoder.passages(texts), mean))
        done += len(texts)
    return np.array(digests[:done], np.uint64), joined(parts, encoder.width)
