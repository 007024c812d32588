"""Everyday runs try few examples of each property, always the same; HYPOTHESIS_PROFILE=thorough tries many, and new ones each time."""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest
from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `bot.__main__` does, and as early

settings.register_profile("everyday", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

# Modules, tests and engines stay; to look through them for garbage as often as usual took a fifth of collecting and a tenth of the tests.
gc.set_threshold(100_000, 50, 1_000)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it for garbage then takes half a second of each process."""
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as processors, for many tests wait for a bot: with three on two 49 s instead of 57."""
    return (os.cpu_count() or 1) * 3 // 2 or 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.kit.schedule import ByFile

    return ByFile(config, log)
