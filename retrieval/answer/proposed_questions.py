"""The questions that may be proposed to a person, by the passages that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from retrieval.answer.scoring import Hit

# Shares of the best score, docs/numbers.md: that of a passage for the questions of what is shown, and of this for a question of that.
RELATED = 0.2
LEADS_BACK = 0.1


class ProposedQuestions:
    """Of one engine; what was looked at once is kept.

    proposed: of each passage the questions, a line each. found: the best hits for a question, best first.
    answers: whether a question is answered surely, from this passage first.
    """

    def __init__(self, proposed: Sequence[str], found: Callable[[str], Sequence[Hit]], answers: Callable[[str, int], bool]) -> None:
        self._proposed, self._found, self._answers = proposed, found, answers
        self._shares: dict[str, Mapping[int, float]] = {}
        self._surely: dict[tuple[str, int], bool] = {}

    def of(self, passage: int) -> tuple[str, ...]:
        """Questions that may be proposed, if this passage is what answers them; () where none are known."""
        return tuple(self._proposed[passage].split("\n")) if self._proposed[passage] else ()

    def related(self, passage: int) -> Sequence[int]:
        """The other passages that people ask about as they ask about this one, nearest first; () where no questions are known."""
        shares = self._shares_for("，".join(self.of(passage)))
        return [other for other, share in shares.items() if other != passage and share >= RELATED]

    def leads_back(self, ask: str, passage: int) -> bool:
        """Whether who asks this would find the passage too."""
        return self._shares_for(ask).get(passage, 0.0) >= LEADS_BACK

    def _shares_for(self, text: str) -> Mapping[int, float]:
        """The shares of the best score that the best passages have, best first."""
        if text not in self._shares:
            hits = self._found(text)
            self._shares[text] = {hit.passage: hit.score / hits[0].score for hit in hits}
        return self._shares[text]

    def answers_surely(self, ask: str, passage: int) -> bool:
        """Whether a question is answered surely, from this passage first."""
        if (ask, passage) not in self._surely:
            self._surely[ask, passage] = self._answers(ask, passage)
        return self._surely[ask, passage]
