"""Why this answer: what was recognised, what had the last word, and the parts of the winning scores, as values."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.case import Case
from retrieval.answer.checks import Verdict
from retrieval.answer.engine import Answer, Engine
from retrieval.answer.scoring import Hit
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
    """The whole way from the question to its answer. `decide(case)` is the verdict; the winners' field parts add up to their scores.

    case: None where nothing was searched for.
    """

    understood: Understood
    verdict: Verdict
    case: Case | None
    winners: tuple[Won, ...]


def explain(engine: Engine, answer: Answer, most: int = 3) -> Explanation:
    """Explains an answer of the engine, with its first `most` passages."""
    hits = answer.case.hits[:most] if answer.case else ()
    winners = tuple(_won(engine, answer.understood, hit) for hit in hits)
    return Explanation(answer.understood, answer.verdict, answer.case, winners)


def _won(engine: Engine, understood: Understood, hit: Hit) -> Won:
    passage = engine.passages[hit.passage]
    parts = engine.found.index.parts(understood.terms, hit.passage)
    if abs(hit.score - sum(parts.values())) > 1e-3 * hit.score:
        parts["place or list"] = hit.score - sum(parts.values())
    alone = [(t, sum(engine.found.index.parts({t: w}, hit.passage).values())) for t, w in understood.terms.items()]
    heaviest = sorted(((t, round(v, 2)) for t, v in alone if v > 0), key=lambda tv: -tv[1])[:8]
    text = engine.corpus.text(passage.file, passage.span)
    return Won(text, passage.speech, hit.score, parts, tuple(heaviest))
