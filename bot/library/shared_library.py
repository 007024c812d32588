"""A library whose passages a Milvus server finds: published by one job, taken up by bots, with or without the texts at hand.

python -m bot index   builds the index where the texts are → passages to Milvus, all else to PostgreSQL
bots                  texts, trees and what judges an answer from PostgreSQL, or built where the texts are; candidates from Milvus
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from bot.library.kept_files import text_digest
from bot.milvus.milvus_candidates import MilvusCandidates
from bot.milvus.milvus_server import MilvusServer
from bot.milvus.milvus_vectors import MilvusVectors
from bot.settings.config import Settings
from bot.settings.index_cache import sources
from bot.settings.large_library import build_folder, encoders_of, open_large
from bot.settings.library import LargeLibrary, Library, library_of, open_library
from bot.settings.yaml_file import ConfigError
from bot.state import published
from bot.state.store import Store
from retrieval import (
    Stored,
    read_manifest,
    read_stored,
    spread_from,
    term_space,
    with_meaning,
)

if TYPE_CHECKING:
    from retrieval import Engine

LARGE = "l"  # at the end of the version of a large collection: no hexadecimal digit, in which the others end
COLLECTIONS = "collections"  # the folder of those in the cache
DIGITS = 15  # hexadecimal, of the key of everything that an index is built of; the database has room for sixteen
ENGINE, SPREAD, TEXTS, VECTORS = "engine.index", "use.spread", "texts/", ".vectors"
MODEL = "use"  # whose vectors can be on the server: e5 takes ten times as long a passage
NOT_PUBLISHED = "the database has no speeches; run python -m bot index with BOT_INDEX_URI and BOT_DATABASE_URL where the texts are"
OTHER_PROGRAM = "the speeches were published by another version of the program; run python -m bot index with this one"


def open_shared(settings: Settings, store: Store | None, building: Callable[[], None] = lambda: None) -> Library:
    """The speeches with their engine, whose candidates come from where BOT_INDEX_URI says; without it those of `open_library`.

    store: on PostgreSQL has the texts as well; without it they are those of this machine. Raises ConfigError.
    """
    if not settings.is_served:
        return open_library(settings, building=building)
    if store is not None and settings.is_shared:
        return _taken_up(settings, store)
    library = library_at_hand(settings, building)
    return _attached(settings, library, version_of(settings, library))


def library_at_hand(settings: Settings, building: Callable[[], None] = lambda: None) -> Library:
    """The large collection that was built here for others, or the speeches of `open_library`. Raises ConfigError."""
    folder = build_folder(settings)
    if settings.is_served and read_manifest(folder).segments:
        return _large(settings, folder)
    return open_library(settings, building=building)


def version_of(settings: Settings, library: Library) -> str:
    """Of the speeches at hand. Raises ConfigError when they cannot be read."""
    if _is_large(library):
        from retrieval import fingerprint_of_meaning  # with numba, 90 MB, where it is installed

        meaning = fingerprint_of_meaning(library.folder)
        return (text_digest(library.fingerprint + meaning)[:DIGITS] if meaning else library.fingerprint) + LARGE
    found = sources(settings, settings.seeds / "speeches", bundled=True)
    if found is None:
        raise ConfigError(["the speeches cannot be read; python -m bot check names what is wrong"])
    return found.key[:DIGITS]


def _is_large(library: Library) -> bool:
    from retrieval import LargeEngine

    return isinstance(library.engine, LargeEngine)


def _large(settings: Settings, folder: Path) -> Library:
    engine = open_large(settings, folder)
    return LargeLibrary(engine.corpus, engine.alone, engine, folder, {})


def current_version(store: Store) -> str:
    """Of the speeches that bots on this database take up, "" when none were published."""
    with store.reading() as connection:
        return published.current(connection)


@cache
def server_at(uri: str) -> MilvusServer:
    """One connection for all versions of the speeches; pymilvus is loaded here, which takes a second."""
    return MilvusServer(uri)


def _attached(settings: Settings, library: Library, version: str) -> Library:
    """The library, its candidates from the server; it is told apart by its version, so others than its own passages are never found."""
    from retrieval import CollectionTerms, LargeEngine

    engine = library.engine
    terms = CollectionTerms(engine.collection) if isinstance(engine, LargeEngine) else term_space(engine.found.index)
    found = MilvusCandidates(server_at(settings.index_uri), version, terms, len(engine.passages))
    found.readiness.look()
    found.readiness.watch()
    return replace(library, engine=replace(engine, candidates=found))


def _taken_up(settings: Settings, store: Store) -> Library:
    """What was published last; files that are made from it lie in the cache, for the next start."""
    with store.reading() as connection:
        version = published.current(connection)
        if not version:
            raise ConfigError([NOT_PUBLISHED])
        names = published.names_of(connection, version)
        if version.endswith(LARGE):
            return _attached(settings, _fetched_collection(settings, connection, version, names), version)

        def fetched(name: str, path: Path) -> Stored | None:
            """Unless it is there and whole."""
            found = read_stored(path, version)
            if found is None:
                _written(path, published.pieces_of(connection, version, name))
            return found or read_stored(path, version)

        stored = fetched(ENGINE, settings.cache_dir / f"{version}.index")
        spread = fetched(SPREAD, settings.cache_dir / f"{version}.spread") if SPREAD in names else None
        texts = {
            n.removeprefix(TEXTS): b"".join(published.pieces_of(connection, version, n)).decode() for n in names if n.startswith(TEXTS)
        }
        for name in names:
            if name.endswith(VECTORS) and not (settings.cache_dir / name).exists():
                _written(settings.cache_dir / name, published.pieces_of(connection, version, name))
    library = library_of(stored, texts, settings.seeds / "speeches") if stored else None
    if library is None:
        raise ConfigError([OTHER_PROGRAM])
    return _with_models(settings, library, version, spread)


def _fetched_collection(settings: Settings, connection: Connection, version: str, names: Sequence[str]) -> Library:
    """The files of a large collection in the cache, each fetched once, those of its vectors where their model is.

    Of other versions the last one stays, which may still be asked.
    """
    from retrieval import model_of_file

    folder = settings.cache_dir / COLLECTIONS / version
    wanted = {"", *(encoder.name for encoder in encoders_of(settings))}
    for name in names:
        if not (folder / name).exists() and model_of_file(name) in wanted:
            _written(folder / name, published.pieces_of(connection, version, name))
    others = sorted((other for other in folder.parent.iterdir() if other != folder), key=lambda other: -other.stat().st_mtime)
    for other in others[1:]:
        shutil.rmtree(other, ignore_errors=True)
    return _large(settings, folder)


def _with_models(settings: Settings, library: Library, version: str, spread: Stored | None) -> Library:
    """With candidates from the server, and meaning: of vectors that are here, or for a `spread` of those there."""
    from bot.settings.meanings import logged, meaningful

    if spread is None:
        engine, making = meaningful(settings, library.engine, logged, asked=library.asked)
        return _attached(settings, replace(library, engine=engine, making=making), version)
    models = [encoder for encoder in encoders_of(settings) if encoder.name == MODEL]
    engine, _ = with_meaning(library.engine, models)
    attached = _attached(settings, replace(library, engine=engine), version)
    if models:
        _look_up(attached.engine, spread)
    return attached


def _look_up(engine: Engine, spread: Stored) -> None:
    if engine.meaning and engine.scorer.by_meaning and isinstance(engine.candidates, MilvusCandidates):
        engine.meaning.look_up(MODEL, MilvusVectors(engine.candidates, engine.scorer.by_meaning.rows, spread_from(spread.arrays)))


def _written(path: Path, content: Iterator[bytes]) -> None:
    """In one step, so that a program beside this one never sees half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        with fresh.open("wb") as file:
            file.writelines(content)
        fresh.replace(path)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
