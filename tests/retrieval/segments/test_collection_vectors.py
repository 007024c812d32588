"""Sparse vectors of a collection: another engine that has them finds the same passages, and the answers are the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.library.large_build import build_index
from retrieval import CollectionIndex, CollectionTerms, Segmenter, Unanswered, collection_vectors, open_collection
from retrieval.answer.judge import UNJUDGED
from retrieval.segments.opened_segments import opened_segments
from tests.kit.exact_candidates import ExactCandidates
from tests.retrieval.conftest import SPEECHES, words

pytestmark = pytest.mark.slow


QUESTIONS = ("劳模有哪三个作用", "工会怎么服务职工", "第三篇怎么说创新", "结尾怎么说", "今天天气怎么样", "技能", "每一篇怎么说工会")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of six speeches in two segments, one of which was taken out again."""
    index, texts = tmp_path_factory.mktemp("index"), tmp_path_factory.mktemp("texts")
    files = sorted(SPEECHES.glob("*.txt"))
    for some in (files[:3], files[3:]):
        for file in some:
            (texts / file.name).write_bytes(file.read_bytes())
        build_index(index, [texts], lambda _: None, 1)
    (texts / files[1].name).unlink()
    build_index(index, [texts], lambda _: None, 1)
    return index


def test_inner_products_are_the_scores_that_the_collection_searches_by(index: Path) -> None:
    collection = CollectionIndex(opened_segments(index, compiled=False)[1])
    terms = CollectionTerms(collection)
    vectors = [*collection_vectors(collection, terms)]
    assert len(vectors) == collection.totals.passages
    for question in QUESTIONS:
        weighed = collection.weighed({term.text: 1.0 for term in Segmenter().terms(question)})
        asked = terms.vector(weighed)
        scores = np.array([sum(weight * vector.get(term, 0.0) for term, weight in asked.items()) for vector in vectors])
        numbers, found = collection.search(weighed, 50)
        assert scores[numbers] == pytest.approx(found, rel=1e-5)
        assert np.sort(scores)[::-1][: len(found)] == pytest.approx(found, rel=1e-5)


def test_the_answers_are_the_same_whatever_finds_the_passages(index: Path) -> None:
    here = open_collection(index, words(), Unanswered(), UNJUDGED, compiled=False)
    terms = CollectionTerms(here.collection)
    candidates = ExactCandidates(collection_vectors(here.collection, terms), terms)
    there = open_collection(index, words(), Unanswered(), UNJUDGED, candidates=candidates, compiled=False)
    for question in QUESTIONS:
        one, other = here.ask(question, 5), there.ask(question, 5)
        assert (one.verdict, one.shown, one.more) == (other.verdict, other.shown, other.more), question
        assert one.quotes == other.quotes, question
