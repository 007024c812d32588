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

# Logistic regression of 343 questions about the six speeches against 489 of others about eight reports in one corpus, both weighing as
# much; docs/numbers.md. It is of the shipped judge: learn it anew when that is calibrated anew.
RELATED, RIGHT, ANSWERED, MEANT, BIAS = 0.556, 0.35, 0.164, 0.173, -2.0
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
    of_asked = RELATED * _logit(judge.related(speaks)) + RIGHT * _logit(judge.right(speaks)) + ANSWERED * _logit(judge.answered(speaks))
    logit = of_asked + MEANT * _logit(meant.related) + BIAS
    return highest * math.exp(-STEP * logit)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
