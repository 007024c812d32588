"""An engine that comes out of a file answers like the one that went in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import (
    Corpus,
    Engine,
    Judge,
    Segmenter,
    Stored,
    Unanswered,
    build,
    corpus_from_json,
    corpus_to_json,
    opened_engine,
    read_asks,
    read_stored,
    read_unanswered,
    stored_engine,
    write_stored,
)
from tests.retrieval.conftest import ROOT, classifier_of, words

pytestmark = pytest.mark.slow


KEY = "k"
HELD_OUT = ROOT / "tests" / "bench" / "held_out_questions.jsonl"
PIECES = ("劳模", "劳摸", "laomo", "精神", "工会", "有什么", "作用", "第三篇", "咸阳那篇", "开头", "每篇", "哪几篇", "4个", "GDP", "吗")


def opened(engine: Engine, folder: Path) -> Engine:
    """The engine through a file."""
    stored = stored_engine(engine)
    write_stored(folder / "e", KEY, Stored(stored.arrays, {**stored.values, "corpus": corpus_to_json(engine.corpus)}))
    found = read_stored(folder / "e", KEY)
    assert found
    twin = opened_engine(found, corpus_from_json(found.values["corpus"], dict(engine.corpus.texts)))
    assert twin
    return twin


@pytest.fixture(scope="module")
def built(engine: Engine, corpus: Corpus, segmenter: Segmenter, unjudged: Judge) -> Engine:
    asks = read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts)
    unanswered = read_unanswered(ROOT / "seeds" / "unanswered.jsonl")
    return build(corpus, words(), asks, unanswered, unjudged, segmenter, classifier=classifier_of(engine))


@pytest.fixture(scope="module")
def mixed(corpus: Corpus, segmenter: Segmenter, unjudged: Judge) -> Engine:
    """Asks of one speech only: the others are searched by their own words, with synonyms."""
    asks = read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts)
    first = corpus.speech(3).speech.file
    return build(corpus, words(), [ask for ask in asks if ask.file == first][:400], Unanswered(), unjudged, segmenter)


@pytest.fixture(scope="module", params=[pytest.param("built", marks=pytest.mark.slow), "plain", "mixed"])
def twins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Engine]:
    engine: Engine = request.getfixturevalue(request.param)
    return engine, opened(engine, tmp_path_factory.mktemp("stored"))


def test_all_parts_come_back(twins: tuple[Engine, Engine]) -> None:
    engine, twin = twins
    assert twin.corpus == engine.corpus
    assert twin.passages == engine.passages
    assert twin.judge == engine.judge
    assert twin.reader.words == replace(engine.reader.words, synonyms=())
    assert dict(twin.found.known) == dict(engine.found.known)
    assert len(twin.found.known) == len(dict(engine.found.known))
    assert (twin.found.subject, twin.found.asked, twin.found.said) == (engine.found.subject, engine.found.asked, engine.found.said)
    assert twin.reader.thesaurus == engine.reader.thesaurus
    assert dict(twin.reader.homophones.words) == dict(engine.reader.homophones.words)
    assert dict(twin.reader.homophones.bigrams) == dict(engine.reader.homophones.bigrams)


def test_held_out_questions_get_equal_answers(twins: tuple[Engine, Engine]) -> None:
    engine, twin = twins
    for line in HELD_OUT.read_text(encoding="utf-8").splitlines()[::4]:
        question = json.loads(line)["q"]
        assert twin.ask(question, 5) == engine.ask(question, 5)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join), st.integers(0, 3))
def test_any_question_gets_an_equal_answer(twins: tuple[Engine, Engine], question: str, skip: int) -> None:
    engine, twin = twins
    assert twin.ask(question, 3, skip) == engine.ask(question, 3, skip)


def test_every_character_sounds_as_in_the_table(twins: tuple[Engine, Engine]) -> None:
    engine, twin = twins
    for code in (*range(0x30, 0x7B), *range(0x3400, 0xA000, 7)):
        expected = engine.reader.homophones.reading(chr(code))
        assert twin.reader.homophones.reading(chr(code)) == expected


def test_what_lacks_a_part_is_no_engine(engine: Engine) -> None:
    whole = stored_engine(engine)
    for name in whole.arrays:
        assert opened_engine(Stored({n: a for n, a in whole.arrays.items() if n != name}, whole.values), engine.corpus) is None, name
    for name in whole.values:
        assert opened_engine(Stored(whole.arrays, {n: v for n, v in whole.values.items() if n != name}), engine.corpus) is None, name
