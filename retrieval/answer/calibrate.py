"""Builds the engine of a corpus and calibrates its judge on that corpus.

With asks: each group of writers' asks in turn is asked of an index without them, and of the questions without an answer one half, while the
other half is bundled. Without asks: every other word of a passage stands for a question about it; so do a few words of it
(people type keywords too) in both cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.answer.assemble import assemble
from retrieval.answer.engine import Engine
from retrieval.answer.evidence import Evidence, evidence
from retrieval.answer.judge import UNJUDGED, Judge, Logistic, fit
from retrieval.answer.quoting import same_words
from retrieval.answer.scoring import Hit
from retrieval.answer.unseen import GROUPS, spread, unseen_in_turn
from retrieval.question.understand import Words
from retrieval.speeches.asks import Ask, Unanswered
from retrieval.speeches.corpus import Corpus
from retrieval.terms.segment import Segmenter

SAMPLE = 1600  # questions of each sort; with 400 a new writer moved thresholds so that 6 % more or less were called sure
# Chosen on three sets of other questions than those counted here (the ruler and the first two of tests/bench/held_out_questions.jsonl), so
# that of what has an answer at most 3 % is called none and 15 % near, and 92 % of what is called sure is right; the third of that file was
# only measured (2 %, 16 %, 93 %). Here only the asked range, its neighbours and equal words count as right, and the questions are harder:
# they avoid the speeches' words. Tried NEAR .14-.28 with PRECISION .825-.86.
FAR = 0.98  # part of the questions about anything else that shall be called none
LOST = 0.05  # part of the answerable questions that may be called none at the most; on the three sets it is 1 %
NEAR = 0.18  # part of the questions on the subject without an answer that may look answered, half of the bundled ones taken away
PRECISION = 0.833  # of the answerable questions called sure

Sort = Literal["answerable", "near", "far"]


@dataclass(frozen=True, slots=True)
class Observed:
    """What speaks for the first passage of a question whose answer is known; `right`: it was that answer."""

    evidence: Evidence
    sort: Sort
    right: bool


def build(
    corpus: Corpus,
    words: Words,
    asks: Sequence[Ask] = (),
    unanswered: Unanswered | None = None,
    judge: Judge | None = None,
    segmenter: Segmenter | None = None,
) -> Engine:
    """The engine of a corpus. Without a judge one is calibrated, which takes another one or two seconds."""
    segmenter = segmenter or Segmenter()
    unanswered = unanswered or Unanswered()
    judge = judge or calibrated(corpus, words, asks, unanswered, segmenter)
    return assemble(corpus, words, asks, unanswered, judge, segmenter)


def calibrated(corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter) -> Judge:
    """The judge fitted on held-out questions.

    `related` is fitted against questions about anything else only: what is on the subject without an answer is shown as near.
    """
    observed = observe(corpus, words, asks, unanswered, segmenter)
    apart = [o for o in observed if o.sort != "near"]
    related = fit([o.evidence for o in apart], [o.sort == "answerable" for o in apart])
    answered = fit([o.evidence for o in observed], [o.sort == "answerable" for o in observed])
    right = fit([o.evidence for o in observed], [o.right for o in observed])
    answered_from = _above(answered, [o for o in observed if o.sort == "near"], 1 - NEAR)
    likely = [o for o in observed if answered(o.evidence) >= answered_from]
    return Judge(related, answered, right, _related_from(related, observed), answered_from, _right_from(right, likely))


def _above(model: Logistic, observed: Sequence[Observed], part: float) -> float:
    """The probability that `part` of the observed do not reach; one half without any."""
    ranked = sorted(model(o.evidence) for o in observed)
    return ranked[min(int(part * len(ranked)), len(ranked) - 1)] if ranked else 0.5


def observe(corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter) -> list[Observed]:
    """Evidence for questions whose answer is known, from engines that have not seen them."""
    share = max(1, min(GROUPS, len({ask.written for ask in asks})))
    observed: list[Observed] = []
    for unseen in unseen_in_turn(corpus, words, asks, unanswered, UNJUDGED, segmenter):
        engine = unseen.engine
        questions = [(q, ask) for ask in unseen.asks for q in ask.asks]
        keywords = spread(list(_keywords(engine)), SAMPLE // share // 2)
        for question, answer in [*spread(questions, 2 * SAMPLE // share), *keywords]:
            observed += _observed(engine, question, "answerable", answer)
        for question in spread(unseen.unanswered.near, SAMPLE // share):
            observed += _observed(engine, question, "near")
        for question in spread(unseen.unanswered.far, SAMPLE // share):
            observed += _observed(engine, question, "far")
    return observed


def _observed(engine: Engine, question: str, sort: Sort, ask: Ask | None = None) -> list[Observed]:
    understood = engine.reader.understand(question)
    if understood.lookup or not understood.terms:
        return []
    hits = engine.scorer.ranked(understood).anywhere
    right = bool(hits) and ask is not None and _is_right(engine, hits[0], ask)
    return [Observed(evidence(engine.found, engine.passages, understood, hits), sort, right)]


def _is_right(engine: Engine, hit: Hit, ask: Ask) -> bool:
    """The asked range, its neighbour in the same printed paragraph, or the same words elsewhere."""
    passage = engine.passages[hit.passage]
    gap = max(passage.span.start, ask.span.start) - min(passage.span.end, ask.span.end)
    if passage.file == ask.file and gap <= 0:
        return True
    return same_words(engine.corpus.text(passage.file, passage.span), ask.quote)


def _keywords(engine: Engine) -> Iterator[tuple[str, Ask]]:
    """Every third word of a passage as a question about it."""
    for passage in engine.passages:
        text = engine.corpus.text(passage.file, passage.span)
        words = [w.text for w in engine.reader.segmenter.words(text) if len(w.text) > 1]
        if len(words) > 5:
            yield " ".join(words[1::3][:4]), Ask(passage.file, passage.span, text, ())


def _related_from(related: Logistic, observed: Sequence[Observed]) -> float:
    """Reached by all but FAR of the questions about anything else, but missed by LOST of the answerable ones at the most."""
    far = _above(related, [o for o in observed if o.sort == "far"], FAR)
    return min(far, _above(related, [o for o in observed if o.sort == "answerable"], LOST))


def _right_from(right: Logistic, likely: Sequence[Observed]) -> float:
    """The lowest probability from which on at least PRECISION of the answerable questions were answered rightly."""
    ranked = sorted((o for o in likely if o.sort == "answerable"), key=lambda o: -right(o.evidence))
    threshold, correct = 1.0, 0
    for count, one in enumerate(ranked, 1):
        correct += one.right
        if correct / count >= PRECISION:
            threshold = right(one.evidence)
    return threshold
