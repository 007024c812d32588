"""The page of two speeches side by side."""

from __future__ import annotations

from bot.reader.markup import Html, tag
from bot.reader.page_frame import whole_page
from bot.reader.page_links import PageView
from bot.reader.printed import merged
from bot.reader.shared_notes import shortened
from bot.reader.speech_text import SpeechText, TextLayers
from bot.service.quote_text import cited, position, speech_name
from retrieval import CommonRun, Corpus, Occurrence, SharedPassage, Span, source


def comparison_page(view: PageView, corpus: Corpus, one: int, other: int, runs: tuple[CommonRun, ...]) -> Html:
    """Two speeches with what they share, in the order of the first; each passage leads to both its places. Raises UnknownReference."""
    say = view.say
    sides = tuple(_ranges([run.here for run in runs])), tuple(_ranges([run.there for run in runs]))
    rows = [_row(view, corpus, run, *sides) for run in runs]
    heads = (say("reader.both_say"), *(say("source.brief", number=number) for number in (one, other)))
    table = tag(
        "table",
        tag("caption", say("reader.common", count=len(runs))),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *rows),
    )
    title = say("reader.comparison", one=one, other=other)
    columns = [_column(view, corpus, number, spans, prefix) for number, spans, prefix in zip((one, other), sides, "ab", strict=True)]
    shared = table if rows else tag("p", say("reader.nothing_common"))
    return whole_page(view, title, tag("h1", title), shared, tag("div", *columns, cls="columns"), cls="comparison")


def _ranges(places: list[Occurrence]) -> tuple[Span, ...]:
    return merged([place.span for place in places])


def _row(view: PageView, corpus: Corpus, run: CommonRun, left: tuple[Span, ...], right: tuple[Span, ...]) -> Html:
    words = corpus.text(run.here.file, run.here.span)
    cells = [_cell(view, corpus, run.here, left, "a"), _cell(view, corpus, run.there, right, "b")]
    return tag("tr", tag("th", shortened(words), scope="row", lang="zh-CN"), *cells)


def _cell(view: PageView, corpus: Corpus, place: Occurrence, ranges: tuple[Span, ...], prefix: str) -> Html:
    at = next(index for index, span in enumerate(ranges) if span.covers(place.span))
    where = position(source(corpus, place.speech, place.span), view.say) or view.say("reader.beginning")
    return tag("td", tag("a", where, href=f"#{prefix}w{at + 1}"))


def _column(view: PageView, corpus: Corpus, number: int, spans: tuple[Span, ...], prefix: str) -> Html:
    numbered = corpus.speech(number)
    layers = TextLayers(shared=tuple(SharedPassage(span, ()) for span in spans), notes=False)
    link = tag("a", numbered.title, href=view.links.speech(number), lang="zh-CN")
    where = tag("p", speech_name(number, numbered.entry, view.say), cls="about")
    cite = tag("p", cited(source(corpus, number, numbered.speech.span), view.say), cls="on-paper")
    words = tag("div", SpeechText(corpus, number, view, layers, prefix).markup(), cls="text", lang="zh-CN")
    name = view.say("source.brief", number=number)
    return tag("article", tag("h2", link), where, cite, words, aria_label=name, tabindex=0)
