"""A question understood → what it means beside candidates of a large collection; scored as all passages of a small corpus are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.answer.by_meaning import ByMeaning, asked_as
from retrieval.answer.passage_words import is_keyword
from retrieval.answer.scope import Mask
from retrieval.index.meaning.meaning import Meant, PassageMeaning, WordedQuestion
from retrieval.index.meaning.weighing import LENGTH, WEIGHINGS
from retrieval.index.postings import Floats
from retrieval.question.understand import Understood
from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.segments.meaning_on_disk import Compared, MeaningOnDisk
from retrieval.terms.counts import Longs


@dataclass(frozen=True, slots=True)
class MeantOfSome(Meant):
    """numbers: of the passages that it is of, ascending."""

    numbers: Longs


@dataclass(frozen=True, slots=True)
class _Standing:
    """What `index.meaning.vectors.Likenesses` promises, of a comparison that was made."""

    compared: Compared

    def likeness(self, _centred: Floats, _raw: Floats, _words: Floats) -> tuple[Floats, float]:
        return self.compared.standing, self.compared.nearest


@dataclass(frozen=True, kw_only=True)
class LargeByMeaning(ByMeaning):
    """The passages of a collection that have vectors."""

    vectors: MeaningOnDisk
    directory: SpeechDirectory

    def likely(self, understood: Understood, count: int, allowed: Mask | None) -> Longs:
        """The passages that are most alike, where all are compared: `count` of all, and as many of those allowed."""
        if not self.vectors.is_scanned:
            return np.zeros(0, np.int64)
        weighing = WEIGHINGS[frozenset({self.vectors.encoder.name})]
        scores = weighing.models[self.vectors.encoder.name] * self.vectors.every(asked_as(understood)).standing
        scores += weighing.short * np.exp(-self._lengths / np.float32(LENGTH))
        of_all = [_best(scores, count)]
        if allowed is not None:
            inside = np.flatnonzero(allowed)
            of_all.append(inside[_best(scores[inside], count)])
        return np.concatenate(of_all)

    def meant_of(self, understood: Understood, numbers: Longs, words: Floats) -> MeantOfSome | None:
        """numbers: of passages, ascending; words: their scores by words. None for no passages."""
        if not len(numbers):
            return None
        text = asked_as(understood)
        if self.vectors.is_scanned:
            every = self.vectors.every(text)
            compared = Compared(every.standing[numbers], every.nearest)
        else:
            compared = self.vectors.some(text, numbers)
        model = PassageMeaning(self._lengths_of(numbers).tolist(), (self.vectors.encoder,))
        model.look_up(self.vectors.encoder.name, _Standing(compared))
        keyword = understood.text if is_keyword(understood.text) else ""
        literal = np.array([keyword in self.found.said[int(n)] for n in numbers], np.bool_) if keyword else None
        highest = np.float32(self.found.index.highest(understood.terms) or 1.0)
        meant = model.meant(WordedQuestion(text, words / highest, 0.0, literal))
        return MeantOfSome(meant.scores, meant.parts, meant.related, meant.literal, meant.weighing, numbers) if meant else None

    def right(self, meant: Meant, best: int, allowed: npt.NDArray[np.bool_] | None) -> float:
        """See `ByMeaning`; the others are candidates, too."""
        assert isinstance(meant, MeantOfSome)  # noqa: S101  # it is our own
        paragraphs, row = self._column("passages.paragraph", meant.numbers), int(np.searchsorted(meant.numbers, best))
        segments = np.searchsorted(self.directory.first_passages, meant.numbers, "right")
        others = (paragraphs != paragraphs[row]) | (segments != segments[row])
        return meant.right(row, others if allowed is None else others & allowed[meant.numbers])

    def has(self, passage: int) -> bool:
        """Whether this passage is scored by meaning."""
        return self.vectors.has(passage)

    def _lengths_of(self, numbers: Longs) -> npt.NDArray[np.int32]:
        lengths: npt.NDArray[np.int32] = self._column("passages.end", numbers) - self._column("passages.start", numbers)
        return lengths

    def _column(self, name: str, numbers: Longs) -> npt.NDArray[np.int32]:
        """A column of some passages."""
        found = np.zeros(len(numbers), np.int32)
        bounds = np.searchsorted(numbers, self.directory.first_passages)
        for at, segment in enumerate(self.directory.segments):
            here = slice(bounds[at], bounds[at + 1])
            found[here] = segment.columns[name][numbers[here] - self.directory.first_passages[at]]
        return found

    @cached_property
    def _lengths(self) -> Floats:
        """Of all passages, in characters."""
        return (self.directory.column("passages.end") - self.directory.column("passages.start")).astype(np.float32)


def _best(scores: Floats, count: int) -> Longs:
    found: Longs = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return found
