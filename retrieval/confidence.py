"""Do the speeches answer at all? Evidence → sure, near or none, by two logistic models calibrated on the corpus.

`answered`: is there an answer in the speeches? Separates other writers' asks from the bundled questions without an answer.
`right`: is the best passage that answer? Separates first places that were right from all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

NAMED = 0.2  # of the threshold for questions that name a speech: all answerable ones called none on the ruler were such
Confidence = Literal["sure", "near", "none"]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best passage; all about 0-1.

    coverage: its score over the sum of the question's idf. strength: its score over the root of that sum, in tens.
    margin: its lead over the next passage, relative.
    to_best, to_unanswered, share: see `questions.Likeness`.
    """

    coverage: float
    strength: float
    margin: float
    to_best: float
    to_unanswered: float
    share: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """p = 1 / (1 + exp(−(weights·evidence + bias)))."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, evidence: Evidence) -> float:
        """The probability."""
        z = sum(w * x for w, x in zip(self.weights, astuple(evidence), strict=True)) + self.bias
        return 1 / (1 + float(np.exp(-np.clip(z, -30, 30))))


@dataclass(frozen=True, slots=True)
class Judge:
    """The two models with their thresholds."""

    answered: Logistic
    right: Logistic
    none_below: float
    sure_from: float

    def state(self, evidence: Evidence, *, named: bool = False) -> Confidence:
        """none below `none_below` of `answered`, sure from `sure_from` of `right`, else near.

        named: the question names a speech, so that it hardly is about anything else.
        """
        if self.answered(evidence) < self.none_below * (NAMED if named else 1):
            return "none"
        return "sure" if self.right(evidence) >= self.sure_from else "near"


def fit(evidence: Sequence[Evidence], labels: Sequence[bool], ridge: float = 1e-2) -> Logistic:
    """Logistic regression by Newton's method; the ridge keeps it finite on separable data."""
    x = np.array([(*astuple(e), 1.0) for e in evidence], dtype=np.float64)
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
