"""Do the speeches answer at all? Evidence → sure, near or none, by three logistic models calibrated on the corpus.

`related`: is the question about the speeches' subject? Separates other writers' asks from questions about anything else.
`answered`: do the speeches answer it? Separates them from all bundled questions without an answer.
`right`: is the best passage that answer? Separates first places that were right from all else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Confidence = Literal["sure", "near", "none"]

KNOWN = 0.9  # likeness to an ask from which somebody has asked just this: of 1 800 held-out questions about anything else none has it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best passage; all about 0-1.

    coverage: its score over the sum of the question's idf. strength: its score over the root of that sum, in tens.
    matched: the part of the question's idf whose terms the passage has. missing: the heaviest idf it has not, in sixths.
    margin: its lead over the next passage, relative.
    to_best, to_unanswered, share: see `questions.Likeness`.
    """

    coverage: float
    strength: float
    matched: float
    missing: float
    margin: float
    to_best: float
    to_unanswered: float
    share: float

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
        )


@dataclass(frozen=True, slots=True)
class Logistic:
    """p = 1 / (1 + exp(−(weights·evidence + bias)))."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, evidence: Evidence) -> float:
        """The probability."""
        z = sum(w * x for w, x in zip(self.weights, evidence.values, strict=True)) + self.bias
        return 1 / (1 + math.exp(-min(max(z, -30.0), 30.0)))


@dataclass(frozen=True, slots=True)
class Judge:
    """The three models, each with its threshold."""

    related: Logistic
    answered: Logistic
    right: Logistic
    related_from: float
    answered_from: float
    right_from: float

    def state(self, evidence: Evidence, anywhere: Evidence | None = None) -> Confidence:
        """none when hardly related, sure when both answered and right, else near.

        anywhere: the evidence of all speeches, if the question names some: what it is about does not depend on where it asks.
        """
        anywhere = anywhere or evidence
        if self.related(anywhere) < self.related_from and anywhere.to_best < KNOWN:
            return "none"
        sure = self.answered(evidence) >= self.answered_from and self.right(evidence) >= self.right_from
        return "sure" if sure else "near"


# Calls every question sure that finds a passage: for engines whose answers are only counted.
UNJUDGED = Judge(*(3 * (Logistic((0.0,) * 8, 0.0),)), 0.0, 0.0, 0.0)


def fit(evidence: Sequence[Evidence], labels: Sequence[bool], ridge: float = 1e-2) -> Logistic:
    """Logistic regression by Newton's method; the ridge keeps it finite on separable data."""
    x = np.array([(*e.values, 1.0) for e in evidence], dtype=np.float64)
    y = np.array(labels, dtype=np.float64)
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return Logistic(tuple(map(float, w[:-1])), float(w[-1]))
