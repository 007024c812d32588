"""Everyday runs try few examples of each property; HYPOTHESIS_PROFILE=thorough tries many."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `bot.__main__` does, and as early

settings.register_profile("everyday", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as processors, for many tests wait for a bot: with three on two 49 s instead of 57."""
    return (os.cpu_count() or 1) * 3 // 2 or 1
