"""A collection with vectors of meaning answers as the small engine does with them, to rounding; they are made once, and carried over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Encoder, Engine, Judge, Segmenter, made, read_manifest, vector_file, with_meaning
from retrieval.answer.large_engine import LargeEngine, open_collection
from retrieval.segments.growing import files_of, joined_in, take_in, take_out
from retrieval.segments.manifest import SEGMENTS, Manifest
from retrieval.segments.meaning_on_disk import MeaningOnDisk, make_meaning, opened_meaning
from retrieval.segments.opened_segments import opened_segments
from retrieval.segments.segment_writer import write_segment
from retrieval.segments.vector_rows import made_rows, model_key
from retrieval.speeches.asks import Unanswered
from tests.kit.encoders import Characters, character_encoder
from tests.retrieval.conftest import words
from tests.retrieval.segments.conftest import collected
from tests.retrieval.segments.test_growing import TEXTS
from tests.retrieval.segments.test_same_answers import QUESTIONS

OTHERS = ["劳模", "劳动", "GDP", "第一篇怎么说劳模精神", "开头怎么说", "各篇怎么说创新", "qwertz", "工会怎么维护职工权益", "第2篇第一部分"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return character_encoder("use")[0]


@pytest.fixture(scope="module")
def meant(small: Engine, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    found, texts = with_meaning(small, [encoder])
    rows = made(encoder, texts["use"], vector_file(encoder, tmp_path_factory.mktemp("vectors")), lambda _done, _of: True)
    assert found.meaning
    assert rows
    found.meaning.take("use", rows)
    return found


@pytest.fixture(scope="module")
def index_of_meaning(texts: dict[str, str], encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("meaning")
    make_meaning(index, collected(index, texts, 3), encoder, lambda _: None)
    return index


@pytest.fixture(scope="module")
def large_meant(index_of_meaning: Path, some_judge: Judge, unanswered: Unanswered, encoder: Encoder) -> LargeEngine:
    return open_collection(index_of_meaning, words(), unanswered, some_judge, compiled=False, encoder=encoder)


def same(one: Engine, other: Engine, question: str) -> None:
    """The same quotes and verdict, with scores and probabilities as good as equal."""
    mine, theirs = one.ask(question), other.ask(question)
    assert mine.verdict.state == theirs.verdict.state
    assert [quote.id for quote in mine.quotes] == [quote.id for quote in theirs.quotes]
    assert [quote.score for quote in mine.quotes] == pytest.approx([quote.score for quote in theirs.quotes], rel=1e-3)
    for name in ("related", "right"):
        values = [getattr(answer.case.judgement, name) for answer in (mine, theirs) if answer.case]
        assert values[:1] == pytest.approx(values[1:], abs=1e-3)


@pytest.mark.parametrize("question", OTHERS)
def test_questions_of_every_kind_have_the_same_answer(meant: Engine, large_meant: LargeEngine, question: str) -> None:
    same(large_meant, meant, question)


@given(question=st.sampled_from(QUESTIONS), where=st.integers(0, 10_000), taken=st.integers(0, 20))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_has_the_same_answer(meant: Engine, large_meant: LargeEngine, question: str, where: int, taken: int) -> None:
    passage = meant.passages[where % len(meant.passages)]
    same(large_meant, meant, f"{meant.corpus.text(passage.file, passage.span)[:taken]}{question}")


def test_it_is_another_answer_than_by_words(large: LargeEngine, large_meant: LargeEngine) -> None:
    first = [[quote.id for quote in engine.ask(q).quotes] for engine in (large, large_meant) for q in QUESTIONS[:20]]
    assert first[:20] != first[20:]


def test_some_passages_stand_as_they_do_among_all(large_meant: LargeEngine) -> None:
    vectors = large_meant.vectors
    assert vectors
    numbers = np.arange(0, len(large_meant.passages), 7)
    every, some = vectors.every("劳模精神"), vectors.some("劳模精神", numbers)
    assert np.allclose(every.standing[numbers], some.standing, atol=1e-5)
    assert some.nearest <= every.nearest + 1e-6
    assert (abs(float(every.standing.mean())) < 1e-3, abs(float(every.standing.std()) - 1) < 1e-3) == (True, True)


@pytest.mark.slow
def test_compiled_comparisons_are_the_same(index_of_meaning: Path, large_meant: LargeEngine, encoder: Encoder) -> None:
    manifest, segments = opened_segments(index_of_meaning)
    compiled, plain = opened_meaning(manifest, segments, encoder), large_meant.vectors
    assert compiled
    assert plain
    for question in QUESTIONS[:40]:
        one, other = compiled.every(question), plain.every(question)
        assert np.allclose(one.standing, other.standing, atol=1e-4)
        assert one.nearest == pytest.approx(other.nearest, abs=1e-5)


def test_of_more_passages_only_those_found_by_words_are_compared(
    index_of_meaning: Path, meant: Engine, some_judge: Judge, unanswered: Unanswered, encoder: Encoder
) -> None:
    engine = open_collection(index_of_meaning, words(), unanswered, some_judge, compiled=False, encoder=encoder)
    assert engine.vectors
    engine.vectors.is_scanned = False
    asked = QUESTIONS[:40]
    for question in asked:
        ranked = engine.scorer.ranked(engine.reader.understand(question))
        assert all(hit.score > 0 for hit in ranked.hits)
    firsts = [(engine.ask(q).quotes[:1], meant.ask(q).quotes[:1]) for q in asked]
    same = [[quote.id for quote in mine] == [quote.id for quote in theirs] for mine, theirs in firsts]
    assert sum(same) >= 0.9 * len(asked)


def opened(index: Path, encoder: Encoder) -> MeaningOnDisk | None:
    manifest, segments = opened_segments(index, compiled=False)
    return opened_meaning(manifest, segments, encoder)


def counted() -> tuple[Encoder, Characters]:
    encoder, made_of = character_encoder("use")
    encoder.question("")
    made_of.texts.clear()
    return encoder, made_of


def test_vectors_are_made_once_and_of_a_new_speech_its_own(tmp_path: Path) -> None:
    encoder, made_of = counted()
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS, 2), encoder, lambda _: None)
    whole = len(made_of.texts)
    make_meaning(tmp_path, manifest, encoder, lambda _: None)
    assert len(made_of.texts) == whole
    write_segment(tmp_path / "fresh", {"five.txt": "改革是第一动力。"}, {"five.txt": {}}, Segmenter())
    manifest = take_in(tmp_path, manifest, tmp_path / "fresh")
    before = opened(tmp_path, encoder)
    assert before
    assert [before.has(passage) for passage in (0, whole - 1, whole)] == [True, True, False]
    make_meaning(tmp_path, manifest, encoder, lambda _: None)
    after = opened(tmp_path, encoder)
    assert len(made_of.texts) == whole + 1
    assert after
    assert after.has(whole)


def test_joining_carries_vectors_over(tmp_path: Path, some_judge: Judge) -> None:
    encoder, made_of = counted()
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS, 4), encoder, lambda _: None)
    whole = len(made_of.texts)
    manifest = take_out(tmp_path, manifest, [files_of(tmp_path, manifest)["two.txt"]])
    joined = joined_in(tmp_path, manifest, manifest.segments)
    make_meaning(tmp_path, joined, encoder, lambda _: None)
    assert len(made_of.texts) == whole
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False, encoder=encoder)
    assert engine.vectors
    for number, passage in enumerate(engine.passages):
        text = engine.corpus.text(passage.file, passage.span)
        assert int(np.argmax(engine.vectors.every(text).standing)) == number


def test_what_was_made_when_it_was_stopped_is_not_made_again(tmp_path: Path, texts: dict[str, str]) -> None:
    encoder, made_of = counted()
    manifest = collected(tmp_path, texts, 3)
    first = manifest.segments[0].passages

    def stop(done: int) -> None:
        if done >= first:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_meaning(tmp_path, manifest, encoder, stop)
    so_far = len(made_of.texts)
    assert opened(tmp_path, encoder) is None
    assert made_rows(tmp_path / SEGMENTS / manifest.segments[0].name, model_key(encoder)) is None
    joined = joined_in(tmp_path, manifest, manifest.segments)
    make_meaning(tmp_path, joined, encoder, lambda _: None)
    assert 0 < so_far < len(made_of.texts) == sum(entry.passages for entry in manifest.segments)
    assert opened(tmp_path, encoder)


def test_another_version_of_the_model_makes_all_anew(tmp_path: Path) -> None:
    encoder, _ = counted()
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS), encoder, lambda _: None)
    other = replace(encoder, version="2")
    assert opened(tmp_path, other) is None
    make_meaning(tmp_path, manifest, other, lambda _: None)
    assert opened(tmp_path, other)
    assert opened(tmp_path, encoder) is None


def test_nothing_is_made_of_nothing(tmp_path: Path) -> None:
    encoder, made_of = counted()
    assert make_meaning(tmp_path, Manifest(), encoder, lambda _: None) == Manifest()
    manifest = make_meaning(tmp_path, collected(tmp_path, {"blank.txt": "\n"}), encoder, lambda _: None)
    assert (made_of.texts, manifest) == ([], read_manifest(tmp_path))
    assert opened(tmp_path, encoder) is None
