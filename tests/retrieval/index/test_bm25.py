"""BM25 and the index: the formula, against rank-bm25's numbers and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval import Corpus, Engine
from retrieval.index.bm25 import positive_idf, postings
from retrieval.index.division import asks_of, passages
from retrieval.index.fields import searchable
from retrieval.index.likeness import question_bank
from retrieval.index.search import Field, Index, best
from retrieval.speeches.asks import Unanswered
from retrieval.terms.counts import count_terms
from retrieval.terms.segment import Segmenter

DOCUMENTS = [["w劳动", "w劳动", "w精神"], ["w劳动", "w工会"], ["w改革"]]


def test_impacts_are_rank_bm25s_scores_without_its_idf() -> None:
    found = postings(DOCUMENTS, 1.2, 0.5)
    okapi = BM25Okapi(DOCUMENTS, k1=1.2, b=0.5)
    for term in ("w劳动", "w精神", "w改革"):
        okapi.idf = dict.fromkeys(okapi.idf, 1.0)
        column = found.vocabulary[term]
        mine = np.zeros(3)
        where = slice(found.offsets[column], found.offsets[column + 1])
        mine[found.documents[where]] = found.impacts[where]
        assert mine == pytest.approx(okapi.get_scores([term]), rel=1e-5)


def test_every_term_has_a_positive_idf_even_in_all_documents() -> None:
    assert positive_idf(3, 3) == pytest.approx(math.log(1 + 0.5 / 3.5))
    assert BM25Okapi(DOCUMENTS).idf["w劳动"] < 0.1  # what makes rank-bm25's own unusable on few texts


def test_an_empty_corpus_scores_nothing() -> None:
    index = Index((Field("own", 1.0, postings([[], []], 1.2, 0.5)),))
    assert index.search({"w劳动": 1.0}).tolist() == [0, 0]


@given(st.lists(st.floats(0, 9, width=32), max_size=40), st.integers(1, 12))
def test_the_best_are_the_highest_in_order(values: list[float], k: int) -> None:
    scores = np.array(values, np.float32)
    expected = [i for i in sorted(range(len(values)), key=lambda i: (-scores[i], i)) if scores[i] > 0][:k]
    assert list(best(scores, None, k)) == expected


def test_parts_add_up_to_the_score(plain: Engine) -> None:
    understood = plain.reader.understand("工会怎么维护职工的合法权益")
    scores = plain.found.index.search(understood.terms)
    for i in best(scores, None, 5):
        assert sum(plain.found.index.parts(understood.terms, i).values()) == pytest.approx(float(scores[i]), rel=1e-4)


def test_likeness_is_one_for_a_bundled_question(segmenter: Segmenter) -> None:
    bank = question_bank(count_terms(["工会有什么用", "科学技术发展有多快", "奖金发多少"], segmenter), [0, 1, 2])
    terms = {t.text: 1.0 for t in segmenter.terms("科学技术发展有多快")}
    likeness = bank.likeness(terms, [1, 0], terms)
    assert likeness.to_best == pytest.approx(1, abs=1e-5)
    assert likeness.to_unanswered == 0  # the best passage has every term
    assert bank.likeness({}, [0], ()).share == 0


def test_the_asked_field_holds_asks_and_own_words(corpus: Corpus, segmenter: Segmenter) -> None:
    cut = passages(corpus)
    found = searchable(corpus, cut, asks_of(cut, ()), Unanswered(), segmenter)
    assert [f.name for f in found.index.fields] == ["paragraph", "opening", "own", "heading"]
