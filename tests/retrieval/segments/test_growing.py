"""A collection grows and shrinks by whole files, and what it says of those that stay does not change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval import Judge, Segmenter
from retrieval.answer.large_engine import LargeEngine, open_collection
from retrieval.errors import IndexUnavailable
from retrieval.segments.columns import Columns
from retrieval.segments.growing import FAN, files_of, joined_in, take_in, take_out, to_finish, to_join
from retrieval.segments.manifest import SEGMENTS, Manifest, SegmentEntry, read_manifest, swept, write_manifest
from retrieval.segments.segment_writer import write_segment
from retrieval.speeches.asks import Unanswered
from tests.kit.table import each_row
from tests.retrieval.conftest import words
from tests.retrieval.segments.conftest import collected

pytestmark = pytest.mark.slow


TEXTS = {
    "one.txt": "同志们：\n一、劳动创造幸福\n劳动是一切幸福的源泉，奋斗成就梦想。要尊重劳动。\n谢谢大家。",
    "two.txt": "同志们：\n创新是第一动力，人才是第一资源。我们要培养工匠。",
    "three.txt": "工会要维护职工的合法权益，关心困难职工的生活。",
    "four.txt": "安全生产责任重于泰山，时刻不能放松。",
}


def opened(index: Path, judge: Judge) -> LargeEngine:
    return open_collection(index, words(), Unanswered(), judge, compiled=False)


def said(index: Path, judge: Judge) -> list[tuple[str, str]]:
    engine = opened(index, judge)
    return [(p.file, engine.corpus.text(p.file, p.span)) for p in engine.passages]


def found(index: Path, judge: Judge, question: str) -> list[str]:
    engine = opened(index, judge)
    hits = engine.scorer.ranked(engine.reader.understand(question)).hits
    return [engine.passages[hit.passage].file for hit in hits]


def test_each_file_is_taken_in_and_found(tmp_path: Path, some_judge: Judge) -> None:
    manifest = collected(tmp_path, TEXTS, 4)
    assert [entry.numbers for entry in manifest.segments] == [(1,), (2,), (3,), (4,)]
    assert found(tmp_path, some_judge, "怎么维护职工权益")[0] == "three.txt"
    assert set(files_of(tmp_path, manifest)) == set(TEXTS)


def test_what_was_removed_is_neither_found_nor_counted_among_the_speeches(tmp_path: Path, some_judge: Judge) -> None:
    manifest = collected(tmp_path, TEXTS, 2)
    take_out(tmp_path, manifest, [files_of(tmp_path, manifest)["one.txt"]])
    engine = opened(tmp_path, some_judge)
    assert engine.corpus.numbers == [2, 3, 4]
    assert "one.txt" not in engine.corpus.texts
    assert "one.txt" not in found(tmp_path, some_judge, "劳动创造幸福")
    assert engine.ask("劳动创造幸福").quotes == ()


def test_a_new_version_keeps_the_number_in_one_step(tmp_path: Path, some_judge: Judge) -> None:
    manifest = collected(tmp_path, TEXTS)
    kept = files_of(tmp_path, manifest)
    write_segment(tmp_path / "fresh", {"two.txt": "改革是第一动力。"}, {"two.txt": {}}, Segmenter())
    take_in(tmp_path, manifest, tmp_path / "fresh", {"two.txt": kept["two.txt"]})
    engine = opened(tmp_path, some_judge)
    assert engine.corpus.texts["two.txt"] == "改革是第一动力。"
    assert [engine.corpus.speech(2).speech.file, len(engine.corpus.speeches)] == ["two.txt", 4]


def test_joined_segments_are_those_of_all_texts_at_once(tmp_path: Path, some_judge: Judge, texts: dict[str, str]) -> None:
    apart = collected(tmp_path / "apart", texts, 4)
    collected(tmp_path / "whole", texts)
    joined = joined_in(tmp_path / "apart", apart, apart.segments)
    one, other = (Columns(tmp_path / name / SEGMENTS / part) for name, part in (("apart", joined.segments[0].name), ("whole", "000001")))
    # headings are kept by segment; trees hold other numbers; bounds are of other lengths
    beside = ("heading.", "passages.headed", "trees.", "lists.codes", "lists.tops")
    for file in (tmp_path / "whole" / SEGMENTS / "000001").glob("*.bin"):
        name = file.name.removesuffix(".bin")
        if not name.startswith(beside):
            assert np.array_equal(one[name], other[name]), name
    assert said(tmp_path / "apart", some_judge) == said(tmp_path / "whole", some_judge)
    assert one.damaged() == []


def test_joining_leaves_out_what_was_removed(tmp_path: Path, some_judge: Judge) -> None:
    manifest = collected(tmp_path, TEXTS, 2)
    manifest = take_out(tmp_path, manifest, [files_of(tmp_path, manifest)["two.txt"]])
    manifest = joined_in(tmp_path, manifest, manifest.segments)
    swept(tmp_path, manifest)
    assert [file for file, _ in said(tmp_path, some_judge)] == [name for name in _files(TEXTS) if name != "two.txt"]
    assert opened(tmp_path, some_judge).corpus.numbers == [1, 3, 4]
    assert "幸福的源泉" in opened(tmp_path, some_judge).ask("劳动创造幸福").quotes[0].text
    assert len(list((tmp_path / SEGMENTS).iterdir())) == 1
    assert "w创新" not in opened(tmp_path, some_judge).found.known


def _files(texts: dict[str, str]) -> list[str]:
    sizes = {"one.txt": 4, "two.txt": 2, "three.txt": 1, "four.txt": 1}
    return [name for name in texts for _ in range(sizes[name])]


@each_row(
    "sizes, joins",
    [
        ((100, 100, 100), ()),
        ((100, 100, 100, 100), (100, 100, 100, 100)),
        ((900_000, 1, 1, 1, 1), (1, 1, 1, 1)),
        ((900_000, 4, 1, 1), ()),
        ((900_000, 4, 1, 1, 1), (4, 1, 1, 1)),
        ((50, 50, 50, 50, 1), (50, 50, 50, 50)),
        ((4_000_000, 4_000_000, 4_000_000, 4_000_000), ()),
    ],
)
def test_segments_of_like_size_are_joined(sizes: tuple[int, ...], joins: tuple[int, ...]) -> None:
    manifest = Manifest(tuple(SegmentEntry(f"{n:06}", size, ()) for n, size in enumerate(sizes)))
    assert tuple(entry.passages for entry in to_join(manifest)) == joins
    assert FAN == 4


@each_row(
    "sizes, before, joins",
    [
        ((9_000, 100), 9_000, True),
        ((9_100,), 0, False),
        ((86_000, 6_000), 0, True),
        ((92_000, 100), 92_000, False),
        ((92_000, 20_000), 92_000, True),
        ((3_000_000, 2_000_000), 0, False),
    ],
)
def test_what_is_soon_joined_or_pays_is_joined_at_last(sizes: tuple[int, ...], before: int, joins: bool) -> None:
    manifest = Manifest(tuple(SegmentEntry(f"{n:06}", size, ()) for n, size in enumerate(sizes)))
    assert to_finish(manifest, before) == (manifest.segments if joins else ())


def test_a_reader_of_the_old_collection_goes_on_while_it_is_joined(tmp_path: Path, some_judge: Judge) -> None:
    manifest = collected(tmp_path, TEXTS, 4)
    before = opened(tmp_path, some_judge)
    swept(tmp_path, joined_in(tmp_path, manifest, manifest.segments))
    assert "权益" in before.ask("怎么维护职工权益").quotes[0].text


@pytest.mark.parametrize("harm", ["cut", "missing", "no header", "other words", "other version"])
def test_damaged_segments_are_named(tmp_path: Path, some_judge: Judge, harm: str) -> None:
    collected(tmp_path, TEXTS)
    folder = tmp_path / SEGMENTS / "000001"
    if harm == "cut":
        (folder / "own.packed.bin").write_bytes((folder / "own.packed.bin").read_bytes()[:-1])
    elif harm == "missing":
        (folder / "lists.codes.bin").unlink()
    elif harm == "no header":
        (folder / "columns.json").unlink()
    elif harm == "other words":
        (folder / "columns.json").write_text("[]")
    else:
        (folder / "columns.json").write_text((folder / "columns.json").read_text().replace('"format": 2', '"format": 1'))
    with pytest.raises(IndexUnavailable, match=r"000001.*build the index again"):
        opened(tmp_path, some_judge)


def test_a_changed_bit_is_told_when_all_is_read(tmp_path: Path) -> None:
    collected(tmp_path, TEXTS)
    columns = Columns(tmp_path / SEGMENTS / "000001")
    raw = bytearray((columns.folder / "own.packed.bin").read_bytes())
    raw[3] ^= 1
    (columns.folder / "own.packed.bin").write_bytes(raw)
    assert columns.damaged() == ["own.packed"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}', '{"version": 1, "made": 1, "segments": [{}], "values": {}}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(IndexUnavailable, match=r"manifest\.json.*build the index again"):
        read_manifest(tmp_path)


def test_the_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    manifest = Manifest((SegmentEntry("000003", 7, ((1, 2), (9, 1)), (0,)),), 3, {"judge": {"key": "k"}})
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert manifest.segments[0].numbers == (1, 2, 9)
    assert read_manifest(tmp_path / "nowhere") == Manifest()
