"""What speeches are known by is found in a collection as in a small corpus, and joined and removed with them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.output import answer_json
from bot.settings.materials import read_entries
from retrieval import Engine, Judge, Segmenter, Speech, build, read
from retrieval.answer.large_engine import LargeEngine, open_collection
from retrieval.conversation.memory import Conversation
from retrieval.conversation.turn import turn
from retrieval.segments.growing import files_of, given_up, joined_in, take_in, take_out
from retrieval.segments.manifest import Manifest, read_manifest
from retrieval.segments.names_on_disk import entry_of_row, row_of_entry
from retrieval.segments.segment_writer import write_segment
from retrieval.speeches.asks import Unanswered
from retrieval.speeches.corpus import Entry
from tests.retrieval.conftest import ROOT, SPEECHES, words
from tests.retrieval.segments.conftest import collected

pytestmark = pytest.mark.slow


NAMED = [
    "咸阳那篇怎么说工会", "咸阳和张家界那两篇怎么说创新", "2014年那篇", "2014年张家界那篇怎么说", "瘦肉精那篇", "毒豆芽那篇讲了什么",
    "最新那篇怎么说创新", "最早那篇", "二〇一五年提了什么创新", "2015年的怎么说创新", "2006年的讲话怎么说劳模", "十一五那篇第一部分",
    "西安那篇的结尾", "那篇讲咸阳的怎么说工会", "咸阳第二点", "1999年那篇怎么说", "广州那篇",
]  # fmt: skip
SPOKEN = ["最老的那篇怎么说劳模", "14年那回怎么说", "15年那篇怎么说创新", "咸阳那个怎么说工会", "最晚那篇", "咸阳那句再说一遍"]


@pytest.fixture(scope="module")
def entries() -> dict[tuple[str, int], Entry]:
    """Of the six speeches, by the names that their files have here."""
    names = {path.name: f"a{number}.txt" for number, path in enumerate(sorted(SPEECHES.glob("*.txt")))}
    problems: list[str] = []
    every = [replace(entry, file=names[entry.file]) for entry in read_entries(ROOT / "config" / "speeches.yaml", problems)]
    assert not problems
    return {(entry.file, entry.printed): entry for entry in every}


@pytest.fixture(scope="module")
def some(texts: dict[str, str]) -> dict[str, str]:
    return dict(list(texts.items())[:4])


@pytest.fixture(scope="module")
def few(some: dict[str, str], entries: dict[tuple[str, int], Entry], some_judge: Judge, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in some.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build(read(folder, [*entries.values()]), words(), (), Unanswered(), some_judge)


@pytest.fixture(scope="module", params=["apart", "joined"])
def many(
    request: pytest.FixtureRequest,
    some: dict[str, str],
    entries: dict[tuple[str, int], Entry],
    some_judge: Judge,
    tmp_path_factory: pytest.TempPathFactory,
) -> LargeEngine:
    index = tmp_path_factory.mktemp("index")

    def known(_text: str, speech: Speech) -> Entry | None:
        return entries.get((speech.file, speech.printed_number))

    manifest = collected(index, some, 2, known)
    if request.param == "joined":
        joined_in(index, manifest, manifest.segments)
    return open_collection(index, words(), Unanswered(), some_judge, compiled=False)


def told(engine: Engine, question: str) -> str:
    return json.dumps(answer_json(engine.corpus, replace(engine.ask(question), question=question)), ensure_ascii=False)


def test_entries_are_the_same(few: Engine, many: LargeEngine) -> None:
    assert [(one.number, one.title, one.entry) for one in many.corpus.speeches] == [
        (one.number, one.title, one.entry) for one in few.corpus.speeches
    ]


def test_years_ends_and_places_are_the_same(few: Engine, many: LargeEngine) -> None:
    one, other = few.reader.register, many.reader.register
    assert ({year: [*numbers] for year, numbers in one.years.items()}, one.ends) == (
        {year: [*numbers] for year, numbers in other.years.items()}, other.ends,
    )  # fmt: skip
    assert [one.place_of(number) for number in few.corpus.numbers] == [other.place_of(number) for number in few.corpus.numbers]
    for name in ("咸阳", "二十大", "市", "广州"):
        assert one.is_in_a_place(name) == other.is_in_a_place(name)
    assert [year for year in range(1900, 2030) if one.prints(year)] == [year for year in range(1900, 2030) if other.prints(year)]


@pytest.mark.parametrize("question", NAMED)
def test_speeches_are_named_alike(few: Engine, many: LargeEngine, question: str) -> None:
    assert told(many, question) == told(few, question)


@pytest.mark.parametrize("message", SPOKEN)
def test_speeches_are_named_alike_in_conversation(few: Engine, many: LargeEngine, message: str) -> None:
    one, other = (turn(engine, message, Conversation()).understood for engine in (few, many))
    assert (one.references, one.text) == (other.references, other.text)


def test_names_of_what_was_removed_are_gone(tmp_path: Path, some_judge: Judge) -> None:
    dated = {"one.txt": Entry(0, "", place="某县", year=2015, aliases=("春天那篇",)), "two.txt": Entry(0, "", year=2016)}
    manifest = collected(tmp_path, dict.fromkeys(dated, "劳动创造幸福。"), 1, lambda _, speech: dated[speech.file])
    take_out(tmp_path, manifest, [files_of(tmp_path, manifest)["one.txt"]])
    register = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False).reader.register
    assert dict(register.years) == {2016: [2]}
    assert register.within("春天那篇怎么说") == {}


def test_an_entry_gives_its_number_and_who_had_it_gets_another(tmp_path: Path) -> None:
    manifest = collected(tmp_path, {"one.txt": "劳动创造幸福。", "two.txt": "创新是动力。"})
    given = {1: ("new.txt", 0)}
    manifest = given_up(tmp_path, manifest, given, ())
    write_segment(
        tmp_path / "fresh", {"new.txt": "改革。", "more.txt": "开放。"}, {"new.txt": {}, "more.txt": {}}, Segmenter(),
        lambda _, speech: Entry(1, "") if speech.file == "new.txt" else None,
    )  # fmt: skip
    take_in(tmp_path, manifest, tmp_path / "fresh", {}, given)
    assert [entry.numbers for entry in read_manifest(tmp_path).segments] == [(3, 2), (1, 4)]
    assert given_up(tmp_path, Manifest(), given, ()) == Manifest()


def test_entries_come_back_as_they_were() -> None:
    entry = Entry(7, "a.txt", 3, "题目", "短", "某县", "县", 2015, "2015年", ("甲", "乙"), "2015-03-05", "某某", "a.pdf", "00", (0, 90))
    assert entry_of_row(row_of_entry(entry), 7, "a.txt", 3) == entry
    assert row_of_entry(Entry(0, "a.txt", 3)) == b""


def test_a_year_of_many_speeches_is_searched_as_one(tmp_path: Path, some_judge: Judge) -> None:
    texts = {f"{n:02}.txt": f"创新是第{n}动力，人才是第一资源。" for n in range(20)}
    collected(tmp_path, texts, 2, lambda _, speech: Entry(0, "", year=2015 if speech.file < "09" else 2016))
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False)
    asked = engine.reader.understand("2015年的讲话怎么说人才")
    assert asked.scope == tuple(range(1, 10))
    hits = engine.scorer.ranked(asked, 30).hits
    assert {engine.passages[hit.passage].speech for hit in hits} == set(asked.scope)
    assert engine.ask("2016年那篇").understood.scope == tuple(range(10, 21))


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("第12345篇怎么说人才", "12345"), ("第1234篇", "1234"), ("/s1234", "1234"), ("/s12345_2", "12345.2"), ("第4321篇怎么说", ""),
        ("第1234篇和第2篇", "1234 2"), ("第1234年", ""), ("最早那篇怎么说人才", "12345"),
    ],
)  # fmt: skip
def test_numbers_of_four_digits_and_more_name_a_speech_that_there_is(tmp_path: Path, some_judge: Judge, message: str, named: str) -> None:
    numbers = {"one.txt": 1234, "two.txt": 12345, "three.txt": 2}
    known = {name: Entry(number, "", year=2000 + number % 5) for name, number in numbers.items()}
    collected(
        tmp_path, dict.fromkeys(numbers, "一、创新是第一动力\n人才是第一资源。\n二、改革\n改革是关键。"), 1, lambda _, s: known[s.file]
    )
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False)
    understood = turn(engine, message, Conversation()).understood
    assert " ".join(map(str, understood.references)) == named
