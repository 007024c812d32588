"""Where a question may be answered from: the parts that it names, openings and closings, as ranges and as passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.errors import UnknownReference
from retrieval.index.passages import Passage, place_of
from retrieval.question.references import Reference
from retrieval.question.understand import Place
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.tree import Span

Mask = npt.NDArray[np.bool_]  # one truth value a passage


@dataclass(frozen=True)
class Scope:
    """The passages of one corpus by the part that they stand in."""

    corpus: Corpus
    passages: Sequence[Passage]

    def range_of(self, reference: Reference) -> Span:
        """The range that a reference names. Raises UnknownReference with the choices."""
        speech = self.corpus.speech(reference.number).speech
        span = self.corpus.part(reference.number, reference.path).span if reference.path else speech.span
        if not reference.paragraph:
            return span
        inside = [p for p in speech.paragraphs if span.start <= p.start < span.end]
        index = reference.paragraph - 1 if reference.paragraph > 0 else len(inside) + reference.paragraph
        if not 0 <= index < len(inside):
            base = str(replace(reference, paragraph=0))
            raise UnknownReference(str(reference), [f"{base}p{i + 1}" for i in range(len(inside))])
        return inside[index]

    def exists(self, reference: Reference) -> bool:
        """True if the reference names a part that there is."""
        return self._range(reference) is not None

    def inside(self, references: Sequence[Reference]) -> Mask | None:
        """The passages inside the references; None for all (also when no reference exists)."""
        ranges = self.ranges(references)
        return self._within(ranges) if ranges else None

    def at(self, place: Place) -> Mask:
        """The passages in the opening or closing of their speech."""
        return self._within([(n.number, place_of(n, place)) for n in self.corpus.speeches])

    def _range(self, reference: Reference) -> Span | None:
        try:
            return self.range_of(reference)
        except UnknownReference:
            return None

    def ranges(self, references: Sequence[Reference]) -> list[tuple[int, Span]]:
        """Speeches and the ranges in them of the references that exist."""
        return [(r.number, span) for r in references if (span := self._range(r))]

    def _within(self, ranges: Sequence[tuple[int, Span]]) -> Mask:
        speech, start, end = self._columns
        found = np.zeros(len(self.passages), np.bool_)
        for number, span in ranges:
            found |= (speech == number) & (span.start <= start) & (end <= span.end)
        return found

    @cached_property
    def _columns(self) -> npt.NDArray[np.int64]:
        """Speech, start and end of every passage."""
        return np.array([(p.speech, p.span.start, p.span.end) for p in self.passages], np.int64).reshape(-1, 3).T
