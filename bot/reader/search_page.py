"""The page that finds a wording in all speeches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from bot.contract.actions import QuoteId
from bot.reader.collection_page import search_form
from bot.reader.markup import Html, joined, tag
from bot.reader.page_frame import whole_page
from bot.reader.page_links import PageView
from bot.reader.shared_notes import place_link
from bot.service.quote_text import position, speech_name
from retrieval import Corpus, Lookup, Occurrence, Span, source

SHOWN = 500  # places on one page, chosen: 劳动 stands in 167 of the bundled speeches
_AROUND = 24  # characters shown before and after a place, chosen: a line of a window, two of a telephone


def search_page(view: PageView, corpus: Corpus, wording: str, found: Lookup | None, *, themes: bool) -> Html:
    """All places of a wording, by speech, with how many there are; the closest original where there is none.

    themes: whether sentences on a theme can be lit up.
    """
    say = view.say
    title = say("reader.found_title", wording=wording) if wording else say("reader.search")
    results = _results(view, corpus, wording, found, themes) if found else ()
    texts = Html() if view.links.served else joined(tag("noscript", tag("p", say("reader.needs_script"))), _texts(view, corpus))
    content = (tag("h1", say("reader.search")), search_form(view, wording), tag("div", *results, id="results"), texts)
    return whole_page(view, title, *content, cls="search")


def _results(view: PageView, corpus: Corpus, wording: str, found: Lookup, themes: bool) -> tuple[Html, ...]:
    say = view.say
    if found.places:
        groups = [(number, list(places)) for number, places in groupby(found.places, lambda place: place.speech)]
        said = say("reader.found", wording=wording, count=len(found.places), speeches=len(groups))
        more = (tag("p", say("reader.more_places", count=SHOWN)),) if len(found.places) > SHOWN else ()
        return (tag("p", said, cls="count"), *_sections(view, corpus, wording, groups, themes), *more)
    nothing = tag("p", say("reader.not_found", wording=wording), cls="count")
    if found.near is None:
        return (nothing,)
    near = tag("p", say("reader.closest"), tag("q", found.near.text, lang="zh-CN"), " ", place_link(view, corpus, found.near.place))
    return nothing, near


def _sections(view: PageView, corpus: Corpus, wording: str, groups: Sequence[tuple[int, list[Occurrence]]], themes: bool) -> list[Html]:
    say, left, sections = view.say, SHOWN, []
    for number, places in groups:
        numbered = corpus.speech(number)
        head = tag("h2", speech_name(number, numbered.entry, say), " ", tag("small", say("reader.times", count=len(places))))
        every = tag("a", say("reader.light_all"), href=view.links.all_places(number, wording))
        themed = [" ", tag("a", say("reader.light_theme"), href=view.links.on_theme(number, wording))] if themes else []
        rows = [_row(view, corpus, place) for place in places[:left]]
        left -= len(rows)
        sections.append(tag("section", head, tag("p", tag("span", numbered.title, lang="zh-CN"), " ", every, *themed), tag("ol", *rows)))
    return sections


def _row(view: PageView, corpus: Corpus, place: Occurrence) -> Html:
    text, around = corpus.texts[place.file], corpus.speech(place.speech).speech.span
    before = text[max(around.start, place.span.start - _AROUND) : place.span.start]
    after = text[place.span.end : min(around.end, place.span.end + _AROUND)]
    words = joined(_one_line(before), tag("mark", text[place.span.start : place.span.end]), _one_line(after))
    where = position(source(corpus, place.speech, place.span), view.say) or view.say("reader.beginning")
    link = tag("a", where, href=view.links.speech(place.speech, [QuoteId(place.speech, *place.span)]))
    return tag("li", tag("span", words, lang="zh-CN"), " ", link)


def _one_line(words: str) -> str:
    return words.replace("\n", " ").replace("\r", " ")


def _texts(view: PageView, corpus: Corpus) -> Html:
    """What the script of a folder of files searches: a block of data, which is never run."""
    say = view.say
    speeches = [
        {
            "number": numbered.number,
            "name": speech_name(numbered.number, numbered.entry, say),
            "title": numbered.title,
            "href": view.links.speech(numbered.number),
            "start": numbered.speech.span.start,
            "text": corpus.text(numbered.speech.file, numbered.speech.span),
            "places": _leaf_places(view, corpus, numbered.number, numbered.speech.span),
        }
        for numbered in corpus.speeches
    ]
    data = json.dumps({"speeches": speeches, "say": dict(say.below("reader.folder"))}, ensure_ascii=False).replace("<", "\\u003c")
    data = data.encode("utf-8", "replace").decode("utf-8")
    return Html(f'<script type="application/json" id="texts">{data}</script>')


def _leaf_places(view: PageView, corpus: Corpus, number: int, around: Span) -> list[tuple[int, str]]:
    """(where it begins, how it is cited) for every leaf."""
    leaves = corpus.speech(number).speech.leaves()
    return [(leaf.span.start - around.start, position(source(corpus, number, leaf.span), view.say)) for leaf in leaves]
