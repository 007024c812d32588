"""Speeches with asks and speeches without in one corpus: neither drowns the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retrieval import UNJUDGED, Corpus, Engine, Segmenter, build, read_asks, with_meaning
from retrieval.answer.merging import KEYWORD_LEADS, level
from retrieval.answer.scoring import Hit
from retrieval.index.meaning.adapter import adapter_of
from retrieval.index.meaning.meaning import Beside, LikeAsked, Meant
from retrieval.index.meaning.vectors import rounded
from retrieval.index.meaning.weighing import ASK_WEIGHINGS
from retrieval.index.passages import text_of
from tests.kit.encoders import character_encoder
from tests.retrieval.conftest import ROOT, classifier_of, words

pytestmark = pytest.mark.slow


LAST = 6  # the speech whose asks are left out


@pytest.fixture(scope="module")
def mixed(engine: Engine, corpus: Corpus, segmenter: Segmenter) -> Engine:
    """Five speeches with asks, and one without, which is found by meaning."""
    file = corpus.speech(LAST).speech.file
    asks = [ask for ask in read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts) if ask.file != file][::8]
    encoder = character_encoder("use")[0]
    by_words = build(corpus, words(), asks, None, UNJUDGED, segmenter, classifier=classifier_of(engine))
    engine, texts = with_meaning(by_words, [encoder])
    assert engine.meaning is not None
    engine.meaning.take("use", rounded(encoder.passages(texts["use"]), adapter_of("use").passage_mean))
    return engine


def found_for(engine: Engine, question: str) -> tuple[tuple[Hit, ...], Meant]:
    understood = engine.reader.understand(question)
    ranked = engine.scorer.ranked(understood)
    by = engine.scorer.by_meaning
    assert by is not None
    assert ranked.meant is not None
    return tuple(hit for hit in ranked.hits if not by.has(hit.passage)), ranked.meant


def level_with(engine: Engine, question: str, bias: float, literal: bool | None = None) -> tuple[float, float]:
    """The level beside a judge that expects an answer from the asks as much as its bias says, and the best score of these."""
    hits, meant = found_for(engine, question)
    model = replace(engine.judge.related, bias=bias)
    judge = replace(engine.judge, related=model, right=model)
    meant = meant if literal is None else replace(meant, literal=literal)
    understood = engine.reader.understand(question)
    return level(engine.found, engine.passages, judge, understood, hits, meant), hits[0].score


def test_only_the_speech_without_asks_is_found_by_meaning(mixed: Engine) -> None:
    by = mixed.scorer.by_meaning
    assert by is not None
    assert {mixed.passages[row].speech for row in by.rows} == {LAST}


def test_the_less_is_expected_of_the_asks_the_higher_stands_the_other(mixed: Engine) -> None:
    levels = [level_with(mixed, "劳模精神是怎样的一种精神", bias)[0] for bias in (-6.0, -2.0, 0.0, 2.0, 8.0)]
    assert levels == sorted(levels, reverse=True)
    expected, highest = level_with(mixed, "劳模精神是怎样的一种精神", 8.0)
    assert expected < 0.12 * highest
    unexpected, highest = level_with(mixed, "劳模精神是怎样的一种精神", -6.0)
    assert unexpected > highest


@pytest.mark.parametrize("model", ["use", "e5"])
def test_the_nearer_the_passages_with_asks_the_lower_stands_the_other(mixed: Engine, model: str) -> None:
    hits, meant = found_for(mixed, "劳模精神是怎样的一种精神")
    understood = mixed.reader.understand("劳模精神是怎样的一种精神")
    by_passages = [
        level(mixed.found, mixed.passages, mixed.judge, understood, hits, replace(meant, beside=Beside(model, nearer)))
        for nearer in (-0.2, 0.0, 0.2)
    ]
    assert by_passages == sorted(by_passages, reverse=True)
    by_asks = [
        level(mixed.found, mixed.passages, mixed.judge, understood, hits, replace(meant, beside=Beside(model, 0.0), asked=like_asked))
        for like_asked in (LikeAsked(np.full(3, cosine, np.float32), ASK_WEIGHINGS[model]) for cosine in (0.3, 0.6, 0.9))
    ]
    assert by_asks == sorted(by_asks)


def test_the_group_that_says_it_is_nearer(mixed: Engine) -> None:
    for speech in mixed.corpus.numbers:
        passage = max((one for one in mixed.passages if one.speech == speech), key=lambda one: len(one.span))
        _, meant = found_for(mixed, text_of(mixed.corpus, passage))
        assert meant.beside
        assert (meant.beside.nearer < 0) is (speech == LAST)


def test_a_keyword_leads_where_it_stands_as_typed(mixed: Engine) -> None:
    stands_in_both, highest = level_with(mixed, "劳模", 0.0, literal=True)
    assert stands_in_both == pytest.approx(highest / KEYWORD_LEADS)
    only_without_asks, highest = level_with(mixed, "劳区", 0.0, literal=True)
    assert only_without_asks == pytest.approx(highest * KEYWORD_LEADS)


def test_beside_nothing_it_stands_by_itself(mixed: Engine) -> None:
    _, meant = found_for(mixed, "劳模")
    assert level(mixed.found, mixed.passages, mixed.judge, mixed.reader.understand("劳模"), (), meant) == 1.0


def test_the_speeches_with_asks_are_measured_by_themselves(mixed: Engine) -> None:
    field = mixed.found.index.fields[0]
    unasked = mixed.found.index.unasked
    assert unasked is not None
    assert field.postings.counted == int((~unasked.rows).sum())
    assert not unasked.rows[field.postings.documents].any()


def test_words_of_both_groups_are_known(mixed: Engine, plain: Engine) -> None:
    assert [term for term in plain.found.known if term not in mixed.found.known] == []
    assert len(mixed.found.known) == len(set(mixed.found.known))


def test_a_question_about_the_one_without_asks_is_answered_from_it(mixed: Engine) -> None:
    answer = mixed.ask(f"第{LAST}篇怎么说工会")
    assert {quote.source.speech for quote in answer.quotes} == {LAST}
