"""Speeches that are brought in: kept byte for byte, numbered for good, replaced and taken out; nothing is left half done."""

from __future__ import annotations

import hashlib
import multiprocessing
from pathlib import Path

import pytest
import yaml

from bot.library.brought import brought
from bot.library.shelf import AlreadyKept, NoSuchSpeech, NotKept, Shelf
from bot.library.text_change import text_change
from bot.settings.collection import collections_folder
from bot.settings.config import Settings
from bot.settings.library import open_library
from bot.settings.materials import gather, keep_calibrated
from tests.bot.library.conftest import put
from tests.kit.made_documents import LINES, pdf_of

pytestmark = pytest.mark.slow  # every document is read by a process of its own

ONE = "\n".join(LINES) + "\n"
TWO = "在青年大会上的讲话\n\n（2019年5月4日　张家界）\n\n同志们：\n\n青年要敢闯敢试。\n"


def test_text_original_and_entry_are_kept(shelf: Shelf, empty: Settings) -> None:
    raw = pdf_of([LINES, ["第二页的话。"]])
    (entry,) = shelf.put_in(brought(raw, "讲 话.pdf"), raw)
    (kept,) = shelf.kept()
    assert shelf.original(kept) == raw
    assert entry.sha256 == hashlib.sha256(raw).hexdigest()
    assert kept.entry.title == LINES[0]
    assert kept.entry.number == 2
    assert kept.entry.page(kept.text.index(LINES[0])) == 1
    assert kept.entry.page(kept.text.index("第二页")) == 2
    assert gather(empty)[1] == []


def test_what_the_text_says_of_itself_is_entered_and_can_be_corrected_by_hand(shelf: Shelf, empty: Settings) -> None:
    put(shelf, TWO)
    manifest = collections_folder(empty.data_dir) / "own" / "speeches.yaml"
    (row,) = yaml.safe_load(manifest.read_text("utf-8"))
    assert (row["title"], row["date"], row["year"], row["place"]) == ("在青年大会上的讲话", "2019-05-04", 2019, "张家界")
    manifest.write_text(manifest.read_text("utf-8").replace("place: 张家界", "place: 武陵源\n  aliases: [青年那篇]"), "utf-8")
    materials, problems = gather(empty)
    assert problems == []
    assert materials is not None
    assert materials.corpus.speech(2).entry.place == "武陵源"
    assert materials.corpus.speech(2).entry.aliases == ("青年那篇",)


def test_a_year_in_the_name_of_the_file_counts_where_the_text_has_no_title(shelf: Shelf) -> None:
    (entry,) = put(shelf, "各位代表：\n\n我代表政府作报告。\n", "1998年政府工作报告.txt")
    assert (entry.title, entry.year, entry.year_basis) == ("1998年政府工作报告", 1998, "1998年")


def test_the_bundled_speeches_stay_as_they_are_and_the_new_one_is_asked(shelf: Shelf, empty: Settings) -> None:
    keep_calibrated(empty, open_library(empty).engine)
    before = open_library(empty)
    put(shelf, TWO)
    after = open_library(empty)
    assert [n.number for n in after.corpus.speeches] == [1, 2]
    assert after.fingerprint != before.fingerprint
    assert after.corpus.speeches[:1] == before.corpus.speeches
    (first, *_) = after.engine.ask("“青年要敢闯敢试”在哪篇").quotes
    assert (first.text, first.source.file) == ("青年要敢闯敢试。", "own/在青年大会上的讲话.txt")
    assert after.engine.judge == before.engine.judge


def test_a_number_is_never_given_twice(shelf: Shelf) -> None:
    put(shelf, ONE)
    put(shelf, TWO)
    shelf.take_out(3)
    (entry,) = put(shelf, TWO)
    assert entry.number == 4


def test_the_same_text_is_kept_once(shelf: Shelf) -> None:
    put(shelf, ONE)
    with pytest.raises(AlreadyKept) as caught:
        put(shelf, ONE, "另一个名字.txt")
    assert caught.value.number == 2
    assert len(shelf.kept()) == 1


def test_several_speeches_of_a_document_share_their_original(shelf: Shelf, empty: Settings) -> None:
    entries = put(shelf, f"{ONE}\n\n{TWO}")
    assert [entry.title for entry in entries] == ["在职工大会上的讲话", "在青年大会上的讲话"]
    originals = collections_folder(empty.data_dir) / "own" / "originals"
    assert len(list(originals.iterdir())) == 1
    shelf.take_out(2)
    assert len(list(originals.iterdir())) == 1
    shelf.take_out(3)
    assert list(originals.iterdir()) == []
    assert gather(empty)[1] == []


def test_a_new_version_keeps_number_title_and_aliases(shelf: Shelf, empty: Settings) -> None:
    put(shelf, ONE)
    shelf.correct(2, "title", "职工大会")
    changed = ONE.replace("春天种树", "秋天种树")
    before = shelf.put_in_place(2, brought(changed.encode(), "新.txt"), changed.encode())
    after = shelf.speech(2)
    assert (after.entry.title, after.entry.number) == ("职工大会", 2)
    assert text_change(before.text, after.text).added == ("秋天种树，秋天看林。",)
    assert gather(empty)[1] == []
    assert len(list((collections_folder(empty.data_dir) / "own" / "originals").iterdir())) == 1


def test_several_speeches_cannot_take_the_place_of_one(shelf: Shelf) -> None:
    put(shelf, ONE)
    with pytest.raises(NotKept, match="2 speeches"):
        shelf.put_in_place(2, brought(f"{ONE}\n\n{TWO}x".encode(), "二.txt"), b"")


@pytest.mark.parametrize("number", [1, 3, 99])
def test_only_what_was_brought_in_can_be_taken_out(shelf: Shelf, number: int) -> None:
    put(shelf, ONE)
    with pytest.raises(NoSuchSpeech, match="there is 2"):
        shelf.take_out(number)


@pytest.mark.parametrize("name", ["", "../x", "Own", "a b", "x" * 40])
def test_a_collection_has_a_safe_name(shelf: Shelf, name: str) -> None:
    with pytest.raises(NotKept, match="no name of a collection"):
        put(shelf, ONE, collection=name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c.txt", "", "\x00.txt", "。" * 300 + ".txt", "CON.txt", "-rf"])
def test_names_lead_nowhere_else(shelf: Shelf, empty: Settings, name: str) -> None:
    put(shelf, ONE, name)
    inside = [path for path in empty.data_dir.rglob("*") if path.is_file()]
    assert all(len(path.name.encode()) < 255 for path in inside)
    assert {path.name for path in empty.data_dir.parent.iterdir()} == {"config", "seeds", "state"}


def test_a_text_without_an_entry_is_no_speech(shelf: Shelf, empty: Settings) -> None:
    """As a crash between text and entry leaves it."""
    put(shelf, ONE)
    (collections_folder(empty.data_dir) / "own" / "texts" / "half.txt").write_text("一半", "utf-8")
    materials, problems = gather(empty)
    assert problems == []
    assert materials is not None
    assert len(materials.corpus.speeches) == 2


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "texts" / "在职工大会上的讲话.txt").unlink(), "has no speech"),
        (lambda folder: next((folder / "originals").iterdir()).write_bytes(b"x"), "not what was brought"),
        (lambda folder: next((folder / "originals").iterdir()).unlink(), "missing"),
        (lambda folder: (folder / "speeches.yaml").write_text("- number: x\n", "utf-8"), "own/speeches.yaml: entry 1: number is 'x'"),
        (lambda folder: (folder / "speeches.yaml").write_text("- {number: 1, file: a.txt}\n", "utf-8"), "number 1 is given twice"),
    ],
)
def test_what_was_damaged_by_hand_is_told(shelf: Shelf, empty: Settings, damage: object, said: str) -> None:
    put(shelf, ONE)
    damage(collections_folder(empty.data_dir) / "own")  # type: ignore[operator]
    _, problems = gather(empty)
    assert said in "\n".join(problems)


def test_what_is_kept_belongs_to_its_owner_alone(shelf: Shelf, empty: Settings) -> None:
    put(shelf, ONE)
    kept = collections_folder(empty.data_dir)
    modes = {path: path.stat().st_mode & 0o777 for path in (kept, *kept.rglob("*"))}
    assert len(modes) > 4
    assert {path: oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def bring(settings: Settings, number: int) -> None:
    for _ in range(50):
        try:
            put(Shelf(settings), f"第{number}篇讲话\n\n同志们：\n\n第{number}句话。\n", f"{number}.txt")
            return
        except NotKept:
            continue


def test_several_processes_bring_speeches_in_at_once(shelf: Shelf, empty: Settings, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    works = [context.Process(target=bring, args=(empty, number)) for number in range(4)]
    for work in works:
        work.start()
    for work in works:
        work.join()
    assert sorted(kept.entry.number for kept in shelf.kept()) == [2, 3, 4, 5]
    assert tmp_path.exists()
