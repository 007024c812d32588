"""Sparse vectors: their inner products are the scores of the index, whatever fields it has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Corpus, Engine, Segmenter
from retrieval.index.division import asks_of, passages
from retrieval.index.fields import searchable
from retrieval.index.search import Index
from retrieval.index.term_space import TermSpace, Vector, passage_vectors, term_space
from retrieval.speeches.asks import Unanswered, read_asks
from tests.retrieval.conftest import ROOT

pytestmark = pytest.mark.slow


KINDS = ("plain", "asked", "mixed")
Spaces = dict[str, tuple[Index, TermSpace, list[Vector]]]
WEIGHTS = st.sampled_from([0.3, 0.4, 0.6, 1.0, 1.5])


@pytest.fixture(scope="module")
def mixed(corpus: Corpus, segmenter: Segmenter) -> Index:
    """Five speeches with asks, and the first one without."""
    asks = [ask for ask in read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts) if ask.file != corpus.speeches[0].speech.file][::20]
    cut = passages(corpus, asks)
    return searchable(corpus, cut, asks_of(cut, asks), Unanswered(), segmenter).index


@pytest.fixture(scope="module")
def spaces(engine: Engine, plain: Engine, mixed: Index) -> Spaces:
    found = {}
    for kind, index in zip(KINDS, (plain.found.index, engine.found.index, mixed), strict=True):
        space = term_space(index)
        found[kind] = (index, space, [*passage_vectors(index, space)])
    return found


@pytest.fixture(scope="module")
def known(spaces: Spaces) -> dict[str, list[str]]:
    """Five hundred terms of each, from everywhere."""
    terms = {kind: [*space.groups[0].vocabulary] for kind, (_, space, _) in spaces.items()}
    return {kind: every[:: len(every) // 500] for kind, every in terms.items()}


def scores_of(question: Vector, vectors: list[Vector]) -> list[float]:
    return [sum(weight * vector.get(term, 0.0) for term, weight in question.items()) for vector in vectors]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_inner_products_are_the_scores(spaces: Spaces, known: dict[str, list[str]], kind: str, data: st.DataObject) -> None:
    index, space, vectors = spaces[kind]
    terms = data.draw(st.dictionaries(st.sampled_from([*known[kind], "w没有的词", "c龘"]), WEIGHTS, max_size=12))
    assert np.allclose(scores_of(space.vector(space.weighed(terms)), vectors), index.search(terms), rtol=1e-5, atol=1e-5)


def test_terms_that_no_passage_has_are_in_no_vector(spaces: Spaces) -> None:
    _, space, _ = spaces["plain"]
    assert space.weighed({"w没有的词": 1.0}) == {}
    assert space.vector({"w没有的词": 1.0}) == {}


def test_all_weights_are_positive_for_that_is_what_engines_take(spaces: Spaces) -> None:
    for _, _, vectors in spaces.values():
        assert min(weight for vector in vectors for weight in vector.values()) > 0


def test_making_them_can_go_on_where_it_was(plain: Engine) -> None:
    index, space = plain.found.index, term_space(plain.found.index)
    assert [*passage_vectors(index, space, 300)] == [*passage_vectors(index, space)][300:]


def test_speeches_with_and_without_asks_share_no_term(mixed: Index, spaces: Spaces) -> None:
    _, space, vectors = spaces["mixed"]
    assert mixed.unasked is not None
    first_plain = space.groups[1].start
    for vector, is_plain in zip(vectors, np.asarray(mixed.unasked.rows).tolist(), strict=True):
        assert all((term >= first_plain) == is_plain for term in vector)
