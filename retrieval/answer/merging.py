"""Speeches with asks beside speeches without: how high the best of these stands beside the best of those.

Each group is ranked by its own score, and merged by how probable it is that the speeches with asks answer the question.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from retrieval.answer.evidence import evidence
from retrieval.answer.judge import Judge
from retrieval.answer.passage_words import is_keyword
from retrieval.answer.scoring import Hit
from retrieval.index.meaning.meaning import Meant
from retrieval.index.passages import Passage
from retrieval.index.searchable import Searchable
from retrieval.question.understand import Understood

# Logistic regressions of questions to the six speeches against questions to reports in one corpus, both weighing as much;
# docs/numbers.md. They are of the shipped judge: learn them anew when that is calibrated anew.
# Weights of what the judge says of the six being related, right and answering, of what the meaning says of the others, and a bias.
WITHOUT_ASKS = (0.556, 0.35, 0.164, 0.173, -2.5)  # of being related
WITH_ASKS = (0.347, 0.217, 0.196, -1.0, -2.31)  # of the questions that people ask of them being what is meant
STEP = 0.5  # of the logit as a factor: of 2 in doubt both groups are shown, from 4 on (.14 of the best) only the likelier one
KEYWORD_LEADS = 2.0  # times the best of the others, where only one group has a keyword as it was typed


def level(found: Searchable, passages: Sequence[Passage], judge: Judge, understood: Understood, hits: Sequence[Hit], meant: Meant) -> float:
    """The score that the best passage without asks gets. hits: the best passages with asks, best first."""
    if not hits:
        return 1.0
    highest = hits[0].score
    if is_keyword(understood.text):
        said = any(understood.text in found.said[hit.passage] for hit in hits)
        return highest * KEYWORD_LEADS if meant.literal and not said else highest / KEYWORD_LEADS
    speaks = evidence(found, passages, understood, hits, found.classifier.odds(understood.terms))
    of_these = (judge.related(speaks), judge.right(speaks), judge.answered(speaks), meant.asked.nearest if meant.asked else meant.related)
    *weights, bias = WITH_ASKS if meant.asked else WITHOUT_ASKS
    logit = bias + sum(weight * _logit(probability) for weight, probability in zip(weights, of_these, strict=True))
    return highest * math.exp(-STEP * logit)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
