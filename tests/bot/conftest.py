"""The service with the real engine on the real speeches; only clock and chance are ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.settings import wording
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.wording import Wording
from bot.state.store import Store, open_store
from tests.kit.milvus import Milvus
from tests.kit.postgres import MISSING, Cluster, binaries
from tests.kit.prepared import prepared, started_before
from tests.kit.seen import ADMIN, Clock


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return prepared(tmp_path_factory)


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    return open_library(settings)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """For a program, whose `state` in it has the index of an earlier start: to build it takes two seconds of a processor."""
    started_before(settings, tmp_path / "state")
    return tmp_path


@pytest.fixture(scope="session")
def phrases(settings: Settings) -> Wording:
    return wording.read(settings.config / "wording")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server."""
    programs = binaries()
    if programs is None:
        pytest.skip(MISSING)
    found = Cluster(programs)
    try:
        found.start()
        yield found
    finally:
        found.remove()


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milvus]:
    """A running Milvus server."""
    found = Milvus(tmp_path_factory.mktemp("milvus"))
    found.start()
    yield found
    found.stop()


DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind; PostgreSQL's server takes two seconds to come, so it is slow."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state/bot.db"
    return str(request.getfixturevalue("cluster").create())


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them, to be copied: that takes a tenth of making the tables."""
    path = tmp_path_factory.mktemp("empty") / "bot.db"
    open_store(f"sqlite:///{path}", SCHEMAS).close()
    return path


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(empty_database, tmp_path / "bot.db")
    opened = open_store(f"sqlite:///{tmp_path}/bot.db", SCHEMAS)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(library: Library, phrases: Wording, settings: Settings) -> Content:
    return Content(library, phrases, replace(settings.behaviour, questions_a_minute=1000))


@pytest.fixture
def service(world: Content, store: Store, clock: Clock) -> SpeechService:
    return SpeechService(world, store, admins=(ADMIN,), clock=clock, choose=lambda items: items[0])


@pytest.fixture
def asker() -> Asker:
    return Asker(7, 7, "private", "zh")
