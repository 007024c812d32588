"""Stretches tile a speech, pages hold everything, surroundings fit."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, Engine, Span
from retrieval.speeches.stretches import neighbours, pages, section_of, stretch, stretches, surroundings


def test_stretches_follow_each_other_and_hold_every_leaf(corpus: Corpus) -> None:
    for numbered in corpus.speeches:
        found = stretches(numbered)
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
        for leaf in numbered.speech.leaves():
            assert sum(s.span.covers(leaf.span) for s in found) == 1
        assert len({s.path for s in found}) == len(found)


def test_every_stretch_and_every_part_is_found_by_its_path_and_has_neighbours(corpus: Corpus) -> None:
    for numbered in corpus.speeches:
        walked, path = [], stretches(numbered)[0].path
        while path is not None:
            walked.append(path)
            path = neighbours(corpus, numbered.number, path)[1]
        assert walked == [s.path for s in stretches(numbered)]
        for node in numbered.speech.walk():
            if node.number:
                assert stretch(corpus, numbered.number, node.number).span == node.span
                before, after = neighbours(corpus, numbered.number, node.number)
                assert before is None or neighbours(corpus, numbered.number, before)[1] == node.number
                assert after is None or neighbours(corpus, numbered.number, after)[0] == node.number


def test_every_position_of_running_text_is_in_a_section(corpus: Corpus) -> None:
    for numbered in corpus.speeches:
        for leaf in numbered.speech.leaves():
            assert section_of(corpus, numbered.number, leaf.span.start).span.covers(leaf.span)


@given(st.text("一二三。，！\n \u3000ab", max_size=300), st.integers(1, 50))
def test_pages_are_short_in_order_and_lose_only_blanks(text: str, limit: int) -> None:
    found = pages(text, Span(0, len(text)), limit)
    assert all(0 < p.end - p.start <= limit or not text[p.start : p.end].strip() for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    kept = "".join(text[p.start : p.end] for p in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_surroundings_hold_the_quote_and_fit(engine: Engine, corpus: Corpus) -> None:
    for passage in engine.passages:
        for limit in (400, 3400):
            span = surroundings(corpus, passage.speech, passage.span, limit)
            assert span.covers(passage.span)
            assert span.end - span.start <= max(limit, passage.span.end - passage.span.start)
