"""What a button means: small typed actions. `bot.contract.callback` writes them as callback data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Key(str):
    """Names a text that is kept: eight characters of base 64."""

    __slots__ = ()


class QuoteId(NamedTuple):
    """A range of a speech; `str` gives the id that the engine knows."""

    speech: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.speech}.{self.start}.{self.end}"


class Asked(NamedTuple):
    """The way back to an answer: its question, and how many quotes came before."""

    question: Key
    skip: int


class Drawn(NamedTuple):
    """The way back to a random quote: of a speech (0: of all), about a kept word ("" for none)."""

    speech: int
    word: str


Origin = Asked | Drawn | None
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Any action."""


@dataclass(frozen=True, slots=True)
class Found(Action):
    """The answer card of a question after its first `skip` quotes. plain: not in traditional characters."""

    question: Key
    skip: int
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Single(Action):
    """One quote as a card of its own."""

    quote: QuoteId
    origin: Origin = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Around(Action):
    """The paragraph of a quote with those before and after."""

    quote: QuoteId
    origin: Origin = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Tools(Action):
    """What else can be done with a quote."""

    quote: QuoteId
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Styles(Action):
    """The quote's citation in several styles."""

    quote: QuoteId
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Same(Action):
    """Where else the same is said."""

    quote: QuoteId
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Star(Action):
    """Put a quote among the favourites."""

    quote: QuoteId
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Unstar(Action):
    """Take a quote out of the favourites."""

    quote: QuoteId
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Picture(Action):
    """The quote as a picture."""

    quote: QuoteId


@dataclass(frozen=True, slots=True)
class Vote(Action):
    """Whether the answer helped."""

    question: Key
    good: bool


@dataclass(frozen=True, slots=True)
class Again(Action):
    """Another random quote, of a speech (0: any), about a kept word ("": anything)."""

    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Listing(Action):
    """The list of speeches."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Outline(Action):
    """The contents of a speech."""

    speech: int
    page: int = 0
    quote: QuoteId | None = None
    origin: Origin = None


@dataclass(frozen=True, slots=True)
class Part(Action):
    """A part of a speech: its labelled path, or (0, n) for the n-th stretch outside any section."""

    speech: int
    path: Path
    page: int = 0
    quote: QuoteId | None = None
    origin: Origin = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class FullText(Action):
    """The file of a speech as a document."""

    speech: int


@dataclass(frozen=True, slots=True)
class Cloud(Action):
    """The words that set a speech apart, as a picture."""

    speech: int


@dataclass(frozen=True, slots=True)
class Compare(Action):
    """A theme across the speeches, page by page."""

    theme: Key
    page: int = 0


@dataclass(frozen=True, slots=True)
class Example(Action):
    """Ask one of the example questions."""

    index: int


@dataclass(frozen=True, slots=True)
class Tour(Action):
    """A step of the first tour."""

    step: int


@dataclass(frozen=True, slots=True)
class Saved(Action):
    """A page of the favourites."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Drop(Action):
    """Take a quote out of the favourites and show the page again."""

    quote: QuoteId
    page: int


@dataclass(frozen=True, slots=True)
class Export(Action):
    """The favourites as a document."""


@dataclass(frozen=True, slots=True)
class Daily(Action):
    """The card of the daily quote."""


@dataclass(frozen=True, slots=True)
class DailySwitch(Action):
    """Daily quotes on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class DailyHours(Action):
    """Choose the hour; or, with an hour from 1 (0 o'clock) to 24, the minutes."""

    hour: int = 0


@dataclass(frozen=True, slots=True)
class DailyAt(Action):
    """Every day at this minute after midnight."""

    minute: int


@dataclass(frozen=True, slots=True)
class DailyZones(Action):
    """Choose the time zone."""


@dataclass(frozen=True, slots=True)
class DailyZone(Action):
    """The time zone by its IANA name."""

    zone: str


@dataclass(frozen=True, slots=True)
class DailyScopes(Action):
    """Choose the speech that the daily quotes come from."""


@dataclass(frozen=True, slots=True)
class DailyScope(Action):
    """Daily quotes of one speech; 0: of all."""

    speech: int


@dataclass(frozen=True, slots=True)
class Preferences(Action):
    """The card of the settings."""


@dataclass(frozen=True, slots=True)
class Speak(Action):
    """The language of the interface."""

    english: bool


@dataclass(frozen=True, slots=True)
class Quotes(Action):
    """How many quotes a card has."""

    count: int


@dataclass(frozen=True, slots=True)
class Traditional(Action):
    """Show quotes in traditional characters."""

    on: bool


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Delete everything that is kept about the asker."""
