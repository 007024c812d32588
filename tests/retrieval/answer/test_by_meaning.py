"""An engine with meaning answers speeches without asks by it, and all others as before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval import Engine, explain, with_meaning
from retrieval.answer.checks import decide
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.vectors import rounded
from tests.kit.encoders import character_encoder


def told(engine: Engine, *models: str) -> Engine:
    encoders = [character_encoder(name)[0] for name in models]
    found, texts = with_meaning(engine, encoders)
    for encoder in encoders if found.meaning else ():
        assert found.meaning
        found.meaning.take(encoder.name, rounded(encoder.passages(texts[encoder.name]), adapter_of(encoder.name).passage_mean))
    return found


@pytest.fixture(scope="module")
def meaningful(plain: Engine) -> Engine:
    return told(plain, "use", "e5")


def test_speeches_with_asks_have_no_use_for_it(engine: Engine) -> None:
    assert told(engine, "use") is engine


def test_without_a_model_the_engine_is_as_it_was(plain: Engine) -> None:
    assert with_meaning(plain, ())[0] is plain


def test_until_a_model_is_ready_words_answer(plain: Engine) -> None:
    waiting, texts = with_meaning(plain, [character_encoder("e5")[0]])
    assert len(texts["e5"]) == len(plain.passages)
    for question in ("劳模精神是什么", "工会怎么维护职工的权益", "劳模", "今晚吃什么"):
        assert waiting.ask(question) == plain.ask(question)


def test_every_passage_has_a_score_and_the_best_is_worth_one(meaningful: Engine) -> None:
    by = meaningful.scorer.by_meaning
    assert by is not None
    ranked = meaningful.scorer.ranked(meaningful.reader.understand("工会怎么维护职工的合法权益"))
    assert ranked.meant is not None
    assert ranked.hits[0].score == pytest.approx(1)
    assert (ranked.scores > 0).all()
    assert by.rows.tolist() == list(range(len(meaningful.passages)))


def test_a_question_about_one_speech_is_answered_from_it(meaningful: Engine) -> None:
    answer = meaningful.ask("第三篇怎么说工会")
    assert answer.quotes
    assert {quote.source.speech for quote in answer.quotes} == {3}


def test_the_explanation_adds_up(meaningful: Engine) -> None:
    found = explain(meaningful, meaningful.ask("工会怎么维护职工的合法权益"))
    assert found.winners
    for winner in found.winners:
        assert sum(winner.fields.values()) == pytest.approx(winner.score, rel=1e-3)
        assert {"words", "use"} <= set(winner.fields)


def test_a_keyword_is_found_as_typed(meaningful: Engine) -> None:
    answer = meaningful.ask("劳模精神")
    assert answer.confidence == "sure"
    assert "劳模精神" in answer.quotes[0].text


@pytest.mark.parametrize(("related", "state"), [(0.0, "none"), (0.9, "near")])
def test_whether_a_question_is_related_decides_between_near_and_none(meaningful: Engine, related: float, state: str) -> None:
    understood = meaningful.reader.understand("怎样才能把日子过得更好一些呢")
    ranked = meaningful.scorer.ranked(understood)
    assert ranked.meant is not None
    case = meaningful.case(understood, replace(ranked, meant=replace(ranked.meant, related=related, literal=False)))
    judged = replace(case, judgement=replace(case.judgement, is_right=False))
    assert decide(judged).state == state
    assert case.judgement.related == related


def test_what_people_ask_of_a_passage_leads_to_it(plain: Engine) -> None:
    encoder = character_encoder("use")[0]
    number, question = 7, "魑魅魍魉饕餮"
    asked = {number: (question, "魑魅从哪里来", "饕餮吃什么")}
    found, texts = with_meaning(plain, [encoder], asked)
    assert found.meaning
    assert texts["use"][-3:] == asked[number]
    found.meaning.take("use", rounded(encoder.passages(texts["use"]), adapter_of("use").passage_mean))
    ranked = found.scorer.ranked(found.reader.understand(f"请问{question}"))
    assert ranked.meant
    assert ranked.hits[0].passage == number
    assert int(ranked.meant.parts["asks"].argmax()) == number
    without = told(plain, "use").scorer.ranked(plain.reader.understand(f"请问{question}"))
    assert without.meant
    assert "asks" not in without.meant.parts
