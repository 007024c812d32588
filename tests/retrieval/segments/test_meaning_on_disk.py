"""A collection with vectors of meaning answers as the small engine does with them, to rounding; they are made once, and carried over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Encoder, Engine, Judge, Segmenter, explain, made, passages_with_vectors, read_manifest, vector_file, with_meaning
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

pytestmark = pytest.mark.slow


OTHERS = ["劳模", "劳动", "GDP", "第一篇怎么说劳模精神", "开头怎么说", "各篇怎么说创新", "qwertz", "工会怎么维护职工权益", "第2篇第一部分"]


@pytest.fixture(scope="module")
def every_encoder() -> list[Encoder]:
    return [character_encoder(name)[0] for name in ("use", "e5")]


@pytest.fixture(scope="module", params=[("use",), ("e5",), ("use", "e5")], ids=" and ".join)
def encoders(request: pytest.FixtureRequest, every_encoder: list[Encoder]) -> list[Encoder]:
    return [encoder for encoder in every_encoder if encoder.name in request.param]


@pytest.fixture(scope="module")
def folder_of_vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vectors")


@pytest.fixture(scope="module")
def meant(small: Engine, encoders: list[Encoder], folder_of_vectors: Path) -> Engine:
    found, texts = with_meaning(small, encoders)
    assert found.meaning
    for encoder in encoders:
        rows = made(encoder, texts[encoder.name], vector_file(encoder, folder_of_vectors), lambda _done, _of: True)
        assert rows
        found.meaning.take(encoder.name, rows)
    return found


@pytest.fixture(scope="module")
def index_of_meaning(texts: dict[str, str], every_encoder: list[Encoder], tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("meaning")
    make_meaning(index, collected(index, texts, 3), every_encoder, lambda _model, _done: None)
    return index


@pytest.fixture(scope="module")
def large_meant(index_of_meaning: Path, some_judge: Judge, unanswered: Unanswered, encoders: list[Encoder]) -> LargeEngine:
    return open_collection(index_of_meaning, words(), unanswered, some_judge, compiled=False, encoders=encoders)


def asked_models(engine: Engine, question: str) -> set[str]:
    """The models that a question is put to."""
    meant = engine.scorer.ranked(engine.reader.understand(question)).meant
    return {"use", "e5"} & set(meant.parts) if meant else set()


def same(one: Engine, other: Engine, question: str) -> None:
    """The same quotes and verdict, by the same models, with scores and probabilities as good as equal."""
    mine, theirs = one.ask(question), other.ask(question)
    assert asked_models(one, question) == asked_models(other, question)
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


def test_why_an_answer_was_chosen_is_told(meant: Engine, large_meant: LargeEngine) -> None:
    for question in ("劳模", "工会怎么维护职工权益"):
        mine, theirs = (explain(engine, engine.ask(question)).winners for engine in (large_meant, meant))
        assert [(won.text, sorted(won.fields)) for won in mine] == [(won.text, sorted(won.fields)) for won in theirs]
        assert [won.score for won in mine] == pytest.approx([won.score for won in theirs], abs=1e-2)


def test_what_words_found_is_not_put_to_the_slow_model(large_meant: LargeEngine, encoders: list[Encoder]) -> None:
    models, passage = {encoder.name for encoder in encoders}, large_meant.passages[0]
    said = large_meant.corpus.text(passage.file, passage.span)
    assert asked_models(large_meant, "下班以后去哪里跳舞") == models
    assert asked_models(large_meant, "劳模") == asked_models(large_meant, said) == (models - {"e5"} or models)


def test_it_is_another_answer_than_by_words(large: LargeEngine, large_meant: LargeEngine) -> None:
    first = [[quote.id for quote in engine.ask(q).quotes] for engine in (large, large_meant) for q in QUESTIONS[:20]]
    assert first[:20] != first[20:]


def test_some_passages_stand_as_they_do_among_all(large_meant: LargeEngine) -> None:
    assert large_meant.vectors
    for vectors in large_meant.vectors:
        numbers = np.arange(0, len(large_meant.passages), 7)
        every, some = vectors.every("劳模精神"), vectors.some("劳模精神", numbers)
        assert np.allclose(every.standing[numbers], some.standing, atol=1e-5)
        assert some.nearest <= every.nearest + 1e-6
        assert (abs(float(every.standing.mean())) < 1e-3, abs(float(every.standing.std()) - 1) < 1e-3) == (True, True)


@pytest.mark.slow
def test_compiled_comparisons_are_the_same(index_of_meaning: Path, every_encoder: list[Encoder]) -> None:
    (manifest, compiled), (_, plain) = opened_segments(index_of_meaning), opened_segments(index_of_meaning, compiled=False)
    for encoder in every_encoder:
        one, other = opened_meaning(manifest, compiled, encoder), opened_meaning(manifest, plain, encoder)
        assert one
        assert other
        for question in QUESTIONS[:40]:
            mine, theirs = one.every(question), other.every(question)
            assert np.allclose(mine.standing, theirs.standing, atol=1e-4)
            assert mine.nearest == pytest.approx(theirs.nearest, abs=1e-5)


def test_of_more_passages_only_those_found_by_words_are_compared(
    index_of_meaning: Path, meant: Engine, some_judge: Judge, unanswered: Unanswered, encoders: list[Encoder]
) -> None:
    engine = open_collection(index_of_meaning, words(), unanswered, some_judge, compiled=False, encoders=encoders)
    assert engine.vectors
    for vectors in engine.vectors:
        vectors.is_scanned = False
    asked = QUESTIONS[:40]
    for question in asked:
        ranked = engine.scorer.ranked(engine.reader.understand(question))
        assert all(hit.score > 0 for hit in ranked.hits)
    firsts = [(engine.ask(q).quotes[:1], meant.ask(q).quotes[:1]) for q in asked]
    same = [[quote.id for quote in mine] == [quote.id for quote in theirs] for mine, theirs in firsts]
    assert sum(same) >= 0.9 * len(asked)


def test_a_speech_without_vectors_of_the_slow_model_is_answered_by_the_fast_one(tmp_path: Path, some_judge: Judge) -> None:
    use, e5 = (character_encoder(name)[0] for name in ("use", "e5"))
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS, 2), [use, e5], lambda _model, _done: None)
    whole = sum(entry.passages for entry in manifest.segments)
    write_segment(tmp_path / "fresh", {"five.txt": "改革是第一动力。"}, {"five.txt": {}}, Segmenter())
    manifest = make_meaning(tmp_path, take_in(tmp_path, manifest, tmp_path / "fresh"), [use], lambda _model, _done: None)
    assert passages_with_vectors(*opened_segments(tmp_path, compiled=False)) == {"use": whole + 1, "e5": whole}
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False, encoders=[use, e5])
    by, understood = engine.scorer.by_meaning, engine.reader.understand("谁来推动改革")
    assert by
    for numbers, models in ((np.arange(whole), {"use", "e5"}), (np.arange(whole + 1), {"use"}), (np.array([whole]), {"use"})):
        meant = by.meant_of(understood, numbers, np.zeros(len(numbers), np.float32))
        assert meant
        assert {"use", "e5"} & set(meant.parts) == models
    assert engine.ask("改革是第一动力吗").quotes
    make_meaning(tmp_path, manifest, [use, e5], lambda _model, _done: None)
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False, encoders=[use, e5])
    assert asked_models(engine, "谁来推动改革") == {"use", "e5"}


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
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS, 2), [encoder], lambda _model, _done: None)
    whole = len(made_of.texts)
    make_meaning(tmp_path, manifest, [encoder], lambda _model, _done: None)
    assert len(made_of.texts) == whole
    write_segment(tmp_path / "fresh", {"five.txt": "改革是第一动力。"}, {"five.txt": {}}, Segmenter())
    manifest = take_in(tmp_path, manifest, tmp_path / "fresh")
    before = opened(tmp_path, encoder)
    assert before
    assert [before.has(passage) for passage in (0, whole - 1, whole)] == [True, True, False]
    make_meaning(tmp_path, manifest, [encoder], lambda _model, _done: None)
    after = opened(tmp_path, encoder)
    assert len(made_of.texts) == whole + 1
    assert after
    assert after.has(whole)


def test_joining_carries_vectors_over(tmp_path: Path, some_judge: Judge) -> None:
    encoder, made_of = counted()
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS, 4), [encoder], lambda _model, _done: None)
    whole = len(made_of.texts)
    manifest = take_out(tmp_path, manifest, [files_of(tmp_path, manifest)["two.txt"]])
    joined = joined_in(tmp_path, manifest, manifest.segments)
    make_meaning(tmp_path, joined, [encoder], lambda _model, _done: None)
    assert len(made_of.texts) == whole
    engine = open_collection(tmp_path, words(), Unanswered(), some_judge, compiled=False, encoders=[encoder])
    assert engine.vectors
    for number, passage in enumerate(engine.passages):
        text = engine.corpus.text(passage.file, passage.span)
        assert int(np.argmax(engine.vectors[0].every(text).standing)) == number


def test_what_was_made_when_it_was_stopped_is_not_made_again(tmp_path: Path, texts: dict[str, str]) -> None:
    encoder, made_of = counted()
    manifest = collected(tmp_path, texts, 3)
    first = manifest.segments[0].passages

    def stop(_: str, done: int) -> None:
        if done >= first:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_meaning(tmp_path, manifest, [encoder], stop)
    so_far = len(made_of.texts)
    assert opened(tmp_path, encoder) is None
    assert made_rows(tmp_path / SEGMENTS / manifest.segments[0].name, model_key(encoder)) is None
    joined = joined_in(tmp_path, manifest, manifest.segments)
    make_meaning(tmp_path, joined, [encoder], lambda _model, _done: None)
    assert 0 < so_far < len(made_of.texts) == sum(entry.passages for entry in manifest.segments)
    assert opened(tmp_path, encoder)


def test_the_slow_model_comes_after_the_fast_one_which_counts_meanwhile(tmp_path: Path, texts: dict[str, str]) -> None:
    (use, made_by_use), (e5, made_by_e5) = (character_encoder(name) for name in ("use", "e5"))
    manifest = collected(tmp_path, texts, 3)
    told: list[tuple[str, int]] = []

    def stop(model: str, done: int) -> None:
        told.append((model, done))
        if model == "e5" and done >= manifest.segments[0].passages:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_meaning(tmp_path, manifest, [use, e5], stop)
    passages = sum(entry.passages for entry in manifest.segments)
    assert [model for model, _ in told] == sorted((model for model, _ in told), reverse=True)
    assert passages_with_vectors(*opened_segments(tmp_path, compiled=False)) == {"use": passages}
    joined = joined_in(tmp_path, read_manifest(tmp_path), read_manifest(tmp_path).segments)
    so_far = len(made_by_e5.texts)
    make_meaning(tmp_path, joined, [use, e5], lambda _model, _done: None)
    assert passages_with_vectors(*opened_segments(tmp_path, compiled=False)) == {"use": passages, "e5": passages}
    assert (len(made_by_use.texts), len(made_by_e5.texts)) == (passages, passages)
    assert 0 < so_far < passages


def test_another_version_of_the_model_makes_all_anew(tmp_path: Path) -> None:
    encoder, _ = counted()
    manifest = make_meaning(tmp_path, collected(tmp_path, TEXTS), [encoder], lambda _model, _done: None)
    other = replace(encoder, version="2")
    assert opened(tmp_path, other) is None
    make_meaning(tmp_path, manifest, [other], lambda _model, _done: None)
    assert opened(tmp_path, other)
    assert opened(tmp_path, encoder) is None


def test_nothing_is_made_of_nothing(tmp_path: Path) -> None:
    encoder, made_of = counted()
    assert make_meaning(tmp_path, Manifest(), [encoder], lambda _model, _done: None) == Manifest()
    manifest = make_meaning(tmp_path, collected(tmp_path, {"blank.txt": "\n"}), [encoder], lambda _model, _done: None)
    assert (made_of.texts, manifest) == ([], read_manifest(tmp_path))
    assert opened(tmp_path, encoder) is None
