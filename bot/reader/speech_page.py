"""The page of one speech."""

from __future__ import annotations

from bot.reader.collection_page import hidden_language
from bot.reader.contents_list import contents_list
from bot.reader.lit_places import LitPlaces
from bot.reader.markup import Html, joined, tag
from bot.reader.page_frame import whole_page
from bot.reader.page_links import PageView
from bot.reader.speech_text import SpeechText, TextLayers
from bot.service.quote_text import cited, position, speech_name
from retrieval import Corpus, Numbered, SharedPassage, source

LISTED = 12  # places named above a speech as they are cited, chosen: three lines of a window; of more their numbers


def speech_page(view: PageView, corpus: Corpus, number: int, layers: TextLayers, beside: tuple[tuple[int, int], ...]) -> Html:
    """A speech; beside: (number, passages shared) of the speeches that it can be compared with. Raises UnknownReference."""
    numbered = corpus.speech(number)
    cite = cited(source(corpus, number, numbered.speech.span), view.say)
    listed = contents_list(corpus, number)
    others = _other_speeches(view, corpus, number, layers.lit)
    article = tag(
        "article",
        _top(view, numbered, cite),
        _folded_contents(view, listed),
        _lit_list(view, corpus, number, layers.lit),
        tag("div", SpeechText(corpus, number, view, layers).markup(), cls="text", lang="zh-CN"),
        _foot(view, number, cite, beside),
        data_number=number,
        data_cited=cite,
        data_comma=view.say("cite.comma"),
        data_picture="/read/picture" if view.links.served else "",
    )
    aside = (
        tag("nav", tag("h2", view.say("reader.contents")), listed, cls="side", aria_label=view.say("reader.contents")) if listed else Html()
    )
    return whole_page(view, numbered.title, aside, article, _places_bar(view, others[:1]), _selection_bar(view), cls="reading")


def _top(view: PageView, numbered: Numbered, cite: str) -> Html:
    say = view.say
    where = speech_name(numbered.number, numbered.entry, say)
    about = joined(where, *([" · ", numbered.entry.short] if numbered.entry.short else []))
    return tag(
        "header",
        tag("h1", numbered.title, lang="zh-CN"),
        tag("p", about, cls="about", lang="zh-CN"),
        _basis(view, numbered),
        _find_form(view, numbered.number),
        tag("p", cite, cls="on-paper"),
    )


def _basis(view: PageView, numbered: Numbered) -> Html:
    entry = numbered.entry
    inferred = entry.year and not entry.date and entry.year_basis
    return tag("p", view.say("reader.inferred", year=entry.year, words=entry.year_basis), cls="basis") if inferred else Html()


def _find_form(view: PageView, number: int) -> Html:
    """Searched by the server without a script."""
    say = view.say
    field = tag("input", type="search", name="find", id="find", maxlength=200, autocomplete="off", enterkeyhint="search")
    return tag(
        "form",
        tag("label", say("reader.find_here"), for_="find"),
        field,
        hidden_language(view),
        tag("button", say("reader.find"), type="submit"),
        action=view.links.speech(number).partition("?")[0],
        role="search",
        cls="find" if view.links.served else "find needs-script",
    )


def _folded_contents(view: PageView, listed: Html) -> Html:
    """For narrow windows."""
    return tag("details", tag("summary", view.say("reader.contents")), listed, cls="folded") if listed else Html()


def _lit_list(view: PageView, corpus: Corpus, number: int, lit: LitPlaces) -> Html:
    """How many places are lit up, and the way to each; hidden where none is, for the script."""
    said = view.say(_told(lit), wording=lit.wording, count=len(lit.spans))
    links = [tag("a", _name(view, corpus, number, lit, at), href=f"#m{at + 1}") for at in range(len(lit.spans))]
    links += _other_speeches(view, corpus, number, lit)
    return tag("p", said, " ", joined(*links, between=" "), cls="lit", id="lit", hidden=not (lit.spans or lit.wording))


def _told(lit: LitPlaces) -> str:
    if not lit.wording:
        return "reader.script.lit"
    if not lit.spans:
        return "reader.script.none"
    return "reader.on_theme" if lit.theme else "reader.script.found_here"


def _other_speeches(view: PageView, corpus: Corpus, number: int, lit: LitPlaces) -> list[Html]:
    """The way to the quotes of the same address that stand in other speeches, first to the next one."""
    named = list(dict.fromkeys(quote.speech for quote in lit.quotes))
    following = [*named[named.index(number) + 1 :], *named[: named.index(number)]] if number in named else []
    known = {numbered.number for numbered in corpus.speeches}
    return [
        tag("a", view.say("source.brief", number=other), href=view.links.speech(other, lit.quotes), cls="speech")
        for other in following
        if other in known
    ]


def _name(view: PageView, corpus: Corpus, number: int, lit: LitPlaces, at: int) -> str:
    few = len(lit.spans) <= LISTED
    return (position(source(corpus, number, lit.spans[at]), view.say) if few else "") or str(at + 1)


def _foot(view: PageView, number: int, cite: str, beside: tuple[tuple[int, int], ...]) -> Html:
    say = view.say
    rows = [
        tag("li", tag("a", say("reader.compare_with", number=other, count=count), href=view.links.comparison(number, other)))
        for other, count in beside
    ]
    compared = tag("section", tag("h2", say("reader.compare")), tag("ul", *rows), cls="beside") if rows else Html()
    address = view.base + view.links.speech(number) if view.base else view.links.speech(number)
    return tag("footer", compared, tag("p", say("reader.printed", source=cite), " ", tag("span", address, cls="address"), cls="on-paper"))


def _places_bar(view: PageView, following: list[Html]) -> Html:
    """From place to place, and on to the next speech; the script shows it."""
    say = view.say
    return tag(
        "div",
        tag("span", id="place-count"),
        tag("button", say("reader.before"), type="button", id="place-before"),
        tag("button", say("reader.after"), type="button", id="place-after"),
        *following,
        tag("button", say("reader.put_out"), type="button", id="place-close"),
        id="places",
        cls="bar",
        role="group",
        aria_label=say("reader.places"),
        hidden=True,
    )


def _selection_bar(view: PageView) -> Html:
    """What is done with words that were selected; the script shows it."""
    say = view.say
    picture = (
        tag("a", say("reader.picture"), id="select-picture", href="#", target="_blank", rel="noopener") if view.links.served else Html()
    )
    return tag(
        "div",
        tag("button", say("reader.copy"), type="button", id="select-copy"),
        tag("button", say("reader.link"), type="button", id="select-link"),
        picture,
        tag("div", data_actions=True),
        id="selection",
        cls="bar",
        role="group",
        aria_label=say("reader.selected"),
        hidden=True,
    )


def without_beginning(corpus: Corpus, number: int, passages: tuple[SharedPassage, ...]) -> tuple[SharedPassage, ...]:
    """Shared passages but those that begin in title or salutation, which all speeches have."""
    leaves = [leaf for leaf in corpus.speech(number).speech.leaves() if leaf.kind in ("title", "salutation")]
    return tuple(passage for passage in passages if not any(leaf.span.start <= passage.span.start < leaf.span.end for leaf in leaves))
