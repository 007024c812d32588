"""The words on a page are those of the file, every one at its place; what is lit up is the quote."""

from __future__ import annotations

import doctest
import os
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader import markup, printed, shared_notes, visitor_rates
from bot.reader.lit_places import LitPlaces
from bot.reader.markup import escaped, tag
from bot.reader.page_links import ServedLinks
from bot.reader.printed import merged
from bot.reader.reader_pages import PageKey, ReaderPages
from bot.reader.speech_text import SpeechText, TextLayers
from bot.settings.config import Settings
from bot.settings.library import Library, Speeches
from bot.settings.wording import Wording
from retrieval import Corpus, Span, contents, part_quote, read_asks
from tests.kit.read_page import corpus_with, seen, view_in
from tests.retrieval.speeches.test_parse import TEXT

HOSTILE = [
    "<script>alert(1)</script>",
    "&amp; & &#13;",
    "一\r\n二",
    "\"'><b onclick=x>",
    "</div></article>",
    "𠮷𠀋字",
    "\x00\x0b\x1f",
    "\ufeff\u202e",
]
LINES = st.lists(TEXT | st.sampled_from(HOSTILE), min_size=1, max_size=6).map("\n".join)


def test_the_examples_in_docstrings_run() -> None:
    assert [doctest.testmod(module).failed for module in (markup, printed, shared_notes, visitor_rates)] == [0] * 4


def printable(text: str) -> str:
    """As a page can hold it: one for one."""
    return "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)


@given(text=st.text(max_size=60) | st.sampled_from(HOSTILE))
def test_text_and_attributes_come_back_as_they_were(text: str) -> None:
    page = seen(tag("p", text, id=f"i{text}"))
    assert (page.text, page.ids) == (printable(text), [printable(f"i{text}")])
    assert not set("<>\"'") & set(escaped(text))


def test_the_page_of_every_speech_holds_all_of_it(library: Library, phrases: Wording) -> None:
    assert_whole(library.corpus, phrases, ReaderPages(library, phrases))


@given(text=LINES)
def test_the_page_of_any_speech_holds_all_of_it(phrases: Wording, text: str) -> None:
    corpus = corpus_with(text)
    assert_whole(corpus, phrases, ReaderPages(Speeches(corpus, ()), phrases))


def assert_whole(corpus: Corpus, phrases: Wording, pages: ReaderPages) -> None:
    for numbered in corpus.speeches:
        layers = TextLayers(shared=pages.shared.of(numbered.number))
        page = seen(SpeechText(corpus, numbered.number, view_in(phrases), layers).markup())
        whole = printable(corpus.text(numbered.speech.file, numbered.speech.span))
        assert "".join(words for _, words in page.words) == whole
        for start, words in page.words:
            at = start - numbered.speech.span.start
            assert whole[at : at + len(words)] == words
        assert len(page.ids) == len(set(page.ids))


@given(text=LINES, ends=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=4))
def test_any_ranges_of_any_speech_are_lit_up(phrases: Wording, text: str, ends: list[tuple[int, int]]) -> None:
    corpus = corpus_with(text)
    for numbered in corpus.speeches:
        start, end = numbered.speech.span
        spans = merged([Span(start + at, min(end, start + at + size)) for at, size in ends if start + at < end])
        assert_lit(corpus, phrases, numbered.number, spans)


def assert_lit(corpus: Corpus, phrases: Wording, number: int, spans: tuple[Span, ...]) -> None:
    page = seen(SpeechText(corpus, number, view_in(phrases), TextLayers(LitPlaces(spans))).markup())
    file = corpus.speech(number).speech.file
    assert page.lit == {f"{number}.{span.start}.{span.end}": printable(corpus.text(file, span)) for span in spans}
    assert [i for i in page.ids if i.startswith("m")] == [f"m{at + 1}" for at in range(len(spans))]


def test_every_quote_of_every_possible_reply_opens_at_its_place(library: Library, phrases: Wording) -> None:
    """All that the engine can quote, that is shown alone, every part and every sentence: lit up in as few pages as hold them apart."""
    wanted = everything_quoted(library)
    assert len(wanted) > 400
    assert_all_lit(library.corpus, phrases, wanted)


def assert_all_lit(corpus: Corpus, phrases: Wording, wanted: set[tuple[int, Span]]) -> None:
    for numbered in corpus.speeches:
        spans = sorted(span for number, span in wanted if number == numbered.number)
        while spans:
            apart = [spans[0]]
            for span in spans[1:]:
                if span.start >= apart[-1].end:
                    apart.append(span)
            assert_lit(corpus, phrases, numbered.number, tuple(apart))
            spans = [span for span in spans if span not in set(apart)]


def everything_quoted(library: Library) -> set[tuple[int, Span]]:
    corpus = library.corpus
    found = {(passage.speech, span) for passage in library.engine.passages for span in (passage.span, *passage.more)}
    found |= {(quote.source.speech, quote.source.span) for quote in library.shareable}
    for numbered in corpus.speeches:
        found |= {
            (numbered.number, part_quote(corpus, numbered.number, node.number).source.span) for node in contents(corpus, numbered.number)
        }
        found |= {(numbered.number, span) for span in numbered.speech.paragraphs}
    return found


EACH = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 32  # of 69 000 questions; all, in a thorough run, take 50 s


@pytest.mark.slow
def test_every_quote_of_every_bundled_question_opens_at_its_place(library: Library, phrases: Wording, settings: Settings) -> None:
    asked = {words for ask in read_asks(settings.seeds / "asks.jsonl", library.corpus.texts) for words in ask.asks[::EACH]}
    found = {
        (source.speech, source.span)
        for question in sorted(asked)
        for quote in library.engine.ask(question).quotes
        for source in (quote.source, *quote.also)
    }
    assert_all_lit(library.corpus, phrases, found)


@given(text=LINES, words=st.text(max_size=8))
def test_every_kind_of_page_of_any_speech_is_closed_and_names_places_that_are_there(phrases: Wording, text: str, words: str) -> None:
    corpus = corpus_with(text)
    numbers = [numbered.number for numbered in corpus.speeches]
    pages, links = ReaderPages(Speeches(corpus, ()), phrases), ServedLinks()
    keys = [PageKey("collection", "", "zh", links), PageKey("search", "", "en", links, wording=words)]
    keys += [PageKey("speech", "", "zh", links, numbers=(number,), wording=words) for number in numbers]
    keys += [PageKey("comparison", "", "zh", links, numbers=pair) for pair in pairwise(numbers)]
    for key in keys:
        page = seen(pages.page(key).body.decode("utf-8"))
        assert len(page.ids) == len(set(page.ids))
        assert {link[1:] for link in page.links if link.startswith("#") and len(link) > 1} <= set(page.ids)
