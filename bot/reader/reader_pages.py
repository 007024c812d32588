"""The pages of one state of the speeches, each written once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from bot.reader.collection_page import collection_page
from bot.reader.comparison_page import comparison_page
from bot.reader.lit_places import NOTHING, LitPlaces, checked_wording, quotes_in
from bot.reader.markup import Html
from bot.reader.page_links import PageLinks, PageView
from bot.reader.printed import merged
from bot.reader.search_page import search_page
from bot.reader.speech_page import speech_page, without_beginning
from bot.reader.speech_text import TextLayers
from bot.settings.library import Library, Speeches
from bot.settings.wording import Wording
from retrieval import ExactText, SharedPassages, excerpts

KEPT = 64  # pages, of 12 to 38 kB for the bundled speeches, of half a megabyte for one of 100 000 characters: 32 MB
COMPARED = 12  # speeches that one is offered to be compared with, chosen: those that share most


class PageKey(NamedTuple):
    """A page. kind: collection, speech, comparison or search. address: its own, in no language. base: what stands before it on paper."""

    kind: str
    address: str
    language: str
    links: PageLinks
    base: str = ""
    numbers: tuple[int, ...] = ()
    quotes: str = ""
    wording: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as bytes; tag: another for other bytes or other speeches."""

    body: bytes
    tag: str


class ReaderPages:
    """Over speeches that do not change; safe to use from several threads."""

    def __init__(self, speeches: Speeches, wording: Wording) -> None:
        self.speeches, self.wording = speeches, wording
        self.corpus = speeches.corpus
        self.page = lru_cache(maxsize=KEPT)(self._page)

    @cached_property
    def exact(self) -> ExactText:
        """Where wordings stand; that of the engine where there is one."""
        return self.speeches.engine.exact if isinstance(self.speeches, Library) else ExactText(self.corpus)

    @cached_property
    def shared(self) -> SharedPassages:
        """What the speeches share."""
        return SharedPassages(self.exact.concordance)

    def _page(self, key: PageKey) -> WrittenPage:
        """Raises UnknownReference, BadAddress."""
        view = PageView(self.wording.of(key.language), key.links, key.address, key.base)
        body = _WRITERS[key.kind](self, view, key).encode("utf-8", "replace")
        return WrittenPage(body, f"{self.corpus.fingerprint}-{hashlib.sha256(body).hexdigest()[:16]}")

    def collection(self, view: PageView, _: PageKey) -> Html:
        """Everything by time."""
        return collection_page(view, self.corpus)

    def speech(self, view: PageView, key: PageKey) -> Html:
        """A speech with what is to be lit up. Raises UnknownReference, BadAddress."""
        (number,) = key.numbers
        shared = without_beginning(self.corpus, number, self.shared.of(self.corpus.speech(number).number))
        layers = TextLayers(self._lit(key, number), shared)
        return speech_page(view, self.corpus, number, layers, self.compared(number))

    def comparison(self, view: PageView, key: PageKey) -> Html:
        """Two speeches. Raises UnknownReference."""
        one, other = (self.corpus.speech(number).number for number in key.numbers)
        return comparison_page(view, self.corpus, one, other, self.shared.between(one, other))

    def search(self, view: PageView, key: PageKey) -> Html:
        """All places of a wording. Raises BadAddress."""
        wording = checked_wording(key.wording)
        found = self.exact.look_up(wording) if wording else None
        return search_page(view, self.corpus, wording, found, themes=isinstance(self.speeches, Library))

    def compared(self, number: int) -> tuple[tuple[int, int], ...]:
        """(number, passages shared) of the speeches that share most with one, in the order of their numbers."""
        counts: dict[int, int] = {}
        for run in self.shared.runs(number):
            counts[run.there.speech] = counts.get(run.there.speech, 0) + 1
        most = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:COMPARED]
        return tuple(sorted(most))

    def _lit(self, key: PageKey, number: int) -> LitPlaces:
        if key.quotes:
            return quotes_in(self.corpus, number, key.quotes)
        theme = checked_wording(key.theme)
        if theme and isinstance(self.speeches, Library):
            found = [excerpt.quote.source for excerpt in excerpts(self.speeches.engine, theme) if excerpt.on_theme]
            return LitPlaces(merged([source.span for source in found if source.speech == number]), theme, theme=True)
        wording = checked_wording(key.wording)
        if not wording:
            return NOTHING
        places = self.exact.look_up(wording, ((number, self.corpus.speech(number).speech.span),)).places
        return LitPlaces(merged([place.span for place in places]), wording)


_WRITERS: dict[str, Callable[[ReaderPages, PageView, PageKey], Html]] = {
    "collection": ReaderPages.collection,
    "speech": ReaderPages.speech,
    "comparison": ReaderPages.comparison,
    "search": ReaderPages.search,
}
