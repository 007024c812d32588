"""Why this answer: what was recognised, what was searched for, and the parts of the winning score, as values."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.engine import CANDIDATES, Engine
from retrieval.answer.judge import Confidence, Evidence
from retrieval.index.search import best
from retrieval.question.understand import Understood


@dataclass(frozen=True, slots=True)
class Won:
    """A passage with its score and what each field and each of the heaviest terms added to it."""

    text: str
    speech: int
    score: float
    fields: dict[str, float]
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole way from the question to its answer. The winners' field parts add up to their scores."""

    understood: Understood
    confidence: Confidence
    evidence: Evidence | None
    related: float
    answered: float
    right: float
    winners: tuple[Won, ...]


def explain(engine: Engine, question: str, most: int = 3) -> Explanation:
    """Explains the first `most` passages."""
    answer = engine.ask(question, most)
    understood, evidence = answer.understood, answer.evidence
    scores = engine.scores(understood)
    ranked = best(scores, engine.allowed(understood), CANDIDATES)[:most]
    return Explanation(
        understood=understood,
        confidence=answer.confidence,
        evidence=evidence,
        related=engine.judge.related(answer.anywhere) if answer.anywhere else 0.0,
        answered=engine.judge.answered(evidence) if evidence else 0.0,
        right=engine.judge.right(evidence) if evidence else 0.0,
        winners=tuple(_won(engine, understood, i, float(scores[i])) for i in ranked),
    )


def _won(engine: Engine, understood: Understood, index: int, score: float) -> Won:
    passage = engine.passages[index]
    parts = engine.found.index.parts(understood.terms, index)
    if abs(score - sum(parts.values())) > 1e-3 * score:
        parts["place or list"] = score - sum(parts.values())
    alone = [(t, sum(engine.found.index.parts({t: w}, index).values())) for t, w in understood.terms.items()]
    heaviest = sorted(((t, round(v, 2)) for t, v in alone if v > 0), key=lambda tv: -tv[1])[:8]
    text = engine.corpus.text(passage.file, passage.span)
    return Won(text, passage.speech, score, parts, tuple(heaviest))
