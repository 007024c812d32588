"""Speeches with asks beside speeches without: how high the best of these stands beside the best of those.

Each group is ranked by its own score, and merged by how probable it is that the speeches with asks answer the question.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.evidence import evidence
from retrieval.answer.judge import Judge
from retrieval.answer.passage_words import is_keyword
from retrieval.answer.scoring import Hit
from retrieval.index.meaning.meaning import Meant
from retrieval.index.passages import Passage
from retrieval.index.searchable import Searchable
from retrieval.question.understand import Understood


@dataclass(frozen=True, slots=True)
class Likelier:
    """A logistic model of the speeches with asks answering, rather than those without.

    related, right, answered: what the judge says of the best passages with asks. nearer: how much nearer to the question one of these is.
    asked: how probable it is that a question is meant that people ask of the others, where these have such.
    """

    related: float
    right: float
    answered: float
    nearer: float
    asked: float
    bias: float


# Learned of questions to the six speeches and of others to reports in one corpus, both weighing as much; docs/numbers.md. They are of
# the shipped judge: learn them anew when that is calibrated anew.
BY_PASSAGES = {
    "e5": Likelier(related=0.202, right=0.477, answered=0.0, nearer=22.3, asked=0.0, bias=0.25),
    "use": Likelier(related=0.234, right=0.427, answered=0.095, nearer=16.4, asked=0.0, bias=0.1),
}
BY_ASKS = {
    "e5": Likelier(related=0.111, right=0.183, answered=0.149, nearer=24.4, asked=-0.581, bias=-0.12),
    "use": Likelier(related=0.159, right=0.348, answered=0.207, nearer=10.3, asked=-1.071, bias=-1.14),
}
STEP = 0.5  # of the logit as a factor: of 2 in doubt both groups are shown, from 4 on (.14 of the best) only the likelier one
KEYWORD_LEADS = 2.0  # times the best of the others, where only one group has a keyword as it was typed


def level(found: Searchable, passages: Sequence[Passage], judge: Judge, understood: Understood, hits: Sequence[Hit], meant: Meant) -> float:
    """The score that the best passage without asks gets. hits: the best passages with asks, best first.

    As much as the best of these while nothing says which passages are nearer.
    """
    if not hits:
        return 1.0
    highest = hits[0].score
    if is_keyword(understood.text):
        said = any(understood.text in found.said[hit.passage] for hit in hits)
        return highest * KEYWORD_LEADS if meant.literal and not said else highest / KEYWORD_LEADS
    if not meant.beside:
        return highest
    speaks = evidence(found, passages, understood, hits, found.classifier.odds(understood.terms))
    likelier = (BY_ASKS if meant.asked else BY_PASSAGES)[meant.beside.model]
    logit = (
        likelier.related * _logit(judge.related(speaks))
        + likelier.right * _logit(judge.right(speaks))
        + likelier.answered * _logit(judge.answered(speaks))
        + likelier.nearer * meant.beside.nearer
        + (likelier.asked * _logit(meant.asked.nearest) if meant.asked else 0.0)
        + likelier.bias
    )
    return highest * math.exp(-STEP * logit)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
