"""The index of a large collection follows its files: new and changed ones in, others out, whatever was done when it was stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.library.large_build import BuildProgress, build_index, only_writer
from retrieval import CorpusError, damaged_vectors, files_of, make_meaning, opened_segments, passages_with_vectors, read_manifest
from tests.kit.encoders import character_encoder
from tests.kit.small_speeches import written

pytestmark = pytest.mark.slow


TEXTS = {
    "a/one.txt": "同志们：\n劳动是一切幸福的源泉。\n",
    "a/two.txt": "创新是第一动力，人才是第一资源。\n",
    "three.txt": "工会要维护职工的合法权益。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "texts", TEXTS)


def built(index: Path, *paths: Path, at_once: int = 1 << 20) -> BuildProgress:
    return build_index(index, paths, lambda _: None, 1, at_once=at_once)


def numbers(index: Path) -> dict[str, tuple[int, ...]]:
    return {name: kept.numbers for name, kept in files_of(index, read_manifest(index)).items()}


def test_every_text_below_a_folder_is_indexed_once(tmp_path: Path, folder: Path) -> None:
    assert built(tmp_path / "index", folder).files == 3
    assert numbers(tmp_path / "index") == {"a/one.txt": (1,), "a/two.txt": (2,), "three.txt": (3,)}
    assert built(tmp_path / "index", folder).files == 0
    assert len(read_manifest(tmp_path / "index").segments) == 1


def test_what_changed_is_read_again_under_its_number_and_what_is_gone_goes(tmp_path: Path, folder: Path) -> None:
    built(tmp_path / "index", folder)
    (folder / "a" / "two.txt").write_text("改革是第一动力，人才是第一资源。科技强国。\n", encoding="utf-8")
    (folder / "a" / "one.txt").unlink()
    (folder / "new.txt").write_text("安全生产责任重于泰山。\n", encoding="utf-8")
    assert built(tmp_path / "index", folder).files == 2
    assert numbers(tmp_path / "index") == {"a/two.txt": (2,), "three.txt": (3,), "new.txt": (4,)}


def test_a_single_file_is_added_and_takes_nothing_away(tmp_path: Path, folder: Path) -> None:
    built(tmp_path / "index", folder)
    one = tmp_path / "one more.txt"
    shutil.copy(folder / "three.txt", one)
    built(tmp_path / "index", one)
    assert set(numbers(tmp_path / "index")) == {*TEXTS, "one more.txt"}
    built(tmp_path / "index", folder)
    assert set(numbers(tmp_path / "index")) == {*TEXTS, "one more.txt"}


def test_many_pieces_are_one_collection(tmp_path: Path, folder: Path) -> None:
    built(tmp_path / "index", folder, at_once=1)
    assert [entry.numbers for entry in read_manifest(tmp_path / "index").segments] == [(1, 2, 3)]


def test_what_was_done_when_it_was_stopped_stays(tmp_path: Path, folder: Path) -> None:
    def stop(progress: BuildProgress) -> None:
        if progress.files == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path / "index", [folder], stop, 1, at_once=1)
    assert set(numbers(tmp_path / "index")) == {"a/one.txt", "a/two.txt"}
    assert built(tmp_path / "index", folder).files == 1
    assert set(numbers(tmp_path / "index")) == set(TEXTS)


def test_left_over_folders_are_swept(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "index" / "segments" / "000009").mkdir(parents=True)
    (tmp_path / "index" / "fresh" / "7-0").mkdir(parents=True)
    built(tmp_path / "index", folder)
    assert [path.name for path in (tmp_path / "index" / "segments").iterdir()] == ["000001"]
    assert not (tmp_path / "index" / "fresh" / "7-0").exists()


def test_unreadable_files_are_named_and_the_others_indexed(tmp_path: Path, folder: Path) -> None:
    (folder / "gbk.txt").write_bytes("第一行\n劳动".encode() + "光荣".encode("gb18030"))
    (folder / "nul.txt").write_text("劳动\n光\0荣", encoding="utf-8")
    (folder / "blank.txt").write_text(" \n", encoding="utf-8")
    problems = built(tmp_path / "index", folder).problems
    assert [problem.split(" is not ")[0].split(" a NUL")[0] for problem in sorted(problems)] == [
        "blank.txt: has no printed character; remove it or fill it",
        "gbk.txt: line 2",
        "nul.txt: line 2 has",
    ]
    assert {name for name, of in numbers(tmp_path / "index").items() if of} == set(TEXTS)
    assert built(tmp_path / "index", folder).problems == []


def test_a_piece_without_a_word_is_joined_as_the_others(tmp_path: Path, folder: Path) -> None:
    (folder / "blank.txt").write_text("\n", encoding="utf-8")
    built(tmp_path / "index", folder, at_once=1)
    assert [entry.passages for entry in read_manifest(tmp_path / "index").segments] == [3]


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere: there is no such file or folder"):
        built(tmp_path / "index", tmp_path / "nowhere")


def test_one_process_writes_at_a_time(tmp_path: Path, folder: Path) -> None:
    with only_writer(tmp_path / "index"), pytest.raises(CorpusError, match="another process is building this index"):
        built(tmp_path / "index", folder)
    assert built(tmp_path / "index", folder).files == 3


def test_vectors_are_made_at_last_and_told(tmp_path: Path, folder: Path) -> None:
    encoder, made_of = character_encoder("use")
    told: list[tuple[str, int]] = []

    def build() -> None:
        build_index(
            tmp_path / "index",
            [folder],
            lambda progress: told.append((progress.doing, progress.meant)),
            1,
            meaning=lambda index, manifest, made: make_meaning(index, manifest, [encoder], made),
        )

    build()
    manifest, segments = opened_segments(tmp_path / "index")
    assert told[-1] == ("meaning", 3)
    assert passages_with_vectors(manifest, segments) == {"use": 3}
    assert damaged_vectors(segments[0]) == []
    (folder / "new.txt").write_text("安全生产责任重于泰山。\n", encoding="utf-8")
    build()
    assert passages_with_vectors(*opened_segments(tmp_path / "index")) == {"use": 4}
    assert len([text for text in made_of.texts if text]) == 4


def test_a_damaged_vector_is_named(tmp_path: Path, folder: Path) -> None:
    encoder, _ = character_encoder("use")
    built(tmp_path / "index", folder)
    make_meaning(tmp_path / "index", read_manifest(tmp_path / "index"), [encoder], lambda _model, _done: None)
    (segment,) = opened_segments(tmp_path / "index")[1]
    raw = bytearray((segment.columns.folder / "use" / "bytes.bin").read_bytes())
    raw[3] ^= 1
    (segment.columns.folder / "use" / "bytes.bin").write_bytes(raw)
    assert damaged_vectors(segment) == ["use/bytes"]
