"""The best passages of a collection: the same compiled or not, in any segments, and those that an exhaustive scoring finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval import Engine, Segmenter
from retrieval.index.candidates import CandidateScope
from retrieval.index.search import best
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.exact_scores import exact_scores
from retrieval.segments.opened_segments import opened_segments
from tests.kit.prepared import compile_search
from tests.retrieval.segments.test_same_answers import QUESTIONS

pytestmark = pytest.mark.slow


SOME = QUESTIONS[::15]


@pytest.fixture(scope="module")
def collection(index: Path) -> CollectionIndex:
    return CollectionIndex(opened_segments(index, compiled=False)[1])


def terms(question: str) -> dict[str, float]:
    return {term.text: 1.0 for term in Segmenter().terms(question)}


def test_scores_are_inner_products_of_weights_and_summed_impacts(collection: CollectionIndex) -> None:
    """The sum over terms of a passage is what each term finds alone."""
    asked = collection.weighed(terms("劳模精神怎么弘扬"))
    numbers, scores = collection.search(asked, 5)
    alone = {term: dict(zip(*collection.search({term: weight}, 10_000), strict=True)) for term, weight in asked.items() if weight}
    for number, score in zip(numbers.tolist(), scores.tolist(), strict=True):
        assert score == pytest.approx(sum(found.get(number, 0.0) for found in alone.values()), rel=1e-4)


def test_the_best_are_those_of_an_exhaustive_search(small: Engine, collection: CollectionIndex) -> None:
    kept = total = 0
    places = _places(small, collection)
    for question in SOME:
        asked = terms(question)
        expected = {places[n] for n in best(small.found.index.search(asked), None, 10)}
        numbers, _ = exact_scores(collection, asked, collection.search(collection.weighed(asked), 256)[0])
        kept, total = kept + len(expected & set(numbers.tolist())), total + len(expected)
    assert kept >= 0.995 * total


def test_few_are_the_first_of_all_whatever_lengths_a_segment_has(collection: CollectionIndex) -> None:
    """Bounds of a segment are of its own average lengths; the three differ by a third."""
    for question in SOME:
        asked = collection.weighed(terms(question))
        _, every = collection.search(asked, collection.totals.passages)
        for k in (1, 3, 10):
            assert collection.search(asked, k)[1] == pytest.approx(every[:k], rel=1e-5)


def test_candidates_are_scored_to_the_same_bit(small: Engine, collection: CollectionIndex) -> None:
    places = _places(small, collection)
    for question in SOME:
        numbers, scores = exact_scores(collection, terms(question), collection.search(collection.weighed(terms(question)), 30)[0])
        expected = np.zeros(len(small.passages), np.float32)
        expected[[places[n] for n in range(len(small.passages))]] = small.found.index.search(terms(question))
        assert expected[numbers].tolist() == scores.tolist()


def test_a_scope_is_searched_as_if_nothing_else_were_there(collection: CollectionIndex) -> None:
    asked, size = collection.weighed(terms("劳动")), collection.totals.passages
    numbers, scores = collection.search(asked, size)
    for within in (CandidateScope(passages=(40, 160)), CandidateScope(part="closing"), CandidateScope(passages=(0, size), part="opening")):
        inside, of_scope = collection.search(asked, size, within)
        here = np.isin(numbers, inside)
        assert 0 < len(inside) < len(numbers)
        assert dict(zip(numbers[here].tolist(), scores[here].tolist(), strict=True)) == dict(
            zip(inside.tolist(), of_scope.tolist(), strict=True)
        )
        few = collection.search(asked, 5, within)[1]
        assert few.tolist() == of_scope[:5].tolist()


def test_nothing_is_found_for_unknown_terms(collection: CollectionIndex) -> None:
    assert [len(column) for column in collection.search({"wqwertz": 1.0}, 10)] == [0, 0]


@pytest.mark.slow
def test_compiled_and_plain_searches_are_the_same(
    index: Path, collection: CollectionIndex, tmp_path_factory: pytest.TempPathFactory
) -> None:
    compile_search(tmp_path_factory)
    compiled = CollectionIndex(opened_segments(index)[1])
    for question in QUESTIONS[::3]:
        for k in (1, 10, 100):
            asked = collection.weighed(terms(question))
            for within in (None, CandidateScope(passages=(40, 400)), CandidateScope(part="closing")):
                (_, one), (numbers, other) = collection.search(asked, k, within), compiled.search(asked, k, within)
                assert one == pytest.approx(other, rel=1e-4)
                assert len({*numbers.tolist()}) == len(numbers), "none is found twice"


def _places(small: Engine, collection: CollectionIndex) -> dict[int, int]:
    """From the small corpus's numbers of passages to those of the collection: by file and place."""
    names = [(segment.columns.values["speeches"], segment.columns) for segment in collection.segments]
    by_place, number = {}, 0
    for speeches, columns in names:
        for speech, start in zip(columns["passages.speech"].tolist(), columns["passages.start"].tolist(), strict=True):
            by_place[speeches[speech][0], start] = number
            number += 1
    return {n: by_place[p.file, p.span.start] for n, p in enumerate(small.passages)}
