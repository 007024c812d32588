"""Quotes worth showing alone of a large collection: those of a small one over the same texts, and some of many."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.settings.library import FEW, LargeLibrary
from bot.settings.materials import read_entries
from bot.settings.wording import Wording
from bot.state.store import Store
from retrieval import Entry, Span, Speech, read, read_shareable
from retrieval.answer.judge import UNJUDGED
from retrieval.answer.large_engine import open_collection
from retrieval.segments.growing import files_of, take_out
from retrieval.segments.manifest import read_manifest
from retrieval.speeches.asks import Unanswered
from tests.bench.recombined import sentences_of, speeches
from tests.kit.seen import Inspector, data, only
from tests.retrieval.conftest import ROOT, SPEECHES, words
from tests.retrieval.segments.conftest import collected

pytestmark = pytest.mark.slow


SIX = {path.name: path.read_text(encoding="utf-8") for path in sorted(SPEECHES.glob("*.txt"))}
GROUP = Asker(8, -100, "group", "zh", manages_chat=False)


def entry(_text: str, speech: Speech) -> Entry | None:
    every = read_entries(ROOT / "config" / "speeches.yaml", [])
    return next((one for one in every if (one.file, one.printed) == (speech.file, speech.printed_number)), None)


def opened(index: Path, seed: int = 1) -> LargeLibrary:
    engine = open_collection(index, words(), Unanswered(), UNJUDGED, compiled=False)
    return LargeLibrary(engine.corpus, engine.alone, engine, index, {}, chance=random.Random(seed))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> LargeLibrary:
    index = tmp_path_factory.mktemp("few")
    collected(index, SIX, 2, entry)
    return opened(index)


@pytest.fixture(scope="module")
def many_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("many")
    made = enumerate(speeches(sentences_of(sorted(SPEECHES.glob("*.txt"))), 2 * FEW))
    collected(index, SIX | {f"b{number:03}.txt": text for number, text in made}, 2, entry)
    return index


def by_rule(tmp_path: Path, library: LargeLibrary) -> set[str]:
    """Ids of all sentences of its texts that stand alone, as a small corpus has them."""
    for file, text in library.corpus.texts.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    numbers = {(one.entry.file, one.entry.printed): one.number for one in library.corpus.speeches}
    entries = [Entry(number, file, printed) for (file, printed), number in numbers.items()]
    return {quote.id for quote in read_shareable(tmp_path / "none.jsonl", read(tmp_path, entries))}


def test_of_few_passages_all_are_offered_that_a_small_corpus_offers(few: LargeLibrary, tmp_path: Path) -> None:
    expected = by_rule(tmp_path, few)
    assert set(few.shareable_of(0)) == expected == {quote.id for quote in few.shareable}
    assert set(few.shareable_of(4)) == {one for one in expected if one.startswith("4.")}
    assert few.shareable_of(77) == ()
    assert set(few.shareable_about("创新")) == {quote.id for quote in few.shareable if "创新" in quote.text}
    assert few.shareable_about("恐龙") == few.shareable_about("，，") == ()


def test_what_is_worth_showing_is_known(few: LargeLibrary) -> None:
    quote = few.shareable[3]
    assert (quote.source.speech, *quote.source.span) in few.worthy
    assert (quote.source.speech, quote.source.span.start, quote.source.span.end - 1) not in few.worthy
    assert (77, 0, 20) not in few.worthy
    assert len(few.worthy) == len(few.shareable)


def test_of_many_passages_some_are_drawn_and_others_each_time(many_at: Path, tmp_path: Path) -> None:
    library = opened(many_at)
    expected = by_rule(tmp_path, library)
    drawn = [library.shareable_of(0) for _ in range(20)]
    assert all(drawn)
    assert set().union(*drawn) <= expected
    assert len(set(drawn)) == 20
    assert library.shareable_of(0) != opened(many_at, 2).shareable_of(0)
    with_word = library.shareable_about("创新")
    assert with_word
    assert all("创新" in quote for quote in (library.corpus.text(*_place(library, one)) for one in with_word))
    assert set(with_word) <= expected


def test_what_was_removed_is_not_drawn(many_at: Path) -> None:
    manifest = read_manifest(many_at)
    kept = files_of(many_at, manifest)
    numbers = {number for name in SIX for number in kept[name].numbers}
    changed = take_out(many_at, manifest, [kept[name] for name in SIX])
    library = opened(many_at)
    drawn = [one for _ in range(30) for one in (*library.shareable_of(0), *library.shareable_about("劳动"))]
    assert changed.segments != manifest.segments
    assert not [one for one in drawn if int(one.split(".")[0]) in numbers]
    assert all(library.shareable_of(number) == () for number in numbers)


def _place(library: LargeLibrary, identity: str) -> tuple[str, Span]:
    number, start, end = map(int, identity.split("."))
    return library.corpus.speech(number).speech.file, Span(start, end)


def test_the_bot_draws_quotes_and_asks_the_quiz(few: LargeLibrary, phrases: Wording, settings: Settings, store: Store) -> None:
    service = SpeechService(Content(few, phrases, settings.behaviour), store)
    asker, inspector = Asker(7, 7, "private", "zh"), Inspector(few)
    first = only(service.command(asker, "random", ""))
    inspector.check(first)
    inspector.check(only(service.tap(asker, data(first, "再来一句"))))
    assert "创新" in only(service.command(asker, "random", "创新")).text
    assert "第3篇" in only(service.command(asker, "random", "3")).text
    assert "没有适合" in only(service.command(asker, "random", "恐龙")).text
    asked = only(service.command(GROUP, "quiz", ""))
    inspector.check(asked)
    assert asked.quiz
    assert asked.quiz.options[asked.quiz.right].rstrip("年") not in asked.quiz.question
    assert service.inline(asker, "", "").results


def test_a_year_of_many_speeches_is_one_card_and_asked_as_one(tmp_path: Path, phrases: Wording, settings: Settings, store: Store) -> None:
    texts = {f"{n:02}.txt": f"人才是第{n}资源，创新是第一动力，改革是关键一招。" for n in range(20)}
    collected(tmp_path, texts, 1, lambda _, speech: Entry(0, "", year=2015 if speech.file < "16" else 2016))
    service = SpeechService(Content(opened(tmp_path), phrases, settings.behaviour), store)
    asker = Asker(7, 7, "private", "zh")
    card = only(service.question(asker, "2015年那篇"))
    assert card.text.startswith("这样的讲话有16篇，先列14篇")
    assert "/s14" in card.text
    assert "/s15" not in card.text
    answer = only(service.question(asker, "2016年那篇怎么说人才"))
    assert any(f"第{number}篇" in answer.text for number in range(17, 21))
    assert len(service.inline(asker, "2015年那篇", "").results) > 1
