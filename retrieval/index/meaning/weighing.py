"""How much each kind of likeness counts, by the models that are there; all of it fitted on questions whose answer is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = 8.0  # characters by which the cost of a short passage falls to a third: headings and stumps resemble every question


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of a score, and the logistic models of what it is worth.

    nearest, subject: of a model's largest cosine as it is, and of the direction of the subject, for whether a question is related.
    """

    models: Mapping[str, float]
    words: float
    short: float
    nearest: Mapping[str, float]
    subject: Mapping[str, float]
    related_bias: float
    related_from: float
    sure_related_from: float
    top: float
    lead: float
    right_bias: float
    right_from: float

    def related(self, model: str, nearest: float, subject: float) -> float:
        """What a model adds to the logit of a question being related."""
        return self.nearest.get(model, 0.0) * nearest + self.subject.get(model, 0.0) * subject

    def right(self, top: float, lead: float) -> float:
        """The probability that a best passage with this score and this lead is right."""
        return probability(self.top * top + self.lead * lead + self.right_bias)


@dataclass(frozen=True, slots=True)
class AskWeighing:
    """What the questions that people ask of passages count for, by the model that reads them."""

    weight: float
    lead: float
    cosine: float
    bias: float
    right_from: float

    def right(self, lead: float, cosine: float) -> float:
        """The probability that a best passage with this lead, and questions as near as that, is right."""
        return probability(self.lead * lead + self.cosine * cosine + self.bias)


def probability(logit: float) -> float:
    """That of a logit, which is cut where it could not be told from certain."""
    return 1 / (1 + math.exp(-min(max(logit, -30.0), 30.0)))


# Weights: listwise softmax with a ridge on questions about reports and about the six speeches without their asks. Related: questions that
# speeches answer against questions about anything else. Right: first places that were right against all others.
_NEAREST_E5, _SUBJECT_E5, _BIAS_E5 = 86.91, 69.3, -95.75
_TOP, _LEAD, _RIGHT_BIAS = 0.366, 0.293, -3.732
# Tried .6-.94 on 60 questions about reports and 298 to the six speeches without asks: right when sure .92 at .75, .94 at .85, .95 at .9,
# .956 at .92.
_RIGHT_FROM = 0.92
_SURE_RELATED_FROM = 0.8  # tried .52-.8: of 270 questions about anything else it takes away two of three that were called sure
WEIGHINGS = {
    frozenset({"use", "e5"}): Weighing(
        models={"e5": 2.2, "use": 0.65},
        words=3.6,
        short=-4.27,
        nearest={"e5": _NEAREST_E5},
        subject={"e5": _SUBJECT_E5},
        related_bias=_BIAS_E5,
        related_from=0.32,
        sure_related_from=_SURE_RELATED_FROM,
        top=_TOP,
        lead=_LEAD,
        right_bias=_RIGHT_BIAS,
        right_from=_RIGHT_FROM,
    ),
    frozenset({"e5"}): Weighing(
        models={"e5": 2.5},
        words=4.56,
        short=-3.99,
        nearest={"e5": _NEAREST_E5},
        subject={"e5": _SUBJECT_E5},
        related_bias=_BIAS_E5,
        related_from=0.32,
        sure_related_from=_SURE_RELATED_FROM,
        top=_TOP,
        lead=_LEAD,
        right_bias=_RIGHT_BIAS,
        right_from=_RIGHT_FROM,
    ),
    frozenset({"use"}): Weighing(
        models={"use": 1.20},
        words=4.80,
        short=-4.17,
        nearest={"use": 6.25},
        subject={"use": 65.96},
        related_bias=-4.14,
        related_from=0.2,
        sure_related_from=0.5,
        top=0.307,
        lead=0.208,
        right_bias=-2.87,
        right_from=0.6,
    ),
}
# Weights and logistic models of 180 questions by four people about three reports with ten asks a passage; docs/numbers.md.
ASK_WEIGHINGS = {  # the better model first: the first that is ready reads them
    "e5": AskWeighing(weight=2.0, lead=0.038, cosine=15.7, bias=-9.08, right_from=0.6),
    "use": AskWeighing(weight=0.67, lead=0.06, cosine=12.0, bias=-6.39, right_from=0.5),
}
