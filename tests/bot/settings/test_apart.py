"""What a process of its own has done, and what it could not do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import library
from bot.settings.apart import done_apart
from bot.settings.config import Settings
from bot.settings.library import open_library
from tests.kit.small_seeds import small_seeds


def leave_number(path: Path) -> None:
    path.write_text(str(os.getpid()), encoding="utf-8")


def die() -> None:
    os._exit(3)


def test_it_is_done_by_another_process(tmp_path: Path) -> None:
    assert done_apart(leave_number, tmp_path / "number")
    assert int((tmp_path / "number").read_text(encoding="utf-8")) != os.getpid()


def test_who_waits_is_told_that_it_could_not_be_done(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert not done_apart(leave_number, tmp_path / "missing" / "number")
    assert not done_apart(die)
    assert capfd.readouterr() == ("", "")


def test_a_large_index_is_built_so_and_says_the_same(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, told = small_seeds(settings, tmp_path), list[str]()
    here = open_library(small)
    for path in small.cache_dir.iterdir():
        path.unlink()
    monkeypatch.setattr(library, "APART", 0)
    monkeypatch.setattr(library, "_read", lambda *_: pytest.fail("built here"))
    apart = open_library(small, building=lambda: told.append("building"))
    assert apart.engine.ask("责任落实到哪里") == here.engine.ask("责任落实到哪里")
    assert (apart.corpus, apart.shareable, told) == (here.corpus, here.shareable, ["building"])


def test_what_cannot_be_built_so_is_built_here(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = small_seeds(settings, tmp_path)
    monkeypatch.setattr(library, "APART", 0)
    monkeypatch.setattr(library, "done_apart", lambda *_: False)
    assert open_library(small).engine.ask("责任落实到哪里").quotes
