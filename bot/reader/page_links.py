"""Addresses of the pages: on a server, and in a folder of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from bot.contract.actions import QuoteId
from bot.contract.reader_links import reader_path
from bot.settings.wording import Language, Phrases

ROOT = "/read"
FIRST_LIT = "m1"  # id of the first place that is lit up


class PageLinks(Protocol):
    """How a page names others. `served`: whether there is a server behind them that lights up, searches and draws."""

    @property
    def served(self) -> bool: ...
    @property
    def language(self) -> str: ...
    def collection(self) -> str: ...
    def speech(self, number: int, quotes: Sequence[QuoteId] = ()) -> str: ...
    def all_places(self, number: int, wording: str) -> str: ...
    def on_theme(self, number: int, theme: str) -> str: ...
    def comparison(self, one: int, other: int) -> str: ...
    def search(self) -> str: ...
    def asset(self, name: str) -> str: ...
    def other_language(self, page: str, language: Language) -> str: ...


@dataclass(frozen=True, slots=True)
class PageView:
    """In which words and with which addresses a page is written. page: its own address, without a language."""

    say: Phrases
    links: PageLinks
    page: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class ServedLinks:
    """Of `/read` on a server; language: what the address asks for, "" if nothing."""

    language: str = ""
    served: bool = True

    def collection(self) -> str:
        """The whole collection."""
        return self._with(ROOT)

    def speech(self, number: int, quotes: Sequence[QuoteId] = ()) -> str:
        """A speech, quotes lit up by the server, so that it works without JavaScript."""
        lit = ",".join(f"{quote.speech}.{quote.start}.{quote.end}" for quote in quotes)
        return self._with(f"{ROOT}/{number}", q=lit) + (f"#{FIRST_LIT}" if lit else "")

    def all_places(self, number: int, wording: str) -> str:
        """A speech with every place of a wording lit up."""
        return self._with(f"{ROOT}/{number}", find=wording) + f"#{FIRST_LIT}"

    def on_theme(self, number: int, theme: str) -> str:
        """A speech with every sentence on a theme lit up."""
        return self._with(f"{ROOT}/{number}", theme=theme) + f"#{FIRST_LIT}"

    def comparison(self, one: int, other: int) -> str:
        """Two speeches side by side."""
        return self._with(f"{ROOT}/compare/{one}/{other}")

    def search(self) -> str:
        """The search through all speeches."""
        return self._with(f"{ROOT}/search")

    def asset(self, name: str) -> str:
        """A file of `page/`."""
        return f"{ROOT}/{name}"

    def other_language(self, page: str, language: Language) -> str:
        """The page in a language."""
        return page + ("&" if "?" in page else "?") + urlencode({"lang": language})

    def _with(self, path: str, **query: str) -> str:
        given = {key: value for key, value in (*query.items(), ("lang", self.language)) if value}
        return path + (f"?{urlencode(given, errors='replace')}" if given else "")


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Of a folder of pages, English ones in `en/`; relative, so that the folder may lie anywhere."""

    language: Language
    served: bool = False

    def collection(self) -> str:
        """The whole collection."""
        return "index.html"

    def speech(self, number: int, quotes: Sequence[QuoteId] = ()) -> str:
        """A speech, quotes lit up by its script."""
        _, _, lit = reader_path(number, quotes).partition("#")
        return f"{number}.html" + (f"#{lit}" if lit else "")

    def all_places(self, number: int, wording: str) -> str:
        """A speech with every place of a wording lit up by its script."""
        return f"{number}.html#{urlencode({'find': wording}, errors='replace')}"

    def on_theme(self, number: int, theme: str) -> str:
        """Its places: a folder of files has nothing that knows themes."""
        return self.all_places(number, theme)

    def comparison(self, one: int, other: int) -> str:
        """Two speeches side by side."""
        return f"compare-{one}-{other}.html"

    def search(self) -> str:
        """The search through all speeches."""
        return "search.html"

    def asset(self, name: str) -> str:
        """A file of `page/`, which is there once for both languages."""
        return f"../{name}" if self.language == "en" else name

    def other_language(self, page: str, language: Language) -> str:
        """The page in the other language."""
        return f"en/{page}" if language == "en" else f"../{page}"
