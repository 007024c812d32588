"""Builds the engine of a corpus and calibrates its judge on that corpus.

With asks: each writer's asks in turn are asked of an index without them, and of the questions without an answer one half, while the
other half is bundled. Without asks: every other word of a passage stands for a question about it; so do a few words of it
(people type keywords too) in both cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from retrieval.asks import Ask, Unanswered
from retrieval.confidence import Evidence, Judge, Logistic, fit
from retrieval.corpus import Corpus
from retrieval.engine import CANDIDATES, Engine, Hit, assemble, same_words
from retrieval.index import best
from retrieval.query import Words
from retrieval.segment import Segmenter

SAMPLE = 400  # questions of each sort; more changed no threshold by more than .02
FAR = 0.98  # part of the questions about anything else that shall be called unanswerable
LOST = 0.02  # part of the answerable questions that may be called so at the most
# Of what is called sure, as counted here: only the asked range, its neighbours and equal words count as right, though other passages
# often answer too. Read off the ruler, where .86 here was .92 and more there.
PRECISION = 0.86
UNANSWERED_SHARE = 0.15  # of the questions that come; a guess until the unanswered ones of real use are counted
_UNJUDGED = Judge(Logistic((0.0,) * 6, 0.0), Logistic((0.0,) * 6, 0.0), 0.0, 0.0)

Sort = Literal["answerable", "near", "far"]
T = TypeVar("T")


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

    `answered` is fitted against questions about anything else: what is on the subject without an answer is shown as near.
    """
    observed = observe(corpus, words, asks, unanswered, segmenter)
    apart = [o for o in observed if o.sort != "near"]
    answered = fit([o.evidence for o in apart], [o.sort == "answerable" for o in apart])
    right = fit([o.evidence for o in observed], [o.right for o in observed])
    return Judge(answered, right, _none_below(answered, observed), _sure_from(right, observed))


def observe(corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter) -> list[Observed]:
    """Evidence for questions whose answer is known, from engines that have not seen them."""
    writers = sorted({ask.written for ask in asks})
    observed: list[Observed] = []
    for fold, held in enumerate(writers or [-1]):
        bundled, others = _halves(unanswered, fold % 2)
        seen = [ask for ask in asks if ask.written != held]
        engine = assemble(corpus, words, seen, bundled, _UNJUDGED, segmenter)
        share = max(1, len(writers))
        questions = [(q, ask) for ask in asks if ask.written == held for q in ask.asks]
        keywords = _spread(list(_keywords(engine)), SAMPLE // share // 2)
        for question, answer in [*_spread(questions, 2 * SAMPLE // share), *keywords]:
            observed += _observed(engine, question, "answerable", answer)
        for question in _spread(others.near, SAMPLE // share):
            observed += _observed(engine, question, "near")
        for question in _spread(others.far, SAMPLE // share):
            observed += _observed(engine, question, "far")
    return observed


def _halves(unanswered: Unanswered, odd: int) -> tuple[Unanswered, Unanswered]:
    one, other = (Unanswered(unanswered.near[n::2], unanswered.far[n::2]) for n in (odd, 1 - odd))
    return one, other


def _spread(items: Sequence[T], count: int) -> Sequence[T]:
    return items[:: max(1, len(items) // count)]


def _observed(engine: Engine, question: str, sort: Sort, ask: Ask | None = None) -> list[Observed]:
    understood = engine.reader.understand(question)
    if understood.lookup or not understood.terms:
        return []
    scores = engine.scores(understood)
    hits = [Hit(i, float(scores[i])) for i in best(scores, None, CANDIDATES)]
    right = bool(hits) and ask is not None and _is_right(engine, hits[0], ask)
    return [Observed(engine.evidence(understood, hits), sort, right)]


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


def _none_below(answered: Logistic, observed: Sequence[Observed]) -> float:
    """The probability below which FAR of the questions about anything else lie, but at most LOST of the answerable ones."""
    far = sorted(answered(o.evidence) for o in observed if o.sort == "far")
    answerable = sorted(answered(o.evidence) for o in observed if o.sort == "answerable")
    if not far or not answerable:
        return 0.5
    return min(far[min(int(FAR * len(far)), len(far) - 1)], answerable[int(LOST * len(answerable))])


def _sure_from(right: Logistic, observed: Sequence[Observed]) -> float:
    """The lowest probability from which on at least PRECISION of the questions were answered rightly.

    Questions without an answer count for UNANSWERED_SHARE of all.
    """
    answerable = sum(o.sort == "answerable" for o in observed)
    weight = UNANSWERED_SHARE / (1 - UNANSWERED_SHARE) * answerable / max(1, len(observed) - answerable)
    ranked = sorted(observed, key=lambda o: -right(o.evidence))
    threshold, correct, total = 1.0, 0.0, 0.0
    for one in ranked:
        counts = 1.0 if one.sort == "answerable" else weight
        correct, total = correct + counts * one.right, total + counts
        if correct / total >= PRECISION:
            threshold = right(one.evidence)
    return threshold
