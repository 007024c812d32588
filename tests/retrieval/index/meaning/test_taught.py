"""A lesson is added to the weights that it belongs to, in memory, and vectors made without it are not taken for others."""

from __future__ import annotations

import base64
from collections.abc import Callable
from importlib.metadata import FileHash, PackageNotFoundError, PackagePath
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from retrieval import Encoder, installed, vector_file
from retrieval.index.meaning import encoders, taught
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.vector_file import digests_of
from retrieval.index.meaning.vectors import rounded
from tests.kit.encoders import character_encoder

SIZE = 71_622_400  # bytes of the weights
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TEXTS = ("住房改革要稳步推进，让职工住有所居。", "节约用水从每一个人做起。")


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A file as large as the weights, of zeros that take no room."""
    path = tmp_path / taught.WEIGHTS
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(SIZE)
    return path


Listing = Callable[..., None]


@pytest.fixture
def listed(weights: Path, monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Makes the package list its weights with a digest and a size."""

    def listing(digest: str | None = SHA256, size: int | None = SIZE) -> None:
        file = PackagePath(taught.WEIGHTS)
        listed = base64.urlsafe_b64encode(bytes.fromhex(digest or "")).decode().rstrip("=")
        file.hash, file.size = FileHash(f"sha256={listed}") if digest else None, size  # type: ignore[assignment]
        file.dist = SimpleNamespace(locate_file=lambda path: weights.parent.parent / path)  # type: ignore[assignment]
        monkeypatch.setattr(taught, "distribution", lambda _name: SimpleNamespace(files=[file]))

    return listing


def found() -> taught.Taught | None:
    return taught.taught.__wrapped__()


def test_the_weights_that_the_lesson_belongs_to_are_known_by_what_the_package_lists(listed: Listing, weights: Path) -> None:
    listed()
    lesson = found()
    assert lesson is not None
    assert lesson.weights == weights
    assert lesson.name.startswith("taught-")


@pytest.mark.parametrize("digest", ["00" + SHA256[2:], None])
def test_other_weights_stay_untaught(listed: Listing, digest: str | None) -> None:
    listed(digest)
    assert found() is None


def test_weights_of_another_size_than_listed_stay_untaught(listed: Listing, weights: Path) -> None:
    listed()
    weights.write_bytes(b"cut off")
    assert found() is None
    weights.unlink()
    assert found() is None


def test_without_the_package_there_is_nothing_to_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(taught, "distribution", absent)
    assert found() is None
    monkeypatch.setattr(taught, "distribution", lambda _name: SimpleNamespace(files=None))
    assert found() is None


def test_a_damaged_lesson_teaches_nothing(listed: Listing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed()
    monkeypatch.setattr(taught, "files", lambda _package: tmp_path)
    assert found() is None
    for content in (b"no archive", (Path(taught.__file__).parent / taught.LESSON).read_bytes()[:-1000]):
        (tmp_path / taught.LESSON).write_bytes(content)
        assert found() is None


def test_the_lesson_is_added_in_memory_and_the_file_stays_as_it_is(weights: Path) -> None:
    learned = np.load(Path(taught.__file__).parent / taught.LESSON)
    there = taught.taught_weights(weights)
    (first, count), (last, size) = learned["matrices"][0], learned["vectors"][-1]
    assert np.ndarray(int(count), "<i2", there, int(first), (18,)).tolist() == learned["steps"][:count].tolist()
    assert np.ndarray(int(size), "<f4", there, int(last)).tolist() == learned["changes"][-size:].tolist()
    assert there[first + 2 : first + 18] == bytes(16)  # the numbers of a block are those of the package
    with weights.open("rb") as file:
        file.seek(int(first))
        assert not any(file.read(SIZE - int(first)))


def test_vectors_of_the_untaught_model_are_not_those_of_the_taught_one(tmp_path: Path) -> None:
    untaught, knowing = character_encoder("e5", "0.3.0")[0], character_encoder("e5", "0.3.0+taught-01234567")[0]
    digests = np.sort(digests_of(TEXTS))
    kept = vector_file(untaught, tmp_path).read().with_more(digests, rounded(untaught.passages(TEXTS), adapter_of("e5").passage_mean))
    vector_file(untaught, tmp_path).write(kept)
    assert not len(vector_file(untaught, tmp_path).read().missing(digests))
    assert len(vector_file(knowing, tmp_path).read().missing(digests)) == len(TEXTS)


def test_only_e5_can_be_untaught() -> None:
    versions = {("e5", "0.4.0"): True, ("e5", "0.3.0+taught-01234567"): False, ("use", "0.2.1"): False}
    for (name, version), is_untaught in versions.items():
        assert character_encoder(name, version)[0].is_untaught is is_untaught


def real() -> Encoder:
    for encoder in installed():
        if encoder.name == "e5":
            return encoder
    pytest.skip("e5 is not installed")


@pytest.mark.slow
def test_the_installed_weights_are_those_that_were_taught() -> None:
    encoder = real()
    lesson = taught.taught()
    assert lesson is not None
    assert encoder.version.endswith(f"+{lesson.name}")
    assert not encoder.is_untaught


@pytest.mark.slow
def test_the_taught_model_is_near_to_the_untaught_and_another(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = real()
    knowing = np.stack([encoder.question(text) for text in TEXTS])
    monkeypatch.setattr(encoders, "taught", lambda: None)
    untaught = np.stack([encoder.load().question(text) for text in TEXTS])
    again = np.stack([encoder.question(text) for text in TEXTS])
    assert np.all((knowing * untaught).sum(1) > 0.9)
    assert np.all((knowing * untaught).sum(1) < 0.99)
    assert again.tolist() == knowing.tolist()
