"""Gives a library to those who share it: passages to a Milvus server, texts and what judges an answer to PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.library.shared_library import ENGINE, LARGE, MODEL, SPREAD, TEXTS, VECTORS, server_at, version_of
from bot.milvus.passage_table import PassageRow, current_version, make_current, part_of, write_version
from bot.settings.config import Settings
from bot.settings.library import Library, stored_library
from bot.state import published
from bot.state.store import Store
from retrieval import Stored, files_of_index, files_of_meaning, passage_vectors, spread_of, term_space, write_stored

if TYPE_CHECKING:
    from retrieval import Engine, LargeEngine, Vectors

LOOK_SECONDS = 5.0  # of a look at the server that somebody waits for, chosen
WITH_MEANING = "m"  # at the end of a version whose collection has another field
KEPT_HERE = 200_000  # passages whose vectors of meaning a bot keeps itself, as many as a file of them has


def publish(settings: Settings, library: Library, store: Store | None, told: Callable[[int], None], most: int = KEPT_HERE) -> str:
    """Gives the library to the server, and to a database that others share; its version. Bots take it up once all of it is there.

    told: how many passages are there. most: passages whose vectors of meaning a bot keeps itself; those of more are on the server.
    Raises IndexUnavailable, StoreError; what bots have stays, and the next run goes on.
    """
    if library.making:
        library.making.done.wait()
    vectors = _on_server(library, most) if store is not None else None
    version, server = version_of(settings, library) + (WITH_MEANING if vectors else ""), server_at(settings.index_uri)
    width, rows = len(vectors.mean) if vectors else 0, _rows(library, vectors)
    write_version(server, version, rows, len(library.engine.passages), width, told)
    if store is not None:
        _keep(settings, library, store, version, vectors)
    make_current(server, version)
    return version


def served_version(settings: Settings) -> str:
    """Of the speeches that the server has. Raises IndexUnavailable, also when it has none."""
    return current_version(server_at(settings.index_uri), LOOK_SECONDS)


def _on_server(library: Library, most: int) -> Vectors | None:
    """The vectors that the server is given."""
    vectors = library.engine.meaning.kept(MODEL) if library.engine.meaning else None
    return vectors if vectors and len(vectors.of) > most else None


def _rows(library: Library, vectors: Vectors | None) -> Iterator[PassageRow]:
    from retrieval import LargeEngine

    engine = library.engine
    if isinstance(engine, LargeEngine):
        yield from rows_of_collection(engine)
        return
    index, scope = engine.found.index, engine.scope
    opening, closing = scope.at("opening"), scope.at("closing")
    meant = _meant(engine, vectors)
    for number, (passage, vector) in enumerate(zip(engine.passages, passage_vectors(index, term_space(index)), strict=True)):
        collection = Path(passage.file).parent.name
        part = part_of(bool(opening[number]), bool(closing[number]))
        yield PassageRow(number, collection, passage.speech, part, vector, *next(meant))


def rows_of_collection(engine: LargeEngine) -> Iterator[PassageRow]:
    """The passages of a large collection, in order."""
    from retrieval import CollectionTerms, collection_vectors

    speeches = engine.directory.numbers_of(np.arange(len(engine.passages))).tolist()
    opening, closing = engine.scope.at("opening").tolist(), engine.scope.at("closing").tolist()
    vectors = collection_vectors(engine.collection, CollectionTerms(engine.collection))
    for number, vector in enumerate(vectors):
        yield PassageRow(number, "", speeches[number], part_of(opening[number], closing[number]), vector)


def _meant(engine: Engine, vectors: Vectors | None) -> Iterator[tuple[Sequence[float], float]]:
    """Of every passage the vector of its meaning, and how long it was; () for those that have none."""
    if vectors is None or engine.scorer.by_meaning is None:
        yield from repeat(((), 0.0))
        return
    of_rows = zip(chain.from_iterable(block.tolist() for block in vectors.apart()), vectors.lengths.tolist(), strict=True)
    for number in range(len(engine.passages)):
        yield next(of_rows) if engine.scorer.by_meaning.has(number) else ((), 0.0)


def _keep(settings: Settings, library: Library, store: Store, version: str, vectors: Vectors | None) -> None:
    """In the database, and as what bots take up from now on."""
    if version.endswith(LARGE):
        _keep_files(store, version, files_of_index(library.folder) | files_of_meaning(library.folder))
        return
    files: dict[str, bytes | Path] = {ENGINE: _as_bytes(settings, version, stored_library(library))}
    files |= {f"{TEXTS}{name}": text.encode() for name, text in library.corpus.texts.items()}
    if vectors:
        files[SPREAD] = _as_bytes(settings, version, Stored(spread_of(vectors).arrays, {}))
    else:
        files |= {path.name: path.read_bytes() for path in settings.cache_dir.glob(f"*{VECTORS}")}
    _keep_files(store, version, files)


def _keep_files(store: Store, version: str, files: Mapping[str, bytes | Path]) -> None:
    with store.quick() as connection:
        published.put(connection, version, files)
        published.make_current(connection, version, time.time())


def _as_bytes(settings: Settings, version: str, stored: Stored) -> bytes:
    """What `read_stored` reads."""
    settings.cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.cache_dir / f"{version}.published"
    try:
        write_stored(path, version, stored)
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
