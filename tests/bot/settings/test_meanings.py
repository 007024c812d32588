"""Vectors are made once, the slow model's beside the answering, and nothing of it happens where it is not wanted."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.settings.collection import ASK_READERS, reads_asks
from bot.settings.config import Settings
from bot.settings.library import open_library
from bot.settings.meanings import meaningful
from retrieval import Encoder, Engine
from retrieval.index.meaning.encoders import MODELS_OF_MEANING
from retrieval.index.meaning.weighing import ASK_WEIGHINGS
from tests.kit.encoders import Characters, character_encoder
from tests.kit.small_seeds import small_seeds

SPEECH = "各位代表：\n\n" + "".join(f"第{number}项工作要抓好落实，让群众满意。\n\n" for number in range(1, 41))
WAIT = 30.0  # seconds; the work takes a tenth of one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "报告.txt").write_text(SPEECH, encoding="utf-8")
    return tmp_path / "speeches"


@pytest.fixture
def words_only(settings: Settings, tmp_path: Path) -> Settings:
    """Without models, with few data, and with a cache of its own."""
    return replace(small_seeds(settings, tmp_path), behaviour=replace(settings.behaviour, meaning=()))


@pytest.fixture
def plain(words_only: Settings, folder: Path) -> Engine:
    return open_library(words_only, folder).engine


def models() -> tuple[tuple[Encoder, ...], tuple[Characters, ...]]:
    use, e5 = character_encoder("use"), character_encoder("e5")
    return (use[0], e5[0]), (use[1], e5[1])


def named(settings: Settings) -> Settings:
    return replace(settings, behaviour=replace(settings.behaviour, meaning=("use", "e5")))


def test_the_fast_model_is_ready_at_once_and_the_slow_one_later(words_only: Settings, plain: Engine) -> None:
    encoders, (use, e5) = models()
    told: list[tuple[str, int]] = []
    engine, making = meaningful(named(words_only), plain, lambda model, done, _of: told.append((model, done)), encoders)
    assert engine.meaning is not None
    assert "use" in engine.meaning.models
    assert engine.ask("群众满意吗").quotes
    assert making.done.wait(WAIT)
    assert engine.meaning.models == ("use", "e5")
    assert set(use.texts) - {"群众满意吗"} == set(e5.texts)
    assert {model for model, _ in told} == {"use", "e5"}


def test_a_later_start_makes_nothing(words_only: Settings, plain: Engine) -> None:
    settings = named(words_only)
    _, making = meaningful(settings, plain, encoders=models()[0])
    assert making.done.wait(WAIT)
    encoders, (use, e5) = models()
    engine, again = meaningful(settings, plain, encoders=encoders)
    assert engine.meaning is not None
    assert engine.meaning.models == ("use", "e5")
    assert again.done.wait(WAIT)
    assert use.texts + e5.texts == ["", ""]  # each is loaded, which the first question need not wait for


def test_models_that_are_not_named_are_not_asked(words_only: Settings, plain: Engine) -> None:
    encoders, (use, e5) = models()
    assert meaningful(words_only, plain, encoders=encoders)[0] is plain
    fast = replace(words_only, behaviour=replace(words_only.behaviour, meaning=("use",)))
    engine, making = meaningful(fast, plain, encoders=encoders)
    assert making.done.wait(WAIT)
    assert engine.meaning is not None
    assert engine.meaning.models == ("use",)
    assert use.texts
    assert not e5.texts


def test_speeches_with_asks_make_nothing(settings: Settings) -> None:
    library = open_library(settings)
    assert library.engine.meaning is None
    assert library.making is not None
    assert library.making.done.is_set()


def test_a_model_that_fails_leaves_the_others(words_only: Settings, plain: Engine, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Characters:
        raise OSError("no such library")

    use, failing = character_encoder("use")[0], Encoder("e5", "1", 384, broken)
    with caplog.at_level(logging.ERROR):
        engine, making = meaningful(named(words_only), plain, encoders=(use, failing))
        assert making.done.wait(WAIT)
    assert "no such library" in caplog.text
    assert engine.meaning is not None
    assert engine.meaning.models == ("use",)
    assert engine.ask("群众满意吗").quotes


def test_the_answers_of_a_start_and_of_a_later_one_are_the_same(words_only: Settings, folder: Path) -> None:
    settings = named(words_only)
    encoders = models()[0]
    first, making = meaningful(settings, open_library(words_only, folder).engine, encoders=encoders)
    assert making.done.wait(WAIT)
    second, _ = meaningful(settings, open_library(words_only, folder).engine, encoders=encoders)
    for question in ("第3项工作怎么落实", "群众满意吗", "满意"):
        assert first.ask(question).quotes == second.ask(question).quotes


def test_the_models_that_read_asks_are_those_that_are_looked_for() -> None:
    assert {model.name: model.module for model in MODELS_OF_MEANING} == ASK_READERS
    assert ASK_WEIGHINGS.keys() == ASK_READERS.keys()


def test_asks_of_own_speeches_are_read_only_by_a_model_that_is_named(words_only: Settings) -> None:
    assert not reads_asks(words_only)
    assert reads_asks(named(words_only)) is any(map(find_spec, ASK_READERS.values()))
