"""Do the speeches answer at all? Evidence → three probabilities, by logistic models calibrated on the corpus.

`related`: is the question about the speeches' subject? Separates other writers' asks from questions about anything else.
`answered`: do the speeches answer it? Separates them from all bundled questions without an answer.
`right`: is the best passage that answer? Separates first places that were right from the others, of questions that have an answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.answer.evidence import NO_EVIDENCE, Evidence

KNOWN = 0.9  # likeness to an ask from which somebody has asked just this; of unseen questions about anything else none has more than .56


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
class Judgement:
    """What the three models say of a question: a probability each, and whether it is high enough."""

    related: float
    answered: float
    right: float
    is_related: bool
    is_answered: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """The three models, each with its threshold."""

    related: Logistic
    answered: Logistic
    right: Logistic
    related_from: float
    answered_from: float
    right_from: float

    def judgement(self, evidence: Evidence, anywhere: Evidence) -> Judgement:
        """What the models say. anywhere: the evidence of all speeches; what a question is about does not depend on where it asks."""
        related, answered, right = self.related(anywhere), self.answered(evidence), self.right(evidence)
        is_related = related >= self.related_from or anywhere.to_best >= KNOWN
        return Judgement(related, answered, right, is_related, answered >= self.answered_from, right >= self.right_from)


# Calls every question sure that finds a passage: for engines whose answers are only counted.
UNJUDGED = Judge(*(3 * (Logistic((0.0,) * len(NO_EVIDENCE.values), 0.0),)), 0.0, 0.0, 0.0)


def fit(evidence: Sequence[Evidence], labels: Sequence[bool], ridge: float = 1e-2) -> Logistic:
    """Logistic regression by Newton's method; the ridge keeps it finite on separable data. Of none: one half for all."""
    x = np.array([(*e.values, 1.0) for e in evidence], dtype=np.float64).reshape(-1, len(NO_EVIDENCE.values) + 1)
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
