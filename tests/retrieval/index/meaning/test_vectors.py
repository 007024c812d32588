"""Vectors in bytes say nearly what the vectors themselves say, and a file gives back what it was given or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import kept_already, made, vector_file
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.asked_vectors import AskedVectors, owners_of
from retrieval.index.meaning.vector_file import TextVectors, VectorFile, digests_of
from retrieval.index.meaning.vectors import SHRUNK, Vectors, joined, rounded
from tests.kit.encoders import character_encoder

TEXTS = ("劳动光荣。", "工会要维护职工的权益。", "学习是一辈子的事。", "", "劳动光荣。")


def unit_rows(rows: int, width: int, seed: int) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(rows, width)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def go_on(_done: int, _total: int) -> bool:
    return True


@given(st.integers(1, 60), st.integers(2, 40), st.integers(0, 99))
def test_bytes_are_off_by_a_hundredth_at_the_most(rows: int, width: int, seed: int) -> None:
    vectors, mean = unit_rows(rows, width, seed), unit_rows(1, width, seed + 1)[0] / 2
    bytes_ = rounded(vectors, mean)
    back = bytes_.bytes * bytes_.scales[:, None] + mean
    assert np.abs(back - vectors).max() <= np.abs(vectors - mean).max() / 250


@given(st.integers(1, 60), st.integers(8, 40), st.integers(0, 99))
def test_both_cosines_are_those_of_the_vectors(rows: int, width: int, seed: int) -> None:
    vectors, mean, (centred, raw) = unit_rows(rows, width, seed), unit_rows(1, width, seed + 1)[0] / 2, unit_rows(2, width, seed + 2)
    apart, as_they_are = Vectors(rounded(vectors, mean), mean).compared(centred, raw)
    own = (vectors.sum(0) + SHRUNK * mean) / (rows + SHRUNK)
    away = vectors - own
    assert as_they_are == pytest.approx(vectors @ raw, abs=0.02)
    assert apart == pytest.approx(away @ centred / np.linalg.norm(away, axis=1), abs=0.05)


def test_no_passages_have_nothing_in_common_with_a_question() -> None:
    apart, raw = Vectors(joined([], 8), np.zeros(8, np.float32)).compared(*unit_rows(2, 8, 1))
    assert (len(apart), len(raw)) == (0, 0)


def test_a_text_is_encoded_once_wherever_it_stands(tmp_path: Path) -> None:
    encoder, characters = character_encoder("use")
    file = vector_file(encoder, tmp_path)
    first = made(encoder, TEXTS, file, go_on)
    assert sorted(characters.texts) == sorted(set(TEXTS))
    again = made(encoder, [*reversed(TEXTS), "新的一句。"], file, go_on)
    assert characters.texts[len(set(TEXTS)) :] == ["新的一句。"]
    assert first is not None
    assert again is not None
    assert (again.bytes[:-1] == first.bytes[::-1]).all()
    kept = kept_already(TEXTS, file)
    assert kept is not None
    assert (kept.bytes == first.bytes).all()
    assert (kept.scales == first.scales).all()


def test_what_is_not_all_there_is_not_taken(tmp_path: Path) -> None:
    encoder, _ = character_encoder("e5")
    file = vector_file(encoder, tmp_path)
    assert kept_already(TEXTS, file) is None
    made(encoder, TEXTS[:2], file, go_on)
    assert kept_already(TEXTS, file) is None
    assert kept_already(TEXTS[:1], file) is not None


def test_a_stop_keeps_what_is_made(tmp_path: Path) -> None:
    encoder, characters = character_encoder("use")
    file, texts = vector_file(encoder, tmp_path), [f"第{number}句。" for number in range(70)]
    assert made(encoder, texts, file, lambda done, _total: done < 40) is None
    begun = len(characters.texts)
    assert 0 < begun < len(texts)
    assert made(encoder, texts, file, go_on) is not None
    assert len(characters.texts) == len(texts)


def test_another_version_of_a_model_makes_its_own(tmp_path: Path) -> None:
    old, _ = character_encoder("use", "1")
    made(old, TEXTS, vector_file(old, tmp_path), go_on)
    new, characters = character_encoder("use", "2")
    assert made(new, TEXTS, vector_file(new, tmp_path), go_on) is not None
    assert len(characters.texts) == len(set(TEXTS))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda raw: raw[:-9],
    "altered": lambda raw: raw[:200] + b"!" + raw[201:],
    "empty": lambda _: b"",
    "another": lambda _: b"no file of ours",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: str) -> None:
    encoder, characters = character_encoder("use")
    file = vector_file(encoder, tmp_path)
    made(encoder, TEXTS, file, go_on)
    file.path.write_bytes(DAMAGES[damage](file.path.read_bytes()))
    assert len(file.read().digests) == 0
    assert made(encoder, TEXTS, file, go_on) is not None
    assert len(characters.texts) == 2 * len(set(TEXTS))


def test_arrays_that_do_not_fit_each_other_are_nothing(tmp_path: Path) -> None:
    vectors = rounded(unit_rows(3, 8, 1), np.zeros(8, np.float32))
    file = VectorFile(tmp_path / "a.vectors", "key", 8)
    file.write(TextVectors(digests_of(["a", "b"]), vectors))
    assert len(file.read().digests) == 0
    file.write(TextVectors(digests_of(["a", "b", "c"]), vectors))
    assert len(file.read().digests) == 3
    assert len(replace(file, key="other").read().digests) == 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    encoder, _ = character_encoder("use")
    (tmp_path / "no folder").write_text("")
    assert made(encoder, TEXTS, vector_file(encoder, tmp_path / "no folder"), go_on) is not None


def test_of_too_many_the_new_ones_stay() -> None:
    def kept(first: int) -> TextVectors:
        digests = np.sort(digests_of([str(number) for number in range(first, first + 5)]))
        return TextVectors(digests, rounded(unit_rows(5, 4, first), np.zeros(4, np.float32)))

    old, new = kept(0), kept(10)
    both = old.with_more(new.digests, new.vectors, most=7)
    assert len(both.digests) == 7
    assert len(both.missing(new.digests)) == 0
    assert (both.of(new.digests).bytes == new.vectors.bytes).all()
    assert (np.diff(both.digests.astype(object)) > 0).all()


def test_the_adapter_brings_questions_nearer_and_keeps_their_length() -> None:
    for model, width in (("use", 512), ("e5", 384)):
        turned = adapter_of(model).turned(unit_rows(1, width, 3)[0])
        assert turned.shape == (width,)
        assert float(np.linalg.norm(turned)) == pytest.approx(1, abs=1e-5)


def test_a_passage_is_as_near_as_its_two_nearest_questions() -> None:
    directions = np.eye(5, 512, dtype=np.float32)
    questions = np.stack([directions[0], directions[0], directions[0], directions[0], directions[1], directions[2]])
    vectors = Vectors(rounded(questions, np.zeros(512, np.float32)), np.zeros(512, np.float32))
    near = AskedVectors(vectors, owners_of([["a"] * 3, ["a", "b"], [], ["c"]]), 4).likeness(directions[0], directions[0])
    assert near.argmax() == 0
    assert near[1] > near[3] == pytest.approx(near[2], abs=1e-3)


def test_the_nearest_of_two_corpora_compare() -> None:
    rows, question, mean = unit_rows(30, 512, 1), unit_rows(1, 512, 2)[0], np.full(512, 0.01, np.float32)
    apart = rows - mean
    expected = float((apart @ question / np.linalg.norm(apart, axis=1)).max())
    for some in (slice(0, 30), slice(0, 3)):  # whatever else is there: a corpus' own mean, which the other has not, is left
        found = Vectors(rounded(rows[some], mean), mean).nearest(question)
        exact = float((apart[some] @ question / np.linalg.norm(apart[some], axis=1)).max())
        assert found == pytest.approx(exact, abs=2e-3)
        assert found <= expected + 2e-3
    assert Vectors(rounded(np.zeros((0, 512), np.float32), mean), mean).nearest(question) == -1


@given(st.lists(st.integers(0, 4), max_size=6))
def test_every_question_has_its_passage(counts: list[int]) -> None:
    asked = [["?"] * count for count in counts]
    assert owners_of(asked).tolist() == [number for number, count in enumerate(counts) for _ in range(count)]
