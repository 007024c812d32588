"""Builds the engine of a corpus and calibrates its judge on that corpus.

With asks: the asks of one writer are asked of an index without them, beside half of the questions without an answer; the other half is
bundled. Without asks: every other word of a passage stands for a question about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from retrieval.asks import Ask, Unanswered
from retrieval.confidence import Evidence, Judge, Logistic, fit
from retrieval.corpus import Corpus
from retrieval.engine import Engine, Hit, assemble
from retrieval.index import best
from retrieval.query import Words
from retrieval.segment import Segmenter

SAMPLE = 400  # questions of each sort; more changed no threshold by more than .02
LOST = 0.02  # part of the answerable questions that may be called unanswerable
PRECISION = 0.93  # of what is called sure, on the calibration's questions
_UNJUDGED = Judge(Logistic((0.0,) * 5, 0.0), Logistic((0.0,) * 5, 0.0), 0.0, 0.0)

T = TypeVar("T")
Observed = tuple[Evidence, bool, bool]  # what speaks for it, has it an answer, was the first place right


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


def calibrated(
    corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter
) -> Judge:
    """The judge fitted on held-out questions."""
    observed = observe(corpus, words, asks, unanswered, segmenter)
    answered = fit([e for e, _, _ in observed], [a for _, a, _ in observed])
    right = fit([e for e, _, _ in observed], [r for _, _, r in observed])
    return Judge(answered, right, _none_below(answered, observed), _sure_from(right, observed))


def observe(
    corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter
) -> list[Observed]:
    """Evidence for questions whose answer is known, from an engine that has not seen them."""
    held = max((ask.written for ask in asks), default=0)
    seen = [ask for ask in asks if ask.written != held]
    bundled, asked = _halves(unanswered)
    engine = assemble(corpus, words, seen, bundled, _UNJUDGED, segmenter)
    held_out = [(q, ask) for ask in asks if ask.written == held for q in ask.asks]
    observed = [o for q, ask in _spread(held_out, 2 * SAMPLE) if (o := _observed(engine, q, ask))]
    if not asks:
        observed = [o for o in _known_items(engine) if o]
    return observed + [o for q in _spread(asked, SAMPLE) if (o := _observed(engine, q, None))]


def _halves(unanswered: Unanswered) -> tuple[Unanswered, list[str]]:
    bundled = replace(unanswered, near=unanswered.near[::2], far=unanswered.far[::2])
    return bundled, [*unanswered.near[1::2], *unanswered.far[1::2]]


def _spread(items: Sequence[T], count: int) -> Sequence[T]:
    return items[:: max(1, len(items) // count)]


def _observed(engine: Engine, question: str, ask: Ask | None) -> Observed | None:
    understood = engine.reader.understand(question)
    if understood.lookup or not understood.terms:
        return None
    scores = engine.scores(understood)
    hits = [Hit(i, float(scores[i])) for i in best(scores, None, 20)]
    right = bool(hits) and ask is not None and _is_right(engine, hits[0], ask)
    return engine.evidence(understood, hits), ask is not None, right


def _is_right(engine: Engine, hit: Hit, ask: Ask) -> bool:
    passage = engine.passages[hit.passage]
    shared = min(passage.span.end, ask.span.end) - max(passage.span.start, ask.span.start)
    here = passage.file == ask.file and shared >= 0.6 * (ask.span.end - ask.span.start)
    return here or engine.corpus.text(passage.file, passage.span) == ask.quote


def _known_items(engine: Engine) -> Iterator[Observed | None]:
    """Every other word of a passage as a question about it."""
    plain = [p for p in engine.passages if p.span.end - p.span.start > 20]
    for passage in _spread(plain, SAMPLE):
        text = engine.corpus.text(passage.file, passage.span)
        words = [w.text for w in engine.reader.segmenter.words(text)]
        yield _observed(engine, "，".join(words[::2]), Ask(passage.file, passage.span, text, ()))


def _none_below(answered: Logistic, observed: Sequence[Observed]) -> float:
    """The probability below which at most LOST of the answerable questions lie, and at most one half."""
    positive = sorted(answered(e) for e, has_answer, _ in observed if has_answer)
    return min(0.5, positive[int(LOST * len(positive))]) if positive else 0.5


def _sure_from(right: Logistic, observed: Sequence[Observed]) -> float:
    """The lowest probability from which on at least PRECISION of the questions were answered rightly."""
    ranked = sorted(((right(e), r) for e, _, r in observed), reverse=True)
    threshold, correct = 1.0, 0
    for count, (p, is_right) in enumerate(ranked, 1):
        correct += is_right
        if correct / count >= PRECISION:
            threshold = p
    return threshold
