"""Why this answer: what was recognised, what had the last word, and the parts of the winning scores, as values."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.case import Case
from retrieval.answer.checks import Verdict
from retrieval.answer.engine import Answer, Engine
from retrieval.answer.scoring import Hit
from retrieval.index.meaning.meaning import Meant
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
    meant = engine.scorer.ranked(answer.understood).meant if hits else None
    winners = tuple(_won(engine, answer.understood, hit, meant) for hit in hits)
    return Explanation(answer.understood, answer.verdict, answer.case, winners)


def _won(engine: Engine, understood: Understood, hit: Hit, meant: Meant | None) -> Won:
    passage = engine.passages[hit.passage]
    by = engine.scorer.by_meaning
    if by and meant and by.has(hit.passage):
        row = by.row_of(hit.passage, meant)
        parts, score = {kind: float(part[row]) for kind, part in meant.parts.items()}, float(meant.scores[row])
    else:
        parts, score = _of_words(engine, understood, hit), hit.score
    alone = [(t, sum(engine.found.index.parts({t: w}, hit.passage).values())) for t, w in understood.terms.items()]
    heaviest = sorted(((t, round(v, 2)) for t, v in alone if v > 0), key=lambda tv: -tv[1])[:8]
    text = engine.corpus.text(passage.file, passage.span)
    return Won(text, passage.speech, score, parts, tuple(heaviest))


def _of_words(engine: Engine, understood: Understood, hit: Hit) -> dict[str, float]:
    parts = engine.found.index.parts(understood.terms, hit.passage)
    by_words = float(engine.scorer.by_words(understood)[hit.passage])
    further = {"place or list": by_words - sum(parts.values()), "classifier": hit.score - by_words}
    return parts | {name: part for name, part in further.items() if abs(part) > 1e-3 * hit.score}
