"""What an address asks to be lit up: quotes by their ids, or every place of a wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.contract.actions import QuoteId
from bot.reader.printed import merged
from retrieval import Corpus, Span

_ID = re.compile(r"([0-9]{1,7})\.([0-9]{1,9})\.([0-9]{1,9})")  # 6.1321.1362  ✗6.1321
MOST = 100  # quotes of one address, chosen: a card shows nine at most
LONGEST = 200  # characters of a wording that is searched for, chosen: a long sentence


class BadAddress(ValueError):
    """What an address asks for cannot be; reason: the key of the sentence that says so."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LitPlaces:
    """Ranges of a speech to light up, ascending, none overlaps another.

    wording: what was searched for, or the theme of the sentences, "" for quotes. quotes: all that the address names, also those of other
    speeches.
    """

    spans: tuple[Span, ...] = ()
    wording: str = ""
    theme: bool = False
    quotes: tuple[QuoteId, ...] = ()


NOTHING = LitPlaces()


def quotes_in(corpus: Corpus, number: int, text: str) -> LitPlaces:
    """The ranges of `7.1441.1490,7.1500.1512` that are of a speech. Raises BadAddress, UnknownReference."""
    around = corpus.speech(number).speech.span
    ids = [_ID.fullmatch(part) for part in text.split(",")[: MOST + 1]]
    if len(ids) > MOST or not all(ids):
        raise BadAddress("reader.problem.quote")
    quotes = tuple(QuoteId(*map(int, found.groups())) for found in ids if found)
    spans = [Span(quote.start, quote.end) for quote in quotes if quote.speech == number]
    if not spans or not all(around.covers(span) and span.start < span.end for span in spans):
        raise BadAddress("reader.problem.quote")
    return LitPlaces(merged(spans), quotes=quotes)


def checked_wording(text: str) -> str:
    """A wording to search for, without blanks around it. Raises BadAddress for a long one."""
    if len(text) > LONGEST:
        raise BadAddress("reader.problem.wording")
    return text.strip()
