"""The real speeches and the real engine, built once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings.library import open_library
from retrieval import (
    Corpus,
    Engine,
    Entry,
    Group,
    Judge,
    Segmenter,
    Stored,
    Words,
    build,
    read,
)
from retrieval.answer.judge import UNJUDGED
from retrieval.index.message_kinds import NO_KINDS
from tests.kit.prepared import prepared

ROOT = Path(__file__).parent.parent.parent
SPEECHES = ROOT / "seeds" / "speeches"


def entries() -> list[Entry]:
    rows = content("speeches.yaml")
    return [Entry(**{**row, "aliases": tuple(row["aliases"])}) for row in rows]


@cache
def words() -> Words:
    synonyms = tuple(Group(tuple(g["everyday"]), tuple(g["official"])) for g in content("synonyms.yaml"))
    return Words(**{key: tuple(value) for key, value in content("words.yaml").items()}, synonyms=synonyms)


def content(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # three times as fast where libyaml is there
    return yaml.load((ROOT / "config" / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read(SPEECHES, entries())


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture(scope="session")
def unjudged() -> Judge:
    """Calls every answer sure: for tests that are not about confidence."""
    return UNJUDGED


@pytest.fixture(scope="session")
def engine(judged: Engine, unjudged: Judge) -> Engine:
    return replace(judged, judge=unjudged, kinds=NO_KINDS)


def classifier_of(engine: Engine) -> Stored:
    """What takes seconds to train, for another engine of its passages."""
    return engine.found.classifier.stored(engine.passages)


@pytest.fixture(scope="session")
def plain(corpus: Corpus, segmenter: Segmenter, unjudged: Judge) -> Engine:
    """The same speeches without their asks."""
    return build(corpus, words(), (), None, unjudged, segmenter)


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine that says how sure it is, as the bot opens it: built once for all processes of the tests."""
    return open_library(prepared(tmp_path_factory)).engine
