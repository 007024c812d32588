"""Cards made from an older corpus: as good as new where their speeches are the same, else led to the same words, or to what is nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from bot.contract.actions import AboutQuote, Action, Drawn, QuoteId, Single
from bot.contract.callback import MARK, quote_id
from bot.contract.response import Response
from bot.library.versions import EarlierVersions
from bot.service import reading
from bot.service.context import Context
from bot.settings.library import Library
from retrieval import UnknownReference, passages_of
from retrieval import quote as quote_at

WordsThen = Callable[[QuoteId], str]  # what stood there when the card was made, "" when nobody knows


def is_current(context: Context, action: Action, mark: str) -> bool:
    """Whether a card with that mark of a fingerprint means what it says: nothing changed, or nothing that it speaks of."""
    if mark == context.library.fingerprint[:MARK]:
        return True
    versions = _versions(context)
    touched = frozenset(_speeches(action))
    unchanged = versions.unchanged(mark, context.library.corpus) if versions else frozenset()
    return bool(unchanged) and touched <= unchanged


def tapped_late(context: Context, action: Action, mark: str, tap: Callable[[Context, Action], Response]) -> Response:
    """The answer to a card whose speeches are others now: says so, and offers what is nearest."""
    try:
        answer = tap(context, renewed(context, action, mark))
    except UnknownReference:
        answer = Response(edit=reading.listing(context))
    return replace(answer, toast=answer.toast or context.say("tap.outdated"))


def renewed(context: Context, action: Action, mark: str) -> Action:
    """What to do instead: a quote becomes the same words where they stand now, or the passage nearest to where it stood.

    Raises UnknownReference when its speech is gone.
    """
    versions = _versions(context)
    return led(action, context.library, lambda quote: versions.words(mark, *quote) if versions else "")


def led(action: Action, library: Library, words: WordsThen) -> Action:
    """The action on what is there now; kept texts stay as they are. Raises UnknownReference."""
    changes: dict[str, Any] = {}
    exact = True
    for field in fields(action):
        value = getattr(action, field.name)
        if isinstance(value, QuoteId):
            again = _again(library, value, words(value))
            exact = exact and again is not None
            changes[field.name] = again or nearest(library, value)
    if isinstance(action, AboutQuote) and "quote" in changes and not exact:
        return Single(changes["quote"], action.origin)
    return replace(action, **changes) if changes else action


def nearest(library: Library, quote: QuoteId) -> QuoteId:
    """The passage of the same speech that begins nearest to a quote. Raises UnknownReference."""
    library.corpus.speech(quote.speech)
    beside = passages_of(library.engine.passages, quote.speech)
    if not beside:
        raise UnknownReference(str(quote), [str(quote.speech)])
    found = min(beside, key=lambda p: abs(p.span.start - quote.start))
    return quote_id(quote_at(library.corpus, quote.speech, found.span).id)


def _again(library: Library, quote: QuoteId, words: str) -> QuoteId | None:
    """Where the words stand in the speech now, nearest to where they stood."""
    speech = library.corpus.speech(quote.speech).speech
    text, places, at = library.corpus.texts[speech.file], [], -1
    while words and (at := text.find(words, at + 1, speech.span.end)) >= 0:
        places.append(at)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - quote.start))
    return QuoteId(quote.speech, start, start + len(words))


def _speeches(action: Action) -> Iterator[int]:
    """The numbers of the speeches that an action speaks of."""
    for field in fields(action):
        value = getattr(action, field.name)
        if isinstance(value, (QuoteId, Drawn)):
            yield from (value.speech,) if value.speech else ()
        elif field.name == "speech" and value:
            yield value


def _versions(context: Context) -> EarlierVersions | None:
    return context.intake.versions if context.intake else None
