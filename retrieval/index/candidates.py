"""The seam between an answer and whatever keeps a large collection: weighted terms in, the best passages' numbers and scores out.

A passage's vector is {term: impact summed over the fields with the fields' weights}, a question's {term: weight · idf}, the score their
inner product, so that every engine gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from retrieval.index.postings import Floats, Ints

SpeechPart = Literal["", "opening", "closing"]


@dataclass(frozen=True, slots=True)
class CandidateScope:
    """Where passages may stand. collection: its name, "" for every one. passages: half-open range of numbers, those of a speech.

    part: the opening or the closing of its speech, "" for all of it. among: ranges of numbers, those of many speeches; () for all.
    """

    collection: str = ""
    passages: tuple[int, int] | None = None
    part: SpeechPart = ""
    among: tuple[tuple[int, int], ...] = ()


class Candidates(Protocol):
    """Finds passages of a collection by weighted terms, whatever keeps it."""

    @property
    def trouble(self) -> str:
        """Why it cannot be asked at present, as far as is known; "" when it can."""

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        """A question's terms with their weights as `search` takes them: times idf."""

    def search(self, terms: Mapping[str, float], k: int, within: CandidateScope | None = None) -> tuple[Ints, Floats]:
        """The k best passages' numbers and scores, best first, those of a positive score.

        Raises IndexUnavailable when what keeps them cannot be asked.
        """
