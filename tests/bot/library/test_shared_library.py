"""Speeches published to a real Milvus server and a real PostgreSQL, and taken up where neither texts nor index are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import SCHEMAS
from bot.library.shared_library import current_version, open_shared, publish, server_at, version_of
from bot.milvus.passage_table import table_of
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.yaml_file import ConfigError
from bot.state.store import Store, open_store
from retrieval import IndexUnavailable
from tests.kit.milvus import Milvus
from tests.kit.postgres import Cluster
from tests.kit.small_speeches import small_settings

pytestmark = pytest.mark.slow

QUESTIONS = ("劳模有哪三个作用", "工会怎么服务职工", "第三篇讲了什么精神", "结尾怎么说", "今天天气怎么样", "有没有“劳动最光荣”这句", "技能")


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    store = open_store(settings.database_url, SCHEMAS)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def shared(settings: Settings, cluster: Cluster, milvus: Milvus) -> Settings:
    """Where the texts are."""
    return replace(settings, database_url=cluster.create(), index_uri=milvus.uri)


@pytest.fixture
def elsewhere(shared: Settings, tmp_path: Path) -> Settings:
    """A machine with the program and its configuration, and nothing else."""
    return replace(shared, seeds=tmp_path / "no seeds", data_dir=tmp_path / "state", cache_dir=tmp_path / "state" / "cache")


def answers(library: Library) -> list[object]:
    found = [library.engine.ask(question) for question in QUESTIONS]
    return [(answer.confidence, [quote.id for quote in answer.quotes], answer.shown) for answer in found]


def test_a_bot_without_texts_answers_as_the_one_that_has_them(shared: Settings, elsewhere: Settings) -> None:
    told: list[int] = []
    with opened(shared) as store:
        with pytest.raises(ConfigError, match="python -m bot index"):
            open_shared(elsewhere, store)
        library = open_library(shared)
        version = publish(shared, library, store, told.append)
        assert told[-1] == len(library.engine.passages)
        taken_up = open_shared(elsewhere, store)
        assert current_version(store) == version == version_of(shared)
    assert taken_up.engine.candidates
    assert taken_up.engine.candidates.trouble == ""
    assert answers(taken_up) == answers(library)
    assert taken_up.shareable == library.shareable


def test_where_the_texts_are_only_the_candidates_come_from_the_server(shared: Settings, library: Library) -> None:
    publish(shared, library, None, lambda _: None)
    alone = replace(shared, database_url="sqlite://")
    found = open_shared(alone, None)
    assert found.engine.candidates
    assert answers(found) == answers(library)


def test_without_the_server_nothing_is_said_about_the_speeches(elsewhere: Settings, shared: Settings, library: Library) -> None:
    with opened(shared) as store:
        version = publish(shared, library, store, lambda _: None)
        found = open_shared(elsewhere, store)
        server_at(shared.index_uri).call(lambda client: client.drop_collection(table_of(version)), 5.0)
        with pytest.raises(IndexUnavailable):
            found.engine.ask("技能")
        assert found.engine.ask("有没有“劳动最光荣”这句").quotes, "what stands in the texts is looked up there"
        publish(shared, library, store, lambda _: None)
        assert found.engine.candidates
        while found.engine.candidates.trouble:
            pass  # its thread looks four times a second
        assert found.engine.ask("技能").quotes


def test_a_new_version_takes_the_place_of_the_one_before(shared: Settings, library: Library, tmp_path: Path) -> None:
    small = small_settings(shared, tmp_path)
    with opened(shared) as store:
        first = publish(shared, library, store, lambda _: None)
        second = publish(small, open_library(small), store, lambda _: None)
        assert current_version(store) == second != first
        taken_up = open_shared(replace(shared, cache_dir=tmp_path / "cache"), store)
        assert [quote.text for quote in taken_up.engine.ask("安全生产").quotes] != []
        assert len(taken_up.corpus.speeches) == 1


def test_what_was_fetched_is_not_fetched_again_and_what_is_damaged_is(shared: Settings, elsewhere: Settings, library: Library) -> None:
    with opened(shared) as store:
        version = publish(shared, library, store, lambda _: None)
        open_shared(elsewhere, store)
        path = elsewhere.cache_dir / f"{version}.index"
        before = path.stat().st_ino
        open_shared(elsewhere, store)
        assert path.stat().st_ino == before
        path.write_bytes(path.read_bytes()[:-100])
        assert answers(open_shared(elsewhere, store)) == answers(library)
