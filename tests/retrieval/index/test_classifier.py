"""Which passage a question asks for: learned from a few questions, kept, and read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine, Passage, read_stored, write_stored
from retrieval.index.classifier import NO_CLASSIFIER, PassageClassifier, opened_classifier
from retrieval.index.classifier_training import trained
from retrieval.index.likeness import QuestionBank, question_bank
from retrieval.terms.counts import count_terms
from retrieval.terms.segment import Segmenter

OF_WAGES = ["工资什么时候发", "拖欠工资怎么办", "工资能涨吗", "欠薪找谁要工资"]
OF_HOUSES = ["房子怎么分", "盖不盖宿舍", "宿舍房子漏雨", "房子宿舍给谁住"]
WEIGHTED = st.dictionaries(st.sampled_from(["w工资", "w房子", "c工", "b宿舍", "w火星"]), st.floats(0.1, 2), max_size=4)


def bank(segmenter: Segmenter, *asks: list[str]) -> QuestionBank:
    """Of passages with these asks; the second has none."""
    first, *others = asks
    rows = [*first, *(ask for of_passage in others for ask in of_passage), "火星在哪"]
    ends = np.cumsum([0, len(first), 0, *map(len, others)]).tolist()
    return question_bank(count_terms(rows, segmenter), ends)


@pytest.fixture(scope="module")
def classifier(segmenter: Segmenter) -> PassageClassifier:
    return trained(bank(segmenter, OF_WAGES, OF_HOUSES))


def terms(segmenter: Segmenter, question: str) -> dict[str, float]:
    return {term.text: 1.0 for term in segmenter.terms(question)}


@pytest.mark.parametrize(("question", "passage"), [("工资少发了", 0), ("宿舍在哪儿", 2), ("谁的房子", 2), ("欠的工资", 0)])
def test_a_question_nobody_asked_is_of_the_passage_whose_questions_are_like_it(
    classifier: PassageClassifier, segmenter: Segmenter, question: str, passage: int
) -> None:
    asked = terms(segmenter, question)
    other = 2 - passage
    odds = classifier.odds(asked)
    assert classifier.shares(odds, passage)[0] > 0.5 > classifier.shares(odds, other)[0]


def test_a_passage_that_nobody_asked_of_has_no_share(classifier: PassageClassifier, segmenter: Segmenter) -> None:
    assert classifier.passages.tolist() == [0, 2]
    assert classifier.shares(classifier.odds(terms(segmenter, "工资")), 1)[0] == 0


@given(WEIGHTED)
def test_shares_are_probabilities_whatever_is_asked(classifier: PassageClassifier, asked: dict[str, float]) -> None:
    odds = classifier.odds(asked)
    shares, none = [classifier.shares(odds, passage)[0] for passage in range(3)], classifier.shares(odds, 0)[1]
    assert sum(shares) + none == pytest.approx(1.0) or (odds is None and shares == [0, 0, 0])


def test_the_same_questions_teach_the_same(segmenter: Segmenter, classifier: PassageClassifier) -> None:
    again = trained(bank(segmenter, OF_WAGES, OF_HOUSES))
    assert np.array_equal(again.vectors, classifier.vectors)
    assert np.array_equal(again.outputs, classifier.outputs)


@pytest.mark.parametrize("asks", [[[]], [OF_WAGES], [["工资"], ["房子"]]], ids=["none", "one passage", "no term three times"])
def test_where_nothing_is_to_be_told_apart_nothing_is_learned(segmenter: Segmenter, asks: list[list[str]]) -> None:
    found = trained(bank(segmenter, *asks))
    assert found is NO_CLASSIFIER
    assert found.odds({"w工资": 1.0}) is None


def test_it_comes_back_from_a_file_for_the_passages_it_was_trained_on(tmp_path: Path, engine: Engine, segmenter: Segmenter) -> None:
    made, asked = engine.found.classifier, terms(segmenter, "劳模精神是什么")
    odds = made.odds(asked)
    assert odds is not None
    write_stored(tmp_path / "c", "k", made.stored(engine.passages))
    stored = read_stored(tmp_path / "c", "k")
    assert stored
    moved: list[Passage] = [*engine.passages[:3][::-1], *engine.passages[3:]]
    back, elsewhere = opened_classifier(stored, engine.passages), opened_classifier(stored, moved)
    assert np.array_equal(back.odds(asked), odds)
    assert elsewhere.shares(elsewhere.odds(asked), 2) == made.shares(odds, 0)
    fewer = opened_classifier(stored, engine.passages[1:])
    assert len(fewer.passages) == len(made.passages) - 1
    assert np.allclose(fewer.odds(asked), odds[1:], atol=1e-4)
