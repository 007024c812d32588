"""What a quiz asks: which year, or which place, said it; from the quotes that are worth showing alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.settings.library import Library
from retrieval import Entry, Quote, Register

QUOTED = 240  # characters of a quote in a question, chosen: 60 of Telegram's 300 are for what is asked
OPTION = 100  # characters of an option, Telegram's
MOST = 500  # quotes looked at, chosen: each is looked up in all speeches, .3 ms in a million characters
OPTIONS = 10  # as many as older clients show
KINDS = {"y": "quiz.which_year", "p": "quiz.which_place"}


def quiz_pool(library: Library) -> list[str]:
    """What can be asked: letter of the kind and id of a quote that does not give the answer away, and stands in one speech only."""
    corpus, register = library.corpus, library.engine.reader.register
    kinds = [kind for kind in KINDS if len(_answers(register, kind)) > 1]
    return [
        kind + quote.id
        for quote in (library.some_shareable(MOST) if kinds else ())
        if len(quote.text) <= QUOTED and _said_once(library, quote)
        for kind in kinds
        if (answer := _answer(kind, corpus.speech(quote.source.speech).entry)) and answer.rstrip("年") not in quote.text
    ]


def _answers(register: Register, kind: str) -> list[str]:
    """All that is known of the speeches, in a fixed order."""
    return [f"{year}年" for year in sorted(register.years)] if kind == "y" else list(dict.fromkeys(p[:OPTION] for p in register.places))


def _said_once(library: Library, quote: Quote) -> bool:
    places = library.engine.exact.concordance.find(quote.text)
    return {place.speech for place in places} == {quote.source.speech}


def _answer(kind: str, entry: Entry) -> str:
    """What is asked for of a speech; "" when it is not known."""
    return (f"{entry.year}年" if entry.year else "") if kind == "y" else entry.place[:OPTION]


def quiz_options(library: Library, kind: str, quote: Quote) -> tuple[tuple[str, ...], int]:
    """The options in a fixed order, at most OPTIONS around the right one; which is right, from 0."""
    known = _answers(library.engine.reader.register, kind)
    return _around(known, known.index(_answer(kind, library.corpus.speech(quote.source.speech).entry)))


def _around(known: Sequence[str], right: int) -> tuple[tuple[str, ...], int]:
    first = max(0, min(right - OPTIONS // 2, len(known) - OPTIONS))
    return tuple(known[first : first + OPTIONS]), right - first
