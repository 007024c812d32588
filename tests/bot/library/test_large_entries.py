"""What is known of the speeches of a large collection: a speeches.yaml among the texts, and what they say themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library.large_build import build_index
from bot.library.large_entries import known_of
from retrieval import CorpusError, Entry, Speech, files_of, opened_segments, parse, read_manifest
from retrieval.segments.corpus_on_disk import CorpusOnDisk, SpeechDirectory
from retrieval.segments.register_on_disk import RegisterOnDisk
from tests.kit.small_speeches import written

pytestmark = pytest.mark.slow


DATED = "在某县劳模座谈会上的讲话\n（2015年4月29日）\n\n同志们：\n劳动创造幸福，奋斗成就梦想。\n"
TEXTS = {"one.txt": DATED, "sub/two.txt": "创新是第一动力。\n", "1998年的报告.txt": "同志们：\n工会要维护权益。\n"}
ENTRIES = """\
- {number: 7, file: one.txt, title: 五一的话, place: 咸阳, aliases: [春天那篇]}
- {number: 2, file: sub/two.txt, year: 2016, year_basis: 开局之年}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "texts", TEXTS)


def built(folder: Path, entries: str | None = None) -> tuple[int, list[str]]:
    if entries is not None:
        (folder / "speeches.yaml").write_text(entries, encoding="utf-8")
    progress = build_index(folder.parent / "index", [folder], lambda _: None, 1)
    return progress.files, progress.problems


def entries_of(folder: Path) -> dict[str, Entry]:
    manifest, segments = opened_segments(folder.parent / "index")
    directory = SpeechDirectory(manifest, segments)
    return {one.entry.file: one.entry for one in CorpusOnDisk(directory, "", RegisterOnDisk(directory)).speeches}


def only(text: str, name: str) -> Speech:
    (speech,) = parse(text, name)
    return speech


def test_what_texts_say_of_themselves_is_known_without_a_file(folder: Path) -> None:
    built(folder)
    found = entries_of(folder)
    assert (found["one.txt"].title, found["one.txt"].date, found["one.txt"].year) == ("在某县劳模座谈会上的讲话", "2015-04-29", 2015)
    assert (found["one.txt"].place, found["one.txt"].year_basis) == ("某县", "2015年4月29日")
    assert (found["1998年的报告.txt"].year, found["1998年的报告.txt"].title) == (1998, "1998年的报告")
    assert (found["sub/two.txt"].year, found["sub/two.txt"].place) == (0, "")


def test_what_a_file_says_goes_before_what_the_texts_say(folder: Path) -> None:
    assert built(folder, ENTRIES) == (3, [])
    found = entries_of(folder)
    assert (found["one.txt"].number, found["one.txt"].title, found["one.txt"].place) == (7, "五一的话", "咸阳")
    assert (found["one.txt"].date, found["one.txt"].aliases) == ("2015-04-29", ("春天那篇",))
    assert (found["sub/two.txt"].number, found["sub/two.txt"].year, found["sub/two.txt"].year_basis) == (2, 2016, "开局之年")


def test_another_year_takes_the_date_of_the_text_away() -> None:
    given = Entry(0, "one.txt", year=2014)
    known = known_of(DATED, only(DATED, "one.txt"), given)
    assert (known.year, known.date, known.year_basis) == (2014, "", "")
    assert known_of(DATED, only(DATED, "one.txt"), Entry(0, "one.txt", date="2013-05")).year == 2013


def test_only_what_is_said_otherwise_is_read_again(folder: Path) -> None:
    built(folder, ENTRIES)
    assert built(folder, ENTRIES)[0] == 0
    assert built(folder, ENTRIES.replace("2016", "2017"))[0] == 1
    assert (entries_of(folder)["sub/two.txt"].year, entries_of(folder)["one.txt"].number) == (2017, 7)
    (folder / "speeches.yaml").unlink()
    assert built(folder)[0] == 2
    assert (entries_of(folder)["one.txt"].title, entries_of(folder)["one.txt"].number) == ("在某县劳模座谈会上的讲话", 7)


def test_numbers_are_exchanged(folder: Path) -> None:
    built(folder, ENTRIES)
    built(folder, ENTRIES.replace("number: 2", "number: 9").replace("number: 7", "number: 2").replace("number: 9", "number: 7"))
    assert {file: entry.number for file, entry in entries_of(folder).items() if entry.number in (2, 7)} == {"one.txt": 2, "sub/two.txt": 7}


def test_a_number_that_a_speech_has_already_is_given_to_whom_it_is_for(folder: Path) -> None:
    built(folder)
    before = {file: entry.number for file, entry in entries_of(folder).items()}
    built(folder, f"- {{number: {before['one.txt']}, file: sub/two.txt}}\n")
    after = {file: entry.number for file, entry in entries_of(folder).items()}
    assert after["sub/two.txt"] == before["one.txt"]
    assert len(set(after.values())) == 3


def test_files_are_named_as_they_lie_beside_it(folder: Path) -> None:
    (folder / "sub" / "texts").mkdir()
    (folder / "sub" / "texts" / "three.txt").write_text("改革。\n", encoding="utf-8")
    (folder / "sub" / "speeches.yaml").write_text("- {file: two.txt, year: 2001}\n- {file: three.txt, year: 2002}\n", encoding="utf-8")
    built(folder)
    assert (entries_of(folder)["sub/two.txt"].year, entries_of(folder)["sub/texts/three.txt"].year) == (2001, 2002)


@pytest.mark.parametrize(
    ("entries", "problems"),
    [
        ("- {file: nowhere.txt}", ["entry 1: file is 'nowhere.txt'; expected the name of a text in {}; correct it, or put the text there"]),
        ("- {file: one.txt, year: 15x}", ["entry 1: year is '15x'; expected a whole number from 0 to 2999"]),
        (
            "- {file: one.txt, size: 3}\n- {file: one.txt, number: -1}",
            ["entry 1: size is no known key; expected one of", "entry 2: number is -1; expected a whole number from 0 to 9999999"],
        ),
        (
            "- {file: one.txt, number: 3}\n- {file: sub/two.txt, number: 3}",
            ["entry 2: number is 3; expected another number than {}/speeches.yaml: entry 1 has; numbers are unique"],
        ),
        ("- {file: one.txt}\n- {file: one.txt}", ["entry 2: file is 'one.txt'; expected a speech of its own, for"]),
        ("- {file: [", ["/speeches.yaml: line 2, column 1 is not YAML"]),
        ("one: two", ["/speeches.yaml is {'one': 'two'}; expected a list"]),
    ],
)
def test_every_problem_is_told_before_anything_is_changed(folder: Path, entries: str, problems: list[str]) -> None:
    built(folder, ENTRIES)
    before = entries_of(folder), read_manifest(folder.parent / "index")
    (folder / "new.txt").write_text("安全第一。\n", encoding="utf-8")
    with pytest.raises(CorpusError) as told:
        built(folder, entries)
    assert len(told.value.problems) == len(problems)
    for found, expected in zip(told.value.problems, problems, strict=True):
        assert found.startswith(str(folder))
        assert expected.replace("{}", str(folder), 1) in found
    assert (entries_of(folder), read_manifest(folder.parent / "index")) == before


def test_a_printed_number_that_no_speech_has_is_told_and_the_text_indexed(folder: Path) -> None:
    files, problems = built(folder, "- {file: one.txt, printed: 4, year: 2001}\n")
    assert files == 3
    assert problems == [
        f"{folder}/speeches.yaml: entry 1: printed is 4, but one.txt has no such speech; "
        "expected the number in the title of one of its speeches, 0 of one without"
    ]
    assert entries_of(folder)["one.txt"].year == 2015
    assert set(files_of(folder.parent / "index", read_manifest(folder.parent / "index"))) == set(TEXTS)


def test_a_number_that_another_folder_gives_is_told(folder: Path) -> None:
    built(folder, ENTRIES)
    other = folder.parent / "other"
    other.mkdir()
    (other / "three.txt").write_text("改革。\n", encoding="utf-8")
    (other / "speeches.yaml").write_text("- {file: three.txt, number: 7}\n", encoding="utf-8")
    before = read_manifest(folder.parent / "index")
    with pytest.raises(CorpusError, match=r"number is 7, which one\.txt of another folder has; choose another"):
        build_index(folder.parent / "index", [other], lambda _: None, 1)
    assert read_manifest(folder.parent / "index") == before
