"""Where else the words of a paragraph stand."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contract.actions import QuoteId
from bot.reader.markup import Html, joined, tag
from bot.reader.page_links import PageView
from bot.service.quote_text import source_line
from retrieval import Corpus, Occurrence, SharedPassage, Span, source

MOST = 4  # places of one passage that are named, chosen: a note stays smaller than its paragraph
_SHORT = 24  # characters of a passage in the note, chosen: half a line of a telephone


def shared_note(view: PageView, corpus: Corpus, number: int, passages: Sequence[SharedPassage]) -> Html:
    """A line that opens: each passage of a speech that others share, with the places where it stands too."""
    rows = [tag("li", _words(corpus, number, passage.span), " ", _places(view, corpus, passage.also)) for passage in passages]
    summary = tag("summary", view.say("reader.shared", count=len(passages)))
    return tag("details", summary, tag("ul", *rows), cls="also")


def place_link(view: PageView, corpus: Corpus, place: Occurrence) -> Html:
    """A place in another speech, as it is cited, lit up there."""
    words = source_line(source(corpus, place.speech, place.span), view.say)
    return tag("a", words, href=view.links.speech(place.speech, [QuoteId(place.speech, *place.span)]))


def shortened(words: str) -> str:
    """Words on one line, the middle left out of many.

    >>> shortened("劳动" * 20)
    '劳动劳动劳动劳动劳动劳动……劳动劳动劳动劳动劳动劳动'
    """
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT // 2]}……{line[-_SHORT // 2 :]}"


def _words(corpus: Corpus, number: int, span: Span) -> Html:
    return tag("q", shortened(corpus.text(corpus.speech(number).speech.file, span)), lang="zh-CN")


def _places(view: PageView, corpus: Corpus, places: Sequence[Occurrence]) -> Html:
    return joined(*(place_link(view, corpus, place) for place in places[:MOST]), between="；")
