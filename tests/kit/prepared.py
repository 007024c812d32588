"""What takes long to make, made once for everything that a run of the tests starts: whoever comes first makes it, the others wait."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot.library.large_build import build_index
from bot.settings import config
from bot.settings.config import Settings
from bot.settings.large_library import encoders_of
from bot.settings.library import open_library
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.opened_segments import opened_segments

KEPT = config.HERE / ".pytest_cache" / "prepared"  # as an earlier run built it, under a key of all that it is built of


def prepared(folders: pytest.TempPathFactory) -> Settings:
    """Settings with the index of the speeches, and the files of models, in their cache."""
    with _turn(folders, "state") as state:
        settings = config.read({"BOT_DATA_DIR": str(state), "PATH": os.environ["PATH"]})
        if KEPT.is_dir() and not settings.cache_dir.exists():
            shutil.copytree(KEPT, settings.cache_dir)
        open_library(settings)
        for encoder in encoders_of(settings):
            if encoder.file and not encoder.file.exists():
                encoder.question("")
        if not KEPT.is_dir() or {*map(_name, KEPT.iterdir())} != {*map(_name, settings.cache_dir.iterdir())}:
            shutil.rmtree(KEPT, ignore_errors=True)
            shutil.copytree(settings.cache_dir, KEPT)
    return settings


def _name(path: Path) -> str:
    return path.name


@contextmanager
def _turn(folders: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A folder that all processes of a run share, one after the other."""
    folder = folders.getbasetemp().parent / name
    folder.mkdir(exist_ok=True)
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield folder


def started_before(settings: Settings, state: Path) -> Path:
    """The folder of a bot that has the index of its first start, and nothing else."""
    shutil.copytree(settings.cache_dir, state / "cache", copy_function=os.link)
    return state


def with_models_of(settings: Settings, cache: Path) -> Path:
    """The folder of a cache, with the files of models that another has: to write one takes a second of a processor."""
    cache.mkdir(parents=True, exist_ok=True)
    for file in settings.cache_dir.glob("*.model"):
        with suppress(FileExistsError):
            os.link(file, cache / file.name)
    return cache


def compile_search(folders: pytest.TempPathFactory) -> None:
    """The search of large collections, compiled once for everything that a run starts: ten seconds of a processor."""
    with _turn(folders, "compiling") as folder:
        text, index = folder / "one.txt", folder / "index"
        text.write_text("劳动光荣。\n", encoding="utf-8")
        build_index(index, [text], lambda _: None, 1)
        CollectionIndex(opened_segments(index)[1]).search({"c劳": 1.0}, 1)
