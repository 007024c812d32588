"""Everyday runs try few examples of each property; HYPOTHESIS_PROFILE=thorough, as in .ci/run, tries many."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("everyday", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
