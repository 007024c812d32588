"""What speaks for the best passage of a search, as numbers that the judge's models weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.scoring import Hit
from retrieval.index.passages import Passage
from retrieval.index.postings import Floats
from retrieval.index.searchable import Searchable
from retrieval.question.understand import CHARACTER, Understood


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best passage; all about 0-1.

    coverage: its score over the sum of the question's idf. strength: its score over the root of that sum, in tens.
    matched: the part of the question's idf whose terms the passage has. missing: the heaviest idf it has not, in sixths.
    margin: its lead over the next passage, relative.
    to_best, to_unanswered, share, anything, three, leaning: see `likeness.Likeness`.
    likely, nowhere: by the classifier, the probabilities that it is asked for and that none is.
    """

    coverage: float
    strength: float
    matched: float
    missing: float
    margin: float
    to_best: float
    to_unanswered: float
    share: float
    anything: float
    three: float
    leaning: float
    likely: float
    nowhere: float

    @property
    def values(self) -> tuple[float, ...]:
        """All of it in order; dataclasses.astuple copies deeply and takes 20 times as long."""
        return (
            self.coverage,
            self.strength,
            self.matched,
            self.missing,
            self.margin,
            self.to_best,
            self.to_unanswered,
            self.share,
            self.anything,
            self.three,
            self.leaning,
            self.likely,
            self.nowhere,
        )


# Where nothing was found: all that can be missing is.
NO_EVIDENCE = Evidence(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.5)


def evidence(found: Searchable, passages: Sequence[Passage], understood: Understood, hits: Sequence[Hit], odds: Floats | None) -> Evidence:
    """What speaks for the first of the hits, which are best first. odds: of the classifier."""
    if not hits:
        return NO_EVIDENCE
    first = hits[0]
    field = found.index.fields[0]
    idf = {term: field.idf(term) for term, weight in understood.terms.items() if weight >= CHARACTER}
    held = {term for term in idf if field.holds(term, first.passage)}
    highest = sum(idf.values()) or 1.0
    best = passages[first.passage]
    second = next((hit.score for hit in hits[1:] if not _near(passages[hit.passage], best)), 0.0)
    said = {term for term in understood.terms if term[1:] in found.said[first.passage]}
    likely, nowhere = found.classifier.shares(odds, first.passage)
    likeness = found.bank.likeness(understood.terms, [hit.passage for hit in hits], held, said)
    return Evidence(
        coverage=first.score / highest,
        strength=first.score / highest**0.5 / 10,
        matched=sum(value for term, value in idf.items() if term in held) / highest,
        missing=max((value for term, value in idf.items() if term not in held and term[0] != "c"), default=0.0) / 6,
        margin=1 - second / first.score,
        to_best=likeness.to_best,
        to_unanswered=likeness.to_unanswered,
        share=likeness.share,
        anything=likeness.anything,
        three=likeness.three,
        leaning=likeness.leaning,
        likely=likely,
        nowhere=nowhere,
    )


def _near(one: Passage, other: Passage) -> bool:
    """True for passages of one printed paragraph, and for lists and the passages of their speech."""
    return one.speech == other.speech and (one.paragraph == other.paragraph or bool(one.more or other.more))
