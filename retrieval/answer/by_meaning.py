"""A question understood → what it means beside the passages that nobody has written asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.answer.passage_words import is_keyword
from retrieval.index.meaning.meaning import Meant, PassageMeaning, WordedQuestion
from retrieval.index.passages import Passage
from retrieval.index.search import Scores
from retrieval.index.searchable import Searchable
from retrieval.question.understand import Understood

STEEP = 0.2  # of a score as a factor: with it what comes 6 behind the best stays worth showing beside it (`engine.WORTH`), tried .15-.3


@dataclass(frozen=True)
class ByMeaning:
    """The passages of one corpus that are scored by meaning."""

    passages: Sequence[Passage]
    found: Searchable
    meaning: PassageMeaning

    def meant(self, understood: Understood, words: Scores) -> Meant | None:
        """words: every passage's score by words. None while no model is ready."""
        index, terms = self.found.index, understood.terms
        of_words = words[self.rows]
        best = int(self.rows[of_words.argmax()])
        held = index.held(terms, best) if words[best] > 0 else 0.0
        literal = self._has(understood.text) if is_keyword(understood.text) else None
        asked = WordedQuestion(asked_as(understood), of_words / np.float32(index.highest(terms) or 1.0), held, literal)
        return self.meaning.meant(asked)

    def worth(self, meant: Meant) -> Scores:
        """Scores above 0 that compare by their ratios, as those by words do; the best has 1."""
        found: Scores = np.exp(STEEP * (meant.scores - meant.scores.max())).astype(np.float32)
        return found

    def right(self, meant: Meant, best: int, allowed: npt.NDArray[np.bool_] | None) -> float:
        """The probability that a passage, the best of those allowed, is the answer."""
        row = self.row_of(best, meant)
        others = self._paragraphs != self._paragraphs[row]
        return meant.right(row, others if allowed is None else others & allowed[self.rows])

    def has(self, passage: int) -> bool:
        """Whether this passage is scored by meaning."""
        return bool(self._is_plain[passage])

    def row_of(self, passage: int, _meant: Meant) -> int:
        """Its place among those scored by meaning."""
        return int(np.searchsorted(self.rows, passage))

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """The passages of speeches without asks."""
        return np.flatnonzero(self._is_plain)

    @cached_property
    def _is_plain(self) -> npt.NDArray[np.bool_]:
        unasked = self.found.index.unasked
        return unasked.rows if unasked else np.full(len(self.passages), bool(self.found.index.plain))

    @cached_property
    def _paragraphs(self) -> npt.NDArray[np.int64]:
        return np.array([self.passages[row].paragraph for row in self.rows], np.int64)

    def _has(self, keyword: str) -> npt.NDArray[np.bool_]:
        return np.array([keyword in self.found.said[row] for row in self.rows], np.bool_)


def asked_as(understood: Understood) -> str:
    """What the models read: a question as typed; without the parts that it names, which are no part of its meaning."""
    return understood.text if understood.references else understood.question
