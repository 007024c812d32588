"""The service with the real engine on the real speeches; only clock and chance are ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config, wording
from bot.answers import Asker
from bot.config import Settings
from bot.library import Library, open_library
from bot.memory import PART
from bot.service import SpeechService, World
from bot.store import Store, open_store
from bot.wording import Wording

from .seen import ADMIN, Clock


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    environ = {"BOT_DATA_DIR": str(tmp_path_factory.getbasetemp().parent / "state")}
    return config.read(environ | {"PATH": os.environ["PATH"]})


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    return open_library(settings)


@pytest.fixture(scope="session")
def phrases(settings: Settings) -> Wording:
    return wording.read(settings.config / "wording")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/bot.db", (PART,))
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(library: Library, phrases: Wording, settings: Settings) -> World:
    return World(library, phrases, replace(settings.manners, questions_a_minute=1000))


@pytest.fixture
def service(world: World, store: Store, clock: Clock) -> SpeechService:
    return SpeechService(world, store, admins=(ADMIN,), clock=clock, choose=lambda items: items[0])


@pytest.fixture
def asker() -> Asker:
    return Asker(7, 7, "private", "zh")
