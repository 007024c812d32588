"""Speeches published to a real Milvus server and a real PostgreSQL, and taken up where neither texts nor index are."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.database import SCHEMAS
from bot.library.large_build import build_index
from bot.library.publishing import WITH_MEANING, publish
from bot.library.shared_library import LARGE, current_version, library_at_hand, open_shared, server_at, version_of
from bot.milvus.passage_table import table_of
from bot.settings.config import Settings
from bot.settings.large_library import JUDGE, build_folder, making_meaning
from bot.settings.library import Library, open_library
from bot.settings.yaml_file import ConfigError
from bot.state.store import Store, open_store
from retrieval import UNJUDGED, Answer, IndexUnavailable, Manifest, read_manifest
from tests.kit.milvus import Milvus
from tests.kit.postgres import Cluster
from tests.kit.prepared import with_models_of
from tests.kit.small_seeds import small_seeds
from tests.kit.small_speeches import small_settings

pytestmark = pytest.mark.slow

QUESTIONS = ("责任要落实到哪里", "班组", "第一篇怎么说节约用水", "结尾怎么说", "今天天气怎么样", "有没有“节约用水”这句", "谁来落实责任")
BACK_SECONDS = 20.0  # on a machine with much else to do


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
def small(shared: Settings, tmp_path: Path) -> Settings:
    """The same, with one short speech."""
    return small_settings(shared, tmp_path)


def elsewhere(where: Settings, folder: Path) -> Settings:
    """A machine with the program and its configuration, and nothing else."""
    cache = with_models_of(where, folder / "bot" / "cache")
    return replace(where, seeds=folder / "no seeds", data_dir=folder / "bot", cache_dir=cache)


def asked(library: Library, question: str) -> Answer:
    """The answer, as soon as the server has time for it: here it is looked at what it is, not when it comes."""
    deadline = time.monotonic() + BACK_SECONDS
    while True:
        try:
            return library.engine.ask(question)
        except IndexUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def answers(library: Library) -> list[object]:
    found = [asked(library, question) for question in QUESTIONS]
    return [(answer.confidence, [quote.id for quote in answer.quotes], answer.shown) for answer in found]


def test_what_ends_a_version_is_no_digit_of_it() -> None:
    assert not {LARGE, WITH_MEANING} & set("0123456789abcdef")


@pytest.mark.parametrize("data", [small_settings, small_seeds], ids=["without asks", "with asks"])
def test_a_bot_without_texts_answers_as_the_one_that_has_them(shared: Settings, tmp_path: Path, data: Callable[..., Settings]) -> None:
    told: list[int] = []
    where = data(shared, tmp_path)
    with opened(where) as store:
        with pytest.raises(ConfigError, match="python -m bot index"):
            open_shared(elsewhere(where, tmp_path), store)
        library = open_library(where)
        version = publish(where, library, store, told.append)
        assert told[-1] == len(library.engine.passages)
        taken_up = open_shared(elsewhere(where, tmp_path), store)
        assert current_version(store) == version == version_of(where, library)
    where_the_texts_are = open_shared(replace(where, database_url="sqlite://"), None)
    for found in (taken_up, where_the_texts_are):
        assert found.engine.candidates
        assert found.engine.candidates.trouble == ""
        assert answers(found) == answers(library)


def test_without_the_server_nothing_is_said_about_the_speeches(small: Settings, tmp_path: Path) -> None:
    library = open_library(small)
    with opened(small) as store:
        version = publish(small, library, store, lambda _: None)
        found = open_shared(elsewhere(small, tmp_path), store)
        assert found.engine.candidates
        server_at(small.index_uri).call(lambda client: client.drop_collection(table_of(version)), 5.0)
        with pytest.raises(IndexUnavailable):
            found.engine.ask("班组")
        assert asked(found, "有没有“节约用水”这句").quotes, "what stands in the texts is looked up there"
        publish(small, library, store, lambda _: None)
        deadline = time.monotonic() + BACK_SECONDS
        while found.engine.candidates.trouble and time.monotonic() < deadline:
            time.sleep(0.02)  # its thread looks four times a second
        assert asked(found, "班组").quotes


def test_a_new_version_takes_the_place_of_the_one_before(small: Settings, tmp_path: Path) -> None:
    with opened(small) as store:
        first = publish(small, open_library(small), store, lambda _: None)
        (small.config / "synonyms.yaml").write_text("- everyday: [省水]\n  official: [节约用水]\n", encoding="utf-8")
        second = publish(small, open_library(small), store, lambda _: None)
        assert current_version(store) == second != first
        taken_up = open_shared(elsewhere(small, tmp_path), store)
        assert taken_up.engine.reader.understand("怎么省水").expanded == (("省水", "节约用水"),)
        (small.config / "synonyms.yaml").write_text("[]\n", encoding="utf-8")
        publish(small, open_library(small), store, lambda _: None)
        assert asked(taken_up, "班组").quotes, "a bot that has not taken it up yet goes on"


def test_what_was_fetched_is_not_fetched_again_and_what_is_damaged_is(small: Settings, tmp_path: Path) -> None:
    bare = elsewhere(small, tmp_path)
    with opened(small) as store:
        version = publish(small, open_library(small), store, lambda _: None)
        open_shared(bare, store)
        path = bare.cache_dir / f"{version}.index"
        before = path.stat().st_ino
        open_shared(bare, store)
        assert path.stat().st_ino == before
        path.write_bytes(path.read_bytes()[:-100])
        assert asked(open_shared(bare, store), "班组").quotes


def test_where_there_are_many_passages_their_meaning_is_on_the_server(small: Settings, tmp_path: Path) -> None:
    one = replace(small, behaviour=replace(small.behaviour, meaning=("use",)))
    library = open_library(one)
    assert library.engine.meaning, "the extra `meaning` is installed for tests"
    with opened(one) as store:
        publish(one, library, store, lambda _: None, most=0)
        bare = elsewhere(one, tmp_path)
        taken_up = open_shared(bare, store)
    assert not [*bare.cache_dir.glob("*.vectors")]
    assert taken_up.engine.meaning
    assert taken_up.engine.meaning.models == ("use",)
    for question in ("班组有什么责任", "怎样省水", "蛋炒饭怎么炒"):
        here, there = asked(library, question), asked(taken_up, question)
        assert (here.confidence, [quote.id for quote in here.quotes]) == (there.confidence, [quote.id for quote in there.quotes])


def with_large_collection(shared: Settings, tmp_path: Path, texts: str = "*.txt") -> Settings:
    """Where a large collection of two files lies, or of one, not judged and without vectors."""
    seeds = tmp_path / "seeds"  # what every program has with it: questions that nothing answers
    seeds.mkdir()
    shutil.copy(shared.seeds / "unanswered.jsonl", seeds)
    where = replace(shared, data_dir=tmp_path, cache_dir=with_models_of(shared, tmp_path / "cache"), seeds=seeds)

    def unjudged(_: Path, __: Manifest) -> dict[str, Any]:
        return {JUDGE: {"key": "", "passages": 0, "models": asdict(UNJUDGED)}}

    files = sorted((shared.seeds / "speeches").glob(texts))
    build_index(build_folder(where), files, lambda _: None, 1, unjudged)
    return where


def test_a_large_collection_is_shared_with_its_index(shared: Settings, tmp_path: Path) -> None:
    where = with_large_collection(shared, tmp_path)
    embedded = open_library(replace(where, index_uri=str(build_folder(where))))
    with opened(where) as store:
        version = publish(where, library_at_hand(where), store, lambda _: None)
        taken_up = open_shared(replace(elsewhere(where, tmp_path), seeds=where.seeds), store)
        assert current_version(store) == version == embedded.fingerprint + LARGE
    where_it_was_built = open_shared(replace(where, database_url="sqlite://"), None)
    for question in ("劳模有哪三个作用", "第二篇怎么说创新", "每一篇怎么说工会", "今天天气怎么样"):
        here = asked(embedded, question)
        assert here == asked(taken_up, question) == asked(where_it_was_built, question)
    server_at(where.index_uri).call(lambda client: client.drop_collection(table_of(version)), 5.0)
    with pytest.raises(IndexUnavailable):
        taken_up.engine.ask("技能人才怎么培养")
    assert asked(taken_up, "有没有“劳动最光荣”这句").literal


def test_vectors_of_a_large_collection_go_to_whoever_has_a_model_for_them(shared: Settings, tmp_path: Path) -> None:
    by_meaning = replace(shared, behaviour=replace(shared.behaviour, meaning=("use", "e5")))
    where = with_large_collection(by_meaning, tmp_path, "002*")  # the short one: e5 takes 25 ms a passage
    by_one, without = (replace(where, behaviour=replace(where.behaviour, meaning=models)) for models in (("use",), ()))
    embedded = open_library(replace(where, index_uri=str(build_folder(where))))
    with opened(where) as store:
        by_words = publish(without, library_at_hand(without), store, lambda _: None)
        make = making_meaning(where)
        assert make, "the extra `meaning` is installed for tests"
        make(build_folder(where), read_manifest(build_folder(where)), lambda _model, _done: None)
        version = publish(where, library_at_hand(where), store, lambda _: None)
        assert current_version(store) == version != by_words
        assert version == publish(where, library_at_hand(where), store, lambda _: None), "unchanged, it is the same version"
        bots = [
            replace(elsewhere(of, tmp_path / name), seeds=where.seeds) for name, of in (("one", where), ("two", by_one), ("three", without))
        ]
        with_models, with_one, without_model = (open_shared(bot, store) for bot in bots)
    fetched = [[{path.name for path in bot.cache_dir.rglob(f"{model}/*")} for model in ("use", "e5")] for bot in bots]
    files = {"bytes.bin", "scales.bin", "columns.json"}
    assert fetched == [[files, files], [files, set()], [set(), set()]]
    meant, by_use = (open_library(replace(of, index_uri=str(build_folder(where)))) for of in (where, by_one))
    differ = 0
    for question in ("劳模有哪三个作用", "第二篇怎么说创新", "每一篇怎么说工会", "今天天气怎么样", "年轻人要不要有理想"):
        assert asked(with_models, question) == asked(meant, question)
        assert asked(with_one, question) == asked(by_use, question)
        assert asked(without_model, question) == asked(embedded, question)
        differ += len({str(asked(of, question)) for of in (with_models, with_one, without_model)}) == 3
    assert differ
