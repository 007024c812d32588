"""The exact text of the real speeches, built once."""

from __future__ import annotations

import pytest

from retrieval import Corpus, ExactText


@pytest.fixture(scope="session")
def exact(corpus: Corpus) -> ExactText:
    return ExactText(corpus)
