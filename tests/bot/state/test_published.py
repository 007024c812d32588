"""Published speeches: a version is whole before it is the current one, the one before stays, others go."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.state import published
from bot.state.published import PIECE
from bot.state.store import Store


def content_of(store: Store, version: str, name: str) -> bytes:
    with store.reading() as connection:
        return b"".join(published.pieces_of(connection, version, name))


def publish(store: Store, version: str, content: bytes, now: float) -> None:
    with store.quick() as connection:
        published.put(connection, version, {"a": content})
        published.make_current(connection, version, now)


def test_nothing_is_current_before_a_version_is(store: Store) -> None:
    with store.quick() as connection:
        assert published.current(connection) == ""
        published.put(connection, "one", {"a": b"1"})
        assert published.current(connection) == ""
        published.make_current(connection, "one", 1.0)
        assert published.current(connection) == "one"


def test_of_other_versions_the_last_one_stays(store: Store) -> None:
    for now, version in enumerate(("one", "two", "three")):
        publish(store, version, version.encode(), float(now))
    assert [content_of(store, version, "a") for version in ("one", "two", "three")] == [b"", b"two", b"three"]


def test_a_version_can_be_published_again(store: Store) -> None:
    for content in (b"longer than before", b"short"):
        publish(store, "one", content, 1.0)
    assert content_of(store, "one", "a") == b"short"


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1])
def test_what_is_large_comes_back_in_order(store: Store, tmp_path: Path, size: int) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    (tmp_path / "file").write_bytes(content[:size])
    with store.quick() as connection:
        published.put(connection, "one", {"f/file": tmp_path / "file", "as it is": content[:size]})
    assert content_of(store, "one", "f/file") == content_of(store, "one", "as it is") == content[:size]


def test_no_file_leads_out_of_its_folder(store: Store) -> None:
    with store.quick() as connection:
        published.put(connection, "one", {"../a": b"", "/a": b"", "b/../../a": b"", "b/a..b": b"", "texts/own/甲.txt": b""})
        assert published.names_of(connection, "one") == ("b/a..b", "texts/own/甲.txt")
