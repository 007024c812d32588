"""A question understood → what it means beside candidates of a large collection; scored as all passages of a small corpus are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.answer.by_meaning import ByMeaning, asked_as
from retrieval.answer.passage_words import is_keyword
from retrieval.answer.scope import Mask
from retrieval.index.meaning.meaning import Meant, PassageMeaning, WordedQuestion, worth_asking
from retrieval.index.meaning.weighing import LENGTH, WEIGHINGS
from retrieval.index.postings import Floats
from retrieval.question.understand import Understood
from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.segments.meaning_on_disk import MeaningOnDisk
from retrieval.terms.counts import Longs


@dataclass(frozen=True, slots=True)
class MeantOfSome(Meant):
    """numbers: of the passages that it is of, ascending."""

    numbers: Longs


@dataclass(frozen=True, slots=True)
class _Standing:
    """What `index.meaning.vectors.Likenesses` promises, of some passages of a collection."""

    vectors: MeaningOnDisk
    text: str
    numbers: Longs

    def likeness(self, _centred: Floats, _raw: Floats, _words: Floats) -> tuple[Floats, float]:
        compared = self.vectors.beside(self.text, self.numbers)
        return compared.standing, compared.nearest


@dataclass(frozen=True, kw_only=True)
class LargeByMeaning(ByMeaning):
    """The passages of a collection that have vectors. vectors: by each model, the fastest first."""

    vectors: Sequence[MeaningOnDisk]
    directory: SpeechDirectory

    def likely(self, understood: Understood, numbers: Longs, words: Floats, count: int, allowed: Mask | None) -> Longs:
        """The passages that are most alike, where all are compared: `count` of all, and as many of those allowed.

        numbers, words: the best by words and their scores, as of `meant_of`.
        """
        ready = [one for one in self.vectors if one.is_whole] or self.vectors[:1]
        if not ready[0].is_scanned:
            return np.zeros(0, np.int64)
        asked = self._worded(understood, numbers, words)
        wanted = worth_asking([one.encoder.name for one in ready], asked)
        weighing = WEIGHINGS[wanted]
        scores = weighing.short * np.exp(-self._lengths / np.float32(LENGTH))
        for one in ready:
            if one.encoder.name in wanted:
                scores += np.float32(weighing.models[one.encoder.name]) * one.every(asked.text).standing
        of_all = [_best(scores, count)]
        if allowed is not None:
            inside = np.flatnonzero(allowed)
            of_all.append(inside[_best(scores[inside], count)])
        return np.concatenate(of_all)

    def meant_of(self, understood: Understood, numbers: Longs, words: Floats) -> MeantOfSome | None:
        """By the models whose vectors all of them have; where there is none, by the fastest, as if the others were like the mean.

        numbers: of passages, ascending; words: their scores by words. None for no passages.
        """
        if not len(numbers):
            return None
        asked = self._worded(understood, numbers, words)
        ready = [one for one in self.vectors if one.has_all(numbers)] or self.vectors[:1]
        model = PassageMeaning(self._lengths_of(numbers).tolist(), [one.encoder for one in ready])
        for one in ready:
            model.look_up(one.encoder.name, _Standing(one, asked.text, numbers))
        meant = model.meant(asked)
        return (
            MeantOfSome(meant.scores, meant.parts, meant.related, meant.literal, meant.weighing, meant.asked, meant.beside, numbers)
            if meant
            else None
        )

    def _worded(self, understood: Understood, numbers: Longs, words: Floats) -> WordedQuestion:
        index, terms, held = self.found.index, understood.terms, 0.0
        if len(self.vectors) > 1 and words.max(initial=0) > 0:
            held = index.held(terms, int(numbers[words.argmax()]))
        text, said = understood.text, self.found.said
        literal = np.array([text in said[int(n)] for n in numbers], np.bool_) if is_keyword(text) else None
        return WordedQuestion(asked_as(understood), words / np.float32(index.highest(terms) or 1.0), held, literal)

    def right(self, meant: Meant, best: int, allowed: npt.NDArray[np.bool_] | None) -> float:
        """See `ByMeaning`; the others are candidates, too."""
        assert isinstance(meant, MeantOfSome)  # noqa: S101  # it is our own
        paragraphs, row = self._column("passages.paragraph", meant.numbers), self.row_of(best, meant)
        segments = np.searchsorted(self.directory.first_passages, meant.numbers, "right")
        others = (paragraphs != paragraphs[row]) | (segments != segments[row])
        return meant.right(row, others if allowed is None else others & allowed[meant.numbers])

    def has(self, passage: int) -> bool:
        """Whether this passage is scored by meaning."""
        return any(one.has(passage) for one in self.vectors)

    def row_of(self, passage: int, meant: Meant) -> int:
        """Its place among the passages that something is meant of."""
        assert isinstance(meant, MeantOfSome)  # noqa: S101  # it is our own
        return int(np.searchsorted(meant.numbers, passage))

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
