"""A library whose passages a Milvus server finds: published by one job, taken up by bots, with or without the texts at hand.

python -m bot index   builds the index where the texts are → passages to Milvus, all else to PostgreSQL
bots                  texts, trees and what judges an answer from PostgreSQL, or built where the texts are; candidates from Milvus
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings.config import Settings
from bot.settings.index_cache import sources
from bot.settings.library import Library, library_of, open_library, stored_library
from bot.settings.yaml_file import ConfigError
from bot.state import published
from bot.state.store import Store
from retrieval import Stored, passage_vectors, read_stored, term_space, write_stored

if TYPE_CHECKING:
    from bot.milvus.milvus_server import MilvusServer
    from bot.milvus.passage_table import PassageRow

LOOK_SECONDS = 5.0  # of a look at the server that somebody waits for, chosen
DIGITS = 16  # hexadecimal, of the key of everything that an index is built of
ENGINE, TEXTS, VECTORS = "engine.index", "texts/", ".vectors"
NOT_PUBLISHED = "the database has no speeches; run python -m bot index with BOT_INDEX_URI and BOT_DATABASE_URL where the texts are"
OTHER_PROGRAM = "the speeches were published by another version of the program; run python -m bot index with this one"


def open_shared(settings: Settings, store: Store | None, building: Callable[[], None] = lambda: None) -> Library:
    """The speeches with their engine, whose candidates come from where BOT_INDEX_URI says; without it those of `open_library`.

    store: on PostgreSQL has the texts as well; without it they are those of this machine. Raises ConfigError.
    """
    if not settings.index_uri:
        return open_library(settings, building=building)
    if store is not None and settings.is_shared:
        return _taken_up(settings, store)
    return _attached(settings, open_library(settings, building=building), version_of(settings))


def version_of(settings: Settings) -> str:
    """Of the speeches at hand. Raises ConfigError when they cannot be read."""
    found = sources(settings, settings.seeds / "speeches", bundled=True)
    if found is None:
        raise ConfigError(["the speeches cannot be read; python -m bot check names what is wrong"])
    return found.key[:DIGITS]


def current_version(store: Store) -> str:
    """Of the speeches that bots on this database take up, "" when none were published."""
    with store.reading() as connection:
        return published.current(connection)


def served_version(settings: Settings) -> str:
    """Of the speeches that the server has. Raises IndexUnavailable, also when it has none."""
    from bot.milvus.passage_table import current_version as of_server

    return of_server(server_at(settings.index_uri), LOOK_SECONDS)


def publish(settings: Settings, library: Library, store: Store | None, told: Callable[[int], None]) -> str:
    """Gives the library to the server, and to a database that others share; its version. Bots take it up once all of it is there.

    told: how many passages are there. Raises IndexUnavailable, StoreError; what bots have stays, and the next run goes on.
    """
    from bot.milvus.passage_table import make_current, write_version

    version, server = version_of(settings), server_at(settings.index_uri)
    if library.making:
        library.making.done.wait()
    write_version(server, version, _rows(library), len(library.engine.passages), 0, told)
    if store is not None:
        _keep(settings, library, store, version)
    make_current(server, version)
    return version


@cache
def server_at(uri: str) -> MilvusServer:
    """One connection for all versions of the speeches; pymilvus is loaded here, which takes a second."""
    from bot.milvus.milvus_server import MilvusServer

    return MilvusServer(uri)


def _attached(settings: Settings, library: Library, version: str) -> Library:
    """The library, its candidates from the server; it is told apart by its version, so others than its own passages are never found."""
    from bot.milvus.milvus_candidates import MilvusCandidates

    engine = library.engine
    found = MilvusCandidates(server_at(settings.index_uri), version, term_space(engine.found.index), len(engine.passages))
    found.readiness.look()
    found.readiness.watch()
    return replace(library, engine=replace(engine, candidates=found))


def _rows(library: Library) -> Iterator[PassageRow]:
    from bot.milvus.passage_table import PassageRow

    engine = library.engine
    index, scope = engine.found.index, engine.scope
    opening, closing = scope.at("opening"), scope.at("closing")
    for number, (passage, vector) in enumerate(zip(engine.passages, passage_vectors(index, term_space(index)), strict=True)):
        collection = Path(passage.file).parent.name
        yield PassageRow(number, collection, passage.speech, "opening" if opening[number] else "closing" if closing[number] else "", vector)


def _keep(settings: Settings, library: Library, store: Store, version: str) -> None:
    """In the database, and as what bots take up from now on."""
    path = settings.cache_dir / f"{version}.published"
    write_stored(path, version, stored_library(library))
    files = {ENGINE: path.read_bytes(), **{f"{TEXTS}{name}": text.encode() for name, text in library.corpus.texts.items()}}
    files |= {vectors.name: vectors.read_bytes() for vectors in settings.cache_dir.glob(f"*{VECTORS}")}
    path.unlink()
    with store.quick() as connection:
        published.put(connection, version, files)
        published.make_current(connection, version, time.time())


def _taken_up(settings: Settings, store: Store) -> Library:
    """What was published last; files that are made from it lie in the cache, for the next start."""
    from bot.settings.meanings import logged, meaningful

    with store.reading() as connection:
        version = published.current(connection)
        if not version:
            raise ConfigError([NOT_PUBLISHED])
        names = published.names_of(connection, version)

        def content(name: str) -> Iterator[bytes]:
            return published.pieces_of(connection, version, name)

        stored = _engine(settings.cache_dir / f"{version}.index", version, content)
        texts = {name.removeprefix(TEXTS): b"".join(content(name)).decode() for name in names if name.startswith(TEXTS)}
        for name in names:
            if name.endswith(VECTORS) and not (settings.cache_dir / name).exists():
                _written(settings.cache_dir / name, content(name))
    library = library_of(stored, texts, settings.seeds / "speeches") if stored else None
    if library is None:
        raise ConfigError([OTHER_PROGRAM])
    engine, making = meaningful(settings, library.engine, logged, asked=library.asked)
    return _attached(settings, replace(library, engine=engine, making=making), version)


def _engine(path: Path, version: str, content: Callable[[str], Iterator[bytes]]) -> Stored | None:
    """Fetched unless it is there and whole."""
    found = read_stored(path, version)
    if found is None:
        _written(path, content(ENGINE))
    return found or read_stored(path, version)


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
