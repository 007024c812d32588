"""Messages: entities stay in place whatever is added, quotes stay verbatim, citations fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract.reply import Button
from bot.contract.text_builder import TextBuilder
from bot.service.quote_text import Style, citation, part_name, put_words, source_line
from bot.service.traditional import to_traditional
from bot.settings.library import Library
from bot.settings.wording import Wording
from retrieval import quote
from retrieval.speeches.overlap import shared_runs

words = st.text("劳动光荣，。ab \n*×<&😀", min_size=1, max_size=60)


@given(st.lists(words, min_size=1, max_size=8))
def test_formatted_words_are_where_their_entities_say(pieces: list[str]) -> None:
    text = TextBuilder().add("头")
    for piece in pieces:
        text.line(piece, "bold")
    reply = text.add("尾").reply()
    assert [reply.text[e.start : e.end] for e in reply.entities] == pieces


@given(words, st.lists(st.integers(0, 60), max_size=8), st.booleans())
def test_marks_of_quoted_words_mark_the_same_words(text: str, cuts: list[int], convert: bool) -> None:
    places = sorted({cut for cut in cuts if cut <= len(text)})
    marks = [(a, b) for a, b in zip(places[::2], places[1::2], strict=False) if a < b]
    style = Style(None, to_traditional if convert else None)  # type: ignore[arg-type]
    reply = put_words(TextBuilder(), text, marks, style).add("。").reply()
    bold = [reply.text[e.start : e.end] for e in reply.entities if e.kind == "bold"]
    assert bold == [style.shown(text[a:b]) for a, b in marks]
    if not convert:
        assert [reply.text[e.start : e.end] for e in reply.entities if e.kind == "blockquote"] == [text]


def test_too_many_entities_lose_their_bold_ones_first() -> None:
    text = TextBuilder()
    for _ in range(120):
        text.add("字", "bold").add("。")
    reply = text.line().line("引文", "blockquote").reply()
    assert len(reply.entities) == 90
    assert reply.entities[-1].kind == "blockquote"


def test_what_telegram_would_refuse_is_never_built() -> None:
    with pytest.raises(ValueError, match="empty"):
        TextBuilder().line().reply()
    with pytest.raises(ValueError, match="4097"):
        TextBuilder().add("字" * 4097).reply()


def test_missing_buttons_and_empty_rows_are_left_out() -> None:
    button = Button("好", data="x")
    assert TextBuilder().add("字").reply([None], [button, None], []).buttons == ((button,),)


def test_every_citation_fits_a_copy_button_and_names_its_source(library: Library, phrases: Wording) -> None:
    for passage in library.engine.passages:
        found = quote(library.corpus, passage.speech, passage.span)
        for style in ("chat", "plain", "note"):
            for say in (phrases.zh, phrases.en):
                cited = citation(found, style, say)
                assert 0 < len(cited) <= 256
                assert (found.source.printed or "在“五一”劳模座谈会上的讲话") in cited
                assert found.source.entry.place in cited
                assert say("cite.year", year=found.source.entry.year) in cited
                assert say("source.brief", number=passage.speech) not in cited
                assert ".txt" not in cited
                assert "、，" not in cited, "of a part without a heading its number is told"


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ((), "", ""),
        ((4,), "四、", "4"),
        ((4, 1), "四（一）", "4.1"),
        ((2, 3, 1), "二（三）1.", "2.3.1"),
        ((12, 120), "十二（120）", "12.120"),
    ],
)
def test_a_part_is_named_as_it_is_usually_printed(phrases: Wording, path: tuple[int, ...], chinese: str, english: str) -> None:
    assert (part_name(path, phrases.zh), part_name(path, phrases.en)) == (chinese, english)


def test_the_source_of_every_passage_is_one_line_with_place_year_part_and_paragraph(library: Library, phrases: Wording) -> None:
    lines = {}
    for passage in library.engine.passages:
        found = quote(library.corpus, passage.speech, passage.span)
        lines[found.id] = line = source_line(found.source, phrases.zh)
        assert line.startswith(f"第{passage.speech}篇·{found.source.entry.place} {found.source.entry.year}")
        assert len(line) <= 40
    assert lines["4.8070.8080"] == "第4篇·张家界 2014 · 二、第6段"


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("爱岗敬业、争创一流、艰苦奋斗", "要爱岗敬业，争创一流，艰苦奋斗。", ["爱岗敬业，争创一流，艰苦奋斗"]),
        ("尊重劳动、尊重知识", "尊重劳动者", []),
        ("", "尊重劳动", []),
    ],
)
def test_shared_runs_ignore_signs_between_words(one: str, other: str, shared: list[str]) -> None:
    assert [other[r.start : r.end] for r in shared_runs(one, other)] == shared


def test_marks_in_any_order_leave_the_words_as_they_are() -> None:
    reply = put_words(TextBuilder(), "旅游型城市", [(3, 5), (0, 2)], Style(None)).reply()  # type: ignore[arg-type]
    assert reply.text == "旅游型城市"
    assert sorted(reply.text[e.start : e.end] for e in reply.entities if e.kind == "bold") == ["城市", "旅游"]
