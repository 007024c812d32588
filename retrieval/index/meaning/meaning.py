"""What a question means, beside its words: every passage's score, and whether the speeches are about such things at all.

    score = e5 · z(cosine) + use · z(cosine) + words · (score of the words / idf of the question) + short · exp(−length / 8)
            + asks · z(mean cosine of the two nearest questions that people ask of the passage), where some were written

z over all passages, for this question. A model whose vectors are still being made is left out, and the weights are those without it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.meaning.adapter import adapter_of, unit
from retrieval.index.meaning.asked_vectors import AskedVectors, owners_of
from retrieval.index.meaning.encoders import Encoder
from retrieval.index.meaning.vectors import Likenesses, Rounded, Vectors, standard
from retrieval.index.meaning.weighing import ASK_WEIGHINGS, LENGTH, WEIGHINGS, AskWeighing, Weighing, probability
from retrieval.index.postings import Floats

# Part of the question's idf that the best passage holds, from which e5 is not asked: 0 to 28 % of the questions of five sets, nothing lost.
HELD = 0.7
LITERAL = 20.0  # what a passage gains that has a keyword as it was typed: more than anything else can lead by


@dataclass(frozen=True, slots=True)
class LikeAsked:
    """Of each passage how near a question is to those that people ask of it, by the model that reads them."""

    cosines: Floats
    weighing: AskWeighing

    @property
    def nearest(self) -> float:
        """The probability that the nearest of these questions is what is meant."""
        return self.weighing.right(0.0, float(self.cosines.max(initial=-1)))


@dataclass(frozen=True, slots=True)
class Beside:
    """By how much the nearest of the other passages is nearer to a question than the nearest of these, and the model that says so."""

    model: str
    nearer: float


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question has in common with the passages. parts: what each kind of likeness adds to the scores.

    related: the probability that the question is about what the passages are about. literal: a keyword stands in some as it was typed.
    asked: what it has in common with the questions that people ask of each, where some were written. beside: how the nearest compares
    with the nearest of the passages that are not scored by meaning, where there are such.
    """

    scores: Floats
    parts: Mapping[str, Floats]
    related: float
    literal: bool
    weighing: Weighing
    asked: LikeAsked | None
    beside: Beside | None

    @property
    def is_related(self) -> bool:
        """False if there is no point in showing anything."""
        return self.literal or self.related >= self.weighing.related_from

    def right(self, best: int, others: npt.NDArray[np.bool_]) -> float:
        """The probability that the best passage is the answer; others: those of other paragraphs that might be."""
        top = float(self.scores[best])
        lead = top - float(self.scores[others].max()) if others.any() else top
        if self.asked:
            return self.asked.weighing.right(lead, float(self.asked.cosines[best]))
        return self.weighing.right(top, lead)

    def is_right(self, probability: float) -> bool:
        """Whether that is enough to be sure."""
        enough = self.asked.weighing.right_from if self.asked else self.weighing.right_from
        return self.literal or (self.related >= self.weighing.sure_related_from and probability >= enough)


@dataclass(frozen=True, slots=True)
class WordedQuestion:
    """A question and what its words found. text: as typed. words: of every passage the score over the idf of the question.

    held: the part of that idf which the best passage holds. literal: the passages that have a keyword as it was typed.
    """

    text: str
    words: Floats
    held: float
    literal: npt.NDArray[np.bool_] | None

    @property
    def is_said(self) -> bool:
        """Whether some passage has the keyword."""
        return self.literal is not None and bool(self.literal.any())


def worth_asking(ready: Collection[str], asked: WordedQuestion) -> frozenset[str]:
    """Of the models that are ready those that are asked: not e5 beside another where the words have found a passage."""
    is_found = asked.is_said or asked.held >= HELD
    return frozenset(ready) - {"e5"} if len(ready) > 1 and is_found else frozenset(ready)


class PassageMeaning:
    """The vectors of some passages; those of further models may be taken in while questions are answered.

    lengths: of the passages, in characters. asked: what people ask of each of them, where somebody has written that. others: how many
    passages of the corpus are not scored by meaning.
    """

    def __init__(self, lengths: Sequence[int], encoders: Sequence[Encoder], asked: Sequence[Sequence[str]] = (), others: int = 0) -> None:
        self.encoders = tuple(encoders)
        self._other_count = others
        self._others: dict[str, Vectors] = {}
        self._owners = owners_of(asked)
        self._asked: dict[str, AskedVectors] = {}
        self._short: Floats = np.exp(-np.array(lengths, np.float32) / LENGTH)
        self._vectors: dict[str, Likenesses] = {}

    def take(self, model: str, rows: Rounded) -> None:
        """From now on this model is asked too; rows: of its passages, in order, of the others, and of what people ask of its passages."""
        size, mean = len(self._short), adapter_of(model).passage_mean
        own, others, asks = (Vectors(rows.rows(part), mean) for part in np.split(np.arange(len(rows)), [size, size + self._other_count]))
        if len(others.of):
            self._others = {**self._others, model: others}
        if len(asks.of):
            self._asked = {**self._asked, model: AskedVectors(asks, self._owners, size)}
        self._vectors = {**self._vectors, model: own}

    def look_up(self, model: str, elsewhere: Likenesses) -> None:
        """From now on this model is asked too, whose vectors are elsewhere."""
        self._vectors = {**self._vectors, model: elsewhere}

    def kept(self, model: str) -> Vectors | None:
        """The vectors of a model, where they are here."""
        found = self._vectors.get(model)
        return found if isinstance(found, Vectors) else None

    @property
    def models(self) -> tuple[str, ...]:
        """Those that are asked."""
        return tuple(encoder.name for encoder in self.encoders if encoder.name in self._vectors)

    def meant(self, asked: WordedQuestion) -> Meant | None:
        """None while no model is ready."""
        vectors, asks = self._vectors, self._asked
        names = [encoder.name for encoder in self.encoders if encoder.name in vectors]
        reader = next((name for name in ASK_WEIGHINGS if name in asks and name in names), "")
        wanted = frozenset(names) if reader == "e5" else worth_asking(names, asked)
        ready = [encoder for encoder in self.encoders if encoder.name in wanted]
        if not ready:
            return None
        like_asked: LikeAsked | None = None
        beside: Beside | None = None
        weighing = WEIGHINGS[wanted]
        parts = {"words": weighing.words * asked.words, "short": weighing.short * self._short}
        logit = weighing.related_bias
        for encoder in ready:
            question, adapter = encoder.question(asked.text), adapter_of(encoder.name)
            turned = adapter.turned(question)
            alike, nearest = vectors[encoder.name].likeness(turned, question, asked.words)
            parts[encoder.name] = weighing.models[encoder.name] * alike
            if encoder.name == reader:
                like_asked = LikeAsked(asks[reader].likeness(unit(question - adapter.question_mean), question), ASK_WEIGHINGS[reader])
                parts["asks"] = like_asked.weighing.weight * standard(like_asked.cosines)
            if encoder is ready[-1] and encoder.name in self._others:  # the best of them
                beside = self._compared(encoder.name, turned)
            logit += weighing.related(encoder.name, nearest, float(question @ adapter.subject))
        if asked.literal is not None:
            parts["literal"] = LITERAL * asked.literal.astype(np.float32)
        total: Floats = np.sum([*parts.values()], axis=0, dtype=np.float32)
        return Meant(total, parts, probability(logit), asked.is_said, weighing, like_asked, beside)

    def _compared(self, model: str, turned: Floats) -> Beside | None:
        own = self.kept(model)
        return Beside(model, self._others[model].nearest(turned) - own.nearest(turned)) if own else None
