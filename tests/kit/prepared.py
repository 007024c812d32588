"""The index of the speeches, built once for everything that a run of the tests starts."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from bot.settings import config
from bot.settings.config import Settings
from bot.settings.library import open_library


def prepared(folders: pytest.TempPathFactory) -> Settings:
    """Settings with the index in their cache: whoever comes first builds it, the others wait until it is there."""
    state = folders.getbasetemp().parent / "state"
    state.mkdir(exist_ok=True)
    settings = config.read({"BOT_DATA_DIR": str(state), "PATH": os.environ["PATH"]})
    with (state / "building").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        open_library(settings)
    return settings


def started_before(settings: Settings, state: Path) -> Path:
    """The folder of a bot that has the index of its first start, and nothing else."""
    shutil.copytree(settings.cache_dir, state / "cache", copy_function=os.link)
    return state
