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
from retrieval.index.likeness import NEAREST, Likeness, question_bank
from retrieval.index.search import Field, Index, best
from retrieval.speeches.asks import Unanswered
from retrieval.terms.counts import count_terms
from retrieval.terms.fold import fold_question
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


texts = st.lists(st.text(st.sampled_from("劳动模范精神工会 "), max_size=8), min_size=1, max_size=40)
weights = st.dictionaries(st.sampled_from(["w劳动", "b动模", "c劳", "c神", "c会", "w没有"]), st.floats(0.125, 1, width=32), max_size=6)


@given(texts, weights)
def test_scores_are_sums_in_the_order_of_the_terms(segmenter: Segmenter, documents: list[str], terms: dict[str, float]) -> None:
    found = postings([[t.text for t in segmenter.terms(text)] for text in documents], 1.2, 0.5)
    expected = np.zeros(found.size, np.float32)
    for term, weight in terms.items():
        column = found.vocabulary.get(term)
        if column is not None:
            where = slice(found.offsets[column], found.offsets[column + 1])
            expected[found.documents[where]] += (weight * found.idf[column]) * found.impacts[where]
            for document in range(found.size):
                assert found.holds(term, document) == (document in found.documents[where])
    assert found.scores(terms).tolist() == expected.tolist()


@given(texts, weights, st.data())
def test_likeness_is_the_cosine_of_binary_vectors(
    segmenter: Segmenter, questions: list[str], terms: dict[str, float], data: st.DataObject
) -> None:
    counts = count_terms(questions, segmenter)
    first = [0, *sorted(data.draw(st.lists(st.integers(0, len(questions)), min_size=1, max_size=3)))]  # the rest is unanswered
    bank = question_bank(counts, first)
    candidates = data.draw(st.permutations(range(len(first) - 1)))
    held = data.draw(st.sets(st.sampled_from([*terms, "c劳"])))
    idf = {term: float(bank.idf[column]) for term, column in counts.vocabulary.items()}
    norm = sum((weight * idf.get(term, max(math.log(1 + len(questions)), 1.0))) ** 2 for term, weight in terms.items()) ** 0.5

    def cosine(row: int, of: dict[str, float]) -> float:
        own = {t.text for t in segmenter.terms(fold_question(questions[row])) if t.text[0] != "w" or len(t.text) > 2}
        return sum(of.get(t, 0) * idf[t] ** 2 for t in own) / (norm * max(sum(idf[t] ** 2 for t in own), 1e-9) ** 0.5)

    found = bank.likeness(terms, candidates, held, data.draw(st.sets(st.sampled_from([*terms, "c劳"]))))
    if not terms:
        assert found == Likeness(0, 0, 0, 0, 0, 0)
        return
    lacking = {term: weight for term, weight in terms.items() if term not in held}
    asked = [[cosine(row, terms) for row in range(first[p], first[p + 1])] for p in candidates]
    against = [cosine(row, lacking) for row in range(first[-1], len(questions))]
    assert found.to_best == pytest.approx(max(asked[0], default=0), abs=1e-5)
    assert found.to_unanswered == pytest.approx(max(against, default=0), abs=1e-5)
    greatest = sorted(cosine(row, terms) for row in range(first[-1], len(questions)))[-3:]
    assert found.anything == pytest.approx(max(greatest, default=0), abs=1e-5)
    assert found.three == pytest.approx(sum(greatest) / 3, abs=1e-5)
    every = [(one, True) for row in asked for one in row] + [(one, False) for one in against]
    shares = [share(sorted(every, key=lambda one: (-round(one[0], 5), one[1] is first))[:NEAREST]) for first in (True, False)]
    assert min(shares) - 1e-4 <= found.share <= max(shares) + 1e-4


def share(nearest: list[tuple[float, bool]]) -> float:
    """The part of those that have an answer, by cosine."""
    total = sum(cosine for cosine, _ in nearest)
    return sum(cosine for cosine, answered in nearest if answered) / total if total > 1e-6 else 0.0


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
    likeness = bank.likeness(terms, [1, 0], terms, ())
    assert likeness.to_best == pytest.approx(1, abs=1e-5)
    assert likeness.to_unanswered == 0  # the best passage has every term
    assert bank.likeness({}, [0], (), ()).share == 0


def test_a_question_leans_as_the_known_ones_with_its_terms_do(segmenter: Segmenter) -> None:
    asked = [f"{word}精神是什么" for word in ("劳模", "工匠", "创新", "奉献", "改革", "实干")]
    unanswered = [f"{word}奖金有多少" for word in ("劳模", "工匠", "创新", "奉献", "改革", "实干")]
    bank = question_bank(count_terms([*asked, *unanswered], segmenter), [0, len(asked)])

    def leaning(question: str, said: str = "") -> float:
        terms = {t.text: 1.0 for t in segmenter.terms(question)}
        return bank.likeness(terms, [0], (), {term for term in terms if term[1:] in said}).leaning

    assert leaning("团结精神是什么") > 0 > leaning("团结奖金有多少")
    assert leaning("劳模") == 0, "it stands in fewer than LEAST questions"
    assert leaning("团结精神奖金", "精神") < leaning("团结精神奖金"), "what the passage says does not count"
    assert leaning("团结奖金有多少", "团结奖金有多少") == 0


@pytest.mark.parametrize("first", [[0, 0], [0, 3]])
def test_nothing_leans_where_only_one_kind_is_known(segmenter: Segmenter, first: list[int]) -> None:
    bank = question_bank(count_terms(["工会有什么用", "工会有多少人", "工会有没有用"], segmenter), first)
    assert not bank.leanings.any()


def test_the_asked_field_holds_asks_and_own_words(corpus: Corpus, segmenter: Segmenter) -> None:
    cut = passages(corpus)
    found = searchable(corpus, cut, asks_of(cut, ()), Unanswered(), segmenter)
    assert [f.name for f in found.index.fields] == ["paragraph", "opening", "own", "heading"]
