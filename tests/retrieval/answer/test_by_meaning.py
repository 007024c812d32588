"""An engine with meaning answers speeches without asks by it, and all others as before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval import Engine, explain, with_meaning
from retrieval.answer.checks import decide
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.vectors import rounded
from retrieval.index.meaning.weighing import ASK_WEIGHINGS
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


NUMBER, QUESTION = 7, "魑魅魍魉饕餮"
ASKED = {NUMBER: (QUESTION, "魑魅从哪里来", "饕餮吃什么")}


def take(engine: Engine, model: str, texts: tuple[str, ...]) -> None:
    assert engine.meaning
    engine.meaning.take(model, rounded(character_encoder(model)[0].passages(texts), adapter_of(model).passage_mean))


@pytest.mark.parametrize("models", [("use",), ("e5",), ("use", "e5")])
def test_what_people_ask_of_a_passage_leads_to_it(plain: Engine, models: tuple[str, ...]) -> None:
    found, texts = with_meaning(plain, [character_encoder(model)[0] for model in models], ASKED)
    for model in models:
        assert texts[model][-3:] == ASKED[NUMBER]
        take(found, model, texts[model])
    ranked = found.scorer.ranked(found.reader.understand(f"请问{QUESTION}"))
    assert ranked.meant
    assert ranked.meant.asked
    assert ranked.hits[0].passage == NUMBER
    assert int(ranked.meant.parts["asks"].argmax()) == NUMBER == int(ranked.meant.asked.cosines.argmax())
    without = told(plain, *models).scorer.ranked(plain.reader.understand(f"请问{QUESTION}"))
    assert without.meant
    assert "asks" not in without.meant.parts
    assert without.meant.asked is None


def test_the_better_model_reads_what_people_ask_from_when_it_is_ready(plain: Engine) -> None:
    found, texts = with_meaning(plain, [character_encoder(model)[0] for model in ("use", "e5")], ASKED)
    by = []
    for model in ("use", "e5"):
        take(found, model, texts[model])
        meant = found.scorer.ranked(found.reader.understand(f"请问{QUESTION}")).meant
        assert meant
        assert meant.asked
        by.append(meant.asked.weighing)
    assert by == [ASK_WEIGHINGS["use"], ASK_WEIGHINGS["e5"]]


def test_nearer_questions_are_likelier_meant() -> None:
    for weighing in ASK_WEIGHINGS.values():
        assert weighing.right(1.0, 0.4) < weighing.right(1.0, 0.8)
        assert weighing.right(0.0, 0.6) < weighing.right(5.0, 0.6)
