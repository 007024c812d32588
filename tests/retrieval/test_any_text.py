"""20 000 random texts and byte strings through parser, query and renderer: no exception, and what holds always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import Style, Text
from bot.render.quotes import put_words
from retrieval import Engine, References, by_id
from retrieval.fold import fold
from retrieval.parse import parse
from tests.retrieval.test_engine import assert_verbatim
from tests.retrieval.test_parse import TEXT, assert_tiled

BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace"))
TEXTS = TEXT | BYTES
MANY = settings(max_examples=20_000, deadline=None)

pytestmark = pytest.mark.slow


@MANY
@given(TEXTS)
def test_any_text_is_parsed_and_folded(text: str) -> None:
    for speech in parse(text, "x.txt"):
        assert_tiled(text, speech)
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1


@MANY
@given(TEXTS)
def test_any_question_is_understood(engine: Engine, text: str) -> None:
    understood = engine.reader.understand(text)
    assert len(understood.references) <= 6
    assert all(weight > 0 for weight in understood.terms.values())
    assert References(engine.corpus).find(text).references == understood.references


@MANY
@given(TEXTS)
def test_any_answer_is_verbatim_when_rendered(engine: Engine, text: str) -> None:
    for quote in engine.ask(text).quotes:
        assert_verbatim(engine, quote)
        assert by_id(engine.corpus, quote.id).source == quote.source
        start = quote.source.span.start
        marks = [(mark.start - start, mark.end - start) for mark in quote.marks]
        reply = put_words(Text(), quote.text, marks, Style(None, None)).reply()  # type: ignore[arg-type]
        assert [reply.text[e.start : e.end] for e in reply.entities if e.kind == "blockquote"] == [quote.text]
