"""The page of the whole collection, by time."""

from __future__ import annotations

from itertools import groupby

from bot.reader.contents_list import part_title
from bot.reader.markup import Html, joined, tag
from bot.reader.page_frame import whole_page
from bot.reader.page_links import PageView
from retrieval import Corpus, Numbered, contents, lengths

_UNKNOWN = 9999  # years have four digits: speeches without one come last
_LISTED = 12  # parts named of one speech, chosen


def collection_page(view: PageView, corpus: Corpus) -> Html:
    """Every speech with place, year, theme and length, the earliest first."""
    say = view.say
    counted = lengths(corpus)
    in_order = sorted(corpus.speeches, key=lambda numbered: (_year(numbered), numbered.number))
    years = [
        tag(
            "section",
            tag("h2", str(year) if year != _UNKNOWN else say("reader.no_year")),
            *(_row(view, corpus, numbered, counted[numbered.number]) for numbered in group),
            cls="year",
        )
        for year, group in groupby(in_order, _year)
    ]
    total = say("reader.total", count=len(corpus.speeches), characters=sum(counted.values()))
    content = (tag("h1", say("reader.collection")), tag("p", total, cls="about"), search_form(view, ""), *years)
    return whole_page(view, say("reader.collection"), *content, cls="collection")


def search_form(view: PageView, wording: str) -> Html:
    """Searches all speeches; in a folder of files the script does."""
    say = view.say
    return tag(
        "form",
        tag("label", say("reader.find_everywhere"), for_="everywhere"),
        tag("input", type="search", name="q", id="everywhere", maxlength=200, value=wording, autocomplete="off", enterkeyhint="search"),
        hidden_language(view),
        tag("button", say("reader.find"), type="submit"),
        action=view.links.search().partition("?")[0],
        role="search",
        cls="find",
    )


def hidden_language(view: PageView) -> Html:
    """What keeps the language of an address that asks for one, when a form is sent."""
    asked = view.links.served and view.links.language
    return tag("input", type="hidden", name="lang", value=asked) if asked else Html()


def _year(numbered: Numbered) -> int:
    return numbered.entry.year or _UNKNOWN


def _row(view: PageView, corpus: Corpus, numbered: Numbered, characters: int) -> Html:
    say, entry = view.say, numbered.entry
    link = tag("a", numbered.title, href=view.links.speech(numbered.number), lang="zh-CN")
    facts = [say("source.brief", number=numbered.number), entry.place, entry.short, say("reader.characters", count=characters)]
    tops = [node for node in contents(corpus, numbered.number) if len(node.number) == 1]
    heads = [part_title(corpus, numbered.number, node) for node in tops[:_LISTED]]
    listed = tag("ul", *(tag("li", head) for head in heads), lang="zh-CN") if heads else Html()
    return tag("article", tag("h3", link), tag("p", joined(*filter(None, facts), between=" · "), cls="about"), listed)
