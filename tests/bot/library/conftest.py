"""A state of its own for each test, beside one short bundled speech."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library.brought import brought
from bot.library.shelf import Shelf
from bot.settings.config import Settings
from retrieval import Entry
from tests.kit.small_speeches import small_settings


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a state in which nothing was brought in yet."""
    return small_settings(settings, tmp_path)


@pytest.fixture
def shelf(empty: Settings) -> Shelf:
    return Shelf(empty)


def put(shelf: Shelf, text: str, name: str = "稿.txt", collection: str = "own") -> tuple[Entry, ...]:
    """Bring a text in."""
    return shelf.put_in(brought(text.encode(), name), text.encode(), collection)
