"""A model's array in a file: the same numbers, written when it holds others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.index.meaning.mapped import mapped

ARRAY = np.arange(6000, dtype=np.uint8).reshape(-1, 8)
DAMAGED = {
    "nothing": b"",
    "too short": ARRAY.tobytes()[:-1],
    "too long": ARRAY.tobytes() + b"\0",
    "another number": b"\1" + ARRAY.tobytes()[1:],
}


@pytest.mark.parametrize("before", DAMAGED.values(), ids=DAMAGED)
def test_what_holds_other_numbers_is_written_again(before: bytes, tmp_path: Path) -> None:
    (tmp_path / "table").write_bytes(before)
    assert mapped(ARRAY, tmp_path / "table").tobytes() == ARRAY.tobytes()
    assert [path.name for path in tmp_path.iterdir()] == ["table"]


def test_what_holds_them_is_left_as_it_is(tmp_path: Path) -> None:
    found = mapped(ARRAY, tmp_path / "kept" / "table")
    written = (tmp_path / "kept" / "table").stat().st_mtime_ns
    again = mapped(ARRAY, tmp_path / "kept" / "table")
    assert (found.shape, again.tobytes()) == (ARRAY.shape, ARRAY.tobytes())
    assert (tmp_path / "kept" / "table").stat().st_mtime_ns == written


def test_a_place_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        mapped(ARRAY, tmp_path / "file" / "table")
