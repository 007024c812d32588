"""Speeches that were brought in are copied whole and put back whole; anything else that calls itself a copy is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bot.cli.copies import backup, put_back
from bot.library.collection_copy import BadCollectionCopy, back_up_collections, copy_beside, restore_collections
from bot.library.shelf import Shelf
from bot.settings.collection import collections_folder
from bot.settings.config import Settings
from bot.state.engines import exclusive
from bot.state.store import open_store
from bot.state.store_error import StoreError
from tests.bot.library.conftest import put
from tests.kit.made_documents import LINES

TEXT = "\n".join(LINES) + "\n"


def files(data_dir: Path) -> dict[str, bytes]:
    folder = collections_folder(data_dir)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".lock" not in path.name
    }


def test_everything_comes_back_and_what_was_there_is_kept(shelf: Shelf, empty: Settings, tmp_path: Path) -> None:
    put(shelf, TEXT)
    before, copy = files(empty.data_dir), tmp_path / "copy.zip"
    assert back_up_collections(empty.data_dir, copy) == len(before) > 2
    shelf.correct(2, "place", "咸阳")
    kept = restore_collections(empty.data_dir, copy)
    assert files(empty.data_dir) == before
    assert kept
    assert any(path.is_file() for path in kept.rglob("*"))
    assert Shelf(empty).speech(2).entry.place != "咸阳"


def test_without_speeches_there_is_no_copy(empty: Settings, tmp_path: Path) -> None:
    assert back_up_collections(empty.data_dir, tmp_path / "copy.zip") == 0
    assert not (tmp_path / "copy.zip").exists()


def archive(name: str, content: bytes = b"x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, content)
    return file.getvalue()


# Named by numbers: an archive has the time in it, and workers that were told apart by it would run nothing.
@pytest.mark.parametrize(
    "raw", [b"", b"PK", archive("../x"), archive("/etc/x"), archive("own\\..\\x"), archive("C:x"), archive("own/a")[:-30]], ids=range(7)
)
def test_what_is_no_copy_changes_nothing(shelf: Shelf, empty: Settings, tmp_path: Path, raw: bytes) -> None:
    put(shelf, TEXT)
    before, copy = files(empty.data_dir), tmp_path / "copy.zip"
    copy.write_bytes(raw)
    with pytest.raises(BadCollectionCopy):
        restore_collections(empty.data_dir, copy)
    assert files(empty.data_dir) == before


def test_while_somebody_changes_them_nothing_is_copied(shelf: Shelf, empty: Settings, tmp_path: Path) -> None:
    put(shelf, TEXT)
    unlock = exclusive(collections_folder(empty.data_dir) / "collections")
    try:
        with pytest.raises(StoreError):
            back_up_collections(empty.data_dir, tmp_path / "copy.zip")
    finally:
        unlock()


def test_the_commands_copy_both(shelf: Shelf, empty: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.cli.database import SCHEMAS

    put(shelf, TEXT)
    open_store(empty.database_url, SCHEMAS).close()
    assert backup(empty, tmp_path / "state.copy") == 0
    assert copy_beside(tmp_path / "state.copy").exists()
    text = shelf.take_out(2).text
    assert put_back(empty, tmp_path / "state.copy") == 0
    assert "speeches restored" in capsys.readouterr().out
    assert Shelf(empty).speech(2).text == text
