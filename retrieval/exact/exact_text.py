"""The conductor of literal questions: a wording → its places, or its closest original."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from retrieval.exact.concordance import Concordance, Occurrence, Within
from retrieval.exact.originals import Original, Originals
from retrieval.speeches.corpus import Corpus

KEPT = 256  # lookups; a draft may say the same again and again, and 劳动 stands in 167 places


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found of a wording, `text` as it was typed.

    places: in the scope that was asked for, in the order of the speeches. elsewhere: in the rest of the speeches, if there are none in
    the scope. near: the closest original anywhere, if it stands nowhere and one is close.
    """

    text: str
    places: tuple[Occurrence, ...]
    elsewhere: tuple[Occurrence, ...] = ()
    near: Original | None = None


class ExactText:
    """All literal questions about one corpus; immutable, safe to use from several threads."""

    def __init__(self, corpus: Corpus) -> None:
        self.concordance = Concordance(corpus)
        self.originals = Originals(self.concordance)
        self._anywhere = lru_cache(maxsize=KEPT)(self._found)

    def look_up(self, wording: str, within: Within = ()) -> Lookup:
        """Where a wording stands, whatever blanks and marks lie between its letters; else what comes closest."""
        return self._found(wording, within) if within else self._anywhere(wording)

    def _found(self, wording: str, within: Within = ()) -> Lookup:
        places = self.concordance.find(wording, within)
        elsewhere = self.concordance.find(wording) if within and not places else ()
        near = None if places or elsewhere else self.originals.closest(wording)
        return Lookup(wording, places, elsewhere, near)
