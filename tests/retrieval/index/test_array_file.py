"""What is stored comes back whole or not at all."""

from __future__ import annotations

import json
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.index.array_file import Stored, read_stored, write_stored

KEY = "0123456789abcdef"
ARRAYS = {"a.idf": np.arange(5, dtype=np.float32).data, "a.none": np.zeros(0, np.int32).data, "b": memoryview(b"xyz")}
STORED = Stored(ARRAYS, {"劳模": [1, 2]})
here = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "one.index"
    write_stored(found, KEY, STORED)
    return found


def test_arrays_and_values_come_back(path: Path) -> None:
    found = read_stored(path, KEY)
    assert found
    assert found.values == STORED.values
    assert {name: bytes(array) for name, array in found.arrays.items()} == {name: bytes(array) for name, array in STORED.arrays.items()}
    assert np.frombuffer(found.below("a")["idf"], np.float32).tolist() == [0, 1, 2, 3, 4]
    assert found.below("a").keys() == {"idf", "none"}
    assert [p.name for p in path.parent.iterdir()] == ["one.index"]


def test_another_key_finds_nothing(path: Path) -> None:
    assert read_stored(path, KEY[::-1]) is None


@here
@given(st.data())
def test_a_file_cut_short_or_garbled_anywhere_is_none(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    damaged = path.with_name("damaged")
    for content in (whole[:place], whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :], whole + bytes([other])):
        damaged.write_bytes(content)
        assert read_stored(damaged, KEY) is None


def sealed(header: bytes, length: int | None = None) -> bytes:
    """A file whose checksum is right, whatever its header says."""
    body = struct.pack("<Q", len(header) if length is None else length) + header
    return b"quotes01" + struct.pack("<I", zlib.crc32(body)) + body


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\x80\x04\x95" + bytes(90),  # a pickle
        sealed(b"{}"),
        sealed(b"[" * 100_000),
        sealed(b"\xff\xfe"),
        sealed(b"{}", length=2**63),
        sealed(json.dumps({"key": KEY}).encode()),
        sealed(json.dumps({"key": KEY, "values": {}, "size": 0, "arrays": {"a": 3}}).encode()),
        sealed(json.dumps({"key": KEY, "values": {}, "size": 0, "arrays": [1]}).encode()),
    ],
)
def test_files_of_somebody_else_are_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "theirs").write_bytes(content)
    assert read_stored(tmp_path / "theirs", KEY) is None


def test_no_file_and_a_folder_are_none(tmp_path: Path) -> None:
    assert read_stored(tmp_path / "missing", KEY) is None
    assert read_stored(tmp_path, KEY) is None


def test_writers_and_readers_at_once_see_whole_files(tmp_path: Path) -> None:
    path = tmp_path / "one.index"
    big = Stored({"a": np.zeros(300_000, np.int32).data}, {})

    def work(number: int) -> bool:
        if number % 2:
            write_stored(path, KEY, big if number % 3 else STORED)
        return read_stored(path, KEY) is not None

    write_stored(path, KEY, STORED)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(64)))
    assert [p.name for p in tmp_path.iterdir()] == ["one.index"]


def test_what_cannot_be_written_leaves_the_file_and_nothing_else(path: Path) -> None:
    before = path.read_bytes()
    (path.parent / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_stored(path.parent / "folder", KEY, STORED)
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} == {"one.index", "folder"}
