"""Cards made from an older corpus: their actions, led to what is nearest now."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from bot.contract.actions import AboutQuote, Action, QuoteId, Single
from bot.contract.callback import quote_id
from bot.settings.library import Library
from retrieval import UnknownReference
from retrieval import quote as quote_at


def renewed(action: Action, library: Library) -> Action:
    """What to do instead: a quote becomes the passage nearest to where it stood, kept texts stay as they are.

    Raises UnknownReference when its speech is gone.
    """
    changes: dict[str, Any] = {}
    for field in fields(action):
        value = getattr(action, field.name)
        if isinstance(value, QuoteId):
            changes[field.name] = nearest(library, value)
    if isinstance(action, AboutQuote) and "quote" in changes:
        return Single(changes["quote"], action.origin)
    return replace(action, **changes) if changes else action


def nearest(library: Library, quote: QuoteId) -> QuoteId:
    """The passage of the same speech that begins nearest to a quote. Raises UnknownReference."""
    library.corpus.speech(quote.speech)
    beside = [p for p in library.engine.passages if p.speech == quote.speech and not p.more]
    if not beside:
        raise UnknownReference(str(quote), [str(quote.speech)])
    found = min(beside, key=lambda p: abs(p.span.start - quote.start))
    return quote_id(quote_at(library.corpus, quote.speech, found.span).id)
