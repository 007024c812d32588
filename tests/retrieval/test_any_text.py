"""Thousands of random texts and byte strings through parser, query and renderer: no exception, and what holds always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract.text_builder import TextBuilder
from bot.service.quote_text import Style, put_words
from retrieval import Corpus, Engine, References, by_id
from retrieval.speeches.parse import parse
from retrieval.terms.fold import fold
from tests.retrieval.answer.test_engine import assert_verbatim
from tests.retrieval.speeches.test_parse import TEXT, assert_tiled

BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace"))
TEXTS = TEXT | BYTES

EXAMPLES = 50 * settings().max_examples  # 2 000; thorough 15 000


@pytest.fixture(scope="module")
def references(corpus: Corpus) -> References:
    return References(corpus)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None)
@given(text=TEXTS)
def test_any_text_goes_through_parser_query_and_renderer(engine: Engine, references: References, text: str) -> None:
    for speech in parse(text, "x.txt"):
        assert_tiled(text, speech)
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    answer = engine.ask(text)
    assert len(answer.understood.references) <= 6
    assert all(weight > 0 for weight in answer.understood.terms.values())
    named = references.find(text).references
    assert named in (answer.understood.references, ())  # one may be spelled with other characters of the same sound
    for quote in answer.quotes:
        assert_verbatim(engine, quote)
        assert by_id(engine.corpus, quote.id).source == quote.source
        start = quote.source.span.start
        marks = [(mark.start - start, mark.end - start) for mark in quote.marks]
        reply = put_words(TextBuilder(), quote.text, marks, Style(None, None)).reply()  # type: ignore[arg-type]
        assert [reply.text[e.start : e.end] for e in reply.entities if e.kind == "blockquote"] == [quote.text]
