"""Folders of a person's programs, as each platform has them, and the one of an earlier version."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.settings.folders import cache_folder, data_folder, user_caches, user_data


@pytest.mark.parametrize(
    ("platform", "environ", "data", "caches"),
    [
        ("linux", {}, "/home/one/.local/share", "/home/one/.cache"),
        ("linux", {"XDG_CACHE_HOME": "/var/caches"}, "/home/one/.local/share", "/var/caches"),
        ("linux", {"XDG_DATA_HOME": "/var/data", "XDG_CACHE_HOME": "relative"}, "/var/data", "/home/one/.cache"),
        ("darwin", {"XDG_CACHE_HOME": "/var/caches"}, "/home/one/Library/Application Support", "/home/one/Library/Caches"),
        ("win32", {"LOCALAPPDATA": "/C/Local"}, "/C/Local", "/C/Local"),
        ("win32", {}, "/home/one/AppData/Local", "/home/one/AppData/Local"),
    ],
)
def test_the_folders_are_the_platforms(
    monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], data: str, caches: str
) -> None:
    monkeypatch.setenv("HOME", "/home/one")
    monkeypatch.setattr(sys, "platform", platform)
    assert user_data(environ) == Path(data)
    assert user_caches(environ) == Path(caches)


def test_the_folder_of_an_earlier_version_is_used_where_it_holds_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "state").mkdir()
    assert data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/speech-quotes-bot")
    (tmp_path / "state" / "bot.db").touch()
    assert data_folder({"XDG_DATA_HOME": "/data"}) == Path("state")


def test_a_named_folder_holds_state_and_cache() -> None:
    assert data_folder({"BOT_DATA_DIR": "elsewhere"}) == Path("elsewhere")
    assert cache_folder({"BOT_DATA_DIR": "elsewhere"}) == Path("elsewhere/cache")
