"""What a button means: small typed actions. `bot.contract.callback` writes them as callback data."""

from __future__ import annotations

from dataclasses import Field, dataclass
from typing import Any, ClassVar, NamedTuple, dataclass_transform


class AskedWords(str):
    """Up to 19 letters and signs that are asked, none of them a blank or a colon."""

    __slots__ = ()


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


class AtPlace(NamedTuple):
    """The way back to one of the places of a kept wording, from 0; and from there to a kept question ("" for none)."""

    wording: Key
    at: int
    question: str = ""


Origin = Asked | Drawn | AtPlace | None
PartPath = tuple[int, ...]


@dataclass_transform(frozen_default=True)
class Action:
    """Any action. A subclass with a letter is a kind of button: a frozen dataclass, written as its letter and its fields in order.

    Buttons live as long as the messages they are on: a letter keeps its meaning, and fields their order.
    """

    kinds: ClassVar[dict[str, type[Action]]] = {}
    letter: ClassVar[str] = ""
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls, letter: str = "") -> None:
        dataclass(frozen=True)(cls)
        if letter:
            cls.letter = letter
            Action.kinds[letter] = cls


class Found(Action, letter="a"):
    """The answer card of a question after its first `skip` quotes. plain: not in traditional characters."""

    question: Key
    skip: int
    plain: bool = False


class AboutQuote(Action):
    """Any action on a quote that was reached from an origin."""

    quote: QuoteId
    origin: Origin = None


class Chosen(AboutQuote, letter="A"):
    """The answer card that the quote is on, with the quote chosen."""

    plain: bool = False


class Single(AboutQuote, letter="q"):
    """One quote as a card of its own."""

    plain: bool = False


class Around(AboutQuote, letter="c"):
    """A quote among the sentences beside it."""

    plain: bool = False


class Wider(AboutQuote, letter="W"):
    """A quote among so many sentences before and after it."""

    before: int = 0
    after: int = 0
    plain: bool = False


class Tools(AboutQuote, letter="t"):
    """What else can be done with a quote."""


class Styles(AboutQuote, letter="y"):
    """The quote's citation in several styles."""


class Same(AboutQuote, letter="m"):
    """Where else the same is said."""


class Star(AboutQuote, letter="s"):
    """Put a quote among the favourites."""


class Unstar(AboutQuote, letter="j"):
    """Take a quote out of the favourites."""


class Picture(Action, letter="i"):
    """The quote as a picture."""

    quote: QuoteId


class Vote(Action, letter="v"):
    """Whether the answer helped."""

    question: Key
    good: bool


class Again(Action, letter="r"):
    """Another random quote, of a speech (0: any), about a kept word ("": anything)."""

    drawn: Drawn


class Listing(Action, letter="l"):
    """The list of speeches."""

    page: int = 0


class Outline(Action, letter="o"):
    """The contents of a speech."""

    speech: int
    page: int = 0
    quote: QuoteId | None = None
    origin: Origin = None


class Part(Action, letter="p"):
    """A part of a speech: its labelled path, or (0, n) for the n-th stretch outside any section."""

    speech: int
    path: PartPath
    page: int = 0
    quote: QuoteId | None = None
    origin: Origin = None
    plain: bool = False


class FullText(Action, letter="f"):
    """The file of a speech as a document."""

    speech: int


class Cloud(Action, letter="w"):
    """The words that set a speech apart, as a picture."""

    speech: int


class Compare(Action, letter="k"):
    """A theme across the speeches, page by page."""

    theme: Key
    page: int = 0


class Example(Action, letter="e"):
    """Propose one of the example questions."""

    index: int


class Tour(Action, letter="u"):
    """A step of the first tour."""

    step: int


class Saved(Action, letter="b"):
    """A page of the favourites."""

    page: int = 0


class Drop(Action, letter="d"):
    """Take a quote out of the favourites and show the page again."""

    quote: QuoteId
    page: int


class Export(Action, letter="x"):
    """The favourites as a document."""


class Daily(Action, letter="D"):
    """The card of the daily quote."""


class DailySwitch(Action, letter="S"):
    """Daily quotes on or off."""

    on: bool


class DailyHours(Action, letter="H"):
    """Choose the hour; or, with an hour from 1 (0 o'clock) to 24, the minutes."""

    hour: int = 0


class DailyAt(Action, letter="M"):
    """Every day at this minute after midnight."""

    minute: int


class DailyZones(Action, letter="Z"):
    """Choose the time zone."""


class DailyZone(Action, letter="z"):
    """The time zone by its IANA name."""

    zone: str


class DailyScopes(Action, letter="C"):
    """Choose the speech that the daily quotes come from."""


class DailyScope(Action, letter="P"):
    """Daily quotes of one speech; 0: of all."""

    speech: int


class Preferences(Action, letter="n"):
    """The card of the settings."""


class SetLanguage(Action, letter="L"):
    """The language of the interface."""

    english: bool


class SetQuotes(Action, letter="N"):
    """How many quotes a card has."""

    count: int


class SetTraditional(Action, letter="T"):
    """Show traditional characters, those of Taiwan; cards of before have it."""

    on: bool


class Forget(Action, letter="X"):
    """Delete everything that is kept about the asker."""
