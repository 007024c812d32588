"""Builds the engine of a corpus and calibrates its judge on that corpus.

With asks: each group of writers' asks in turn is asked of an index without them, and of the questions without an answer one half, while the
other half is bundled. Without asks: every other word of a passage stands for a question about it; so do a few words of it
(people type keywords too) in both cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.answer.assemble import assemble
from retrieval.answer.case import Case
from retrieval.answer.checks import decide
from retrieval.answer.engine import Engine
from retrieval.answer.judge import UNJUDGED, Judge, fit
from retrieval.answer.quoting import same_words
from retrieval.answer.scoring import Hit
from retrieval.answer.unseen import GROUPS, Unseen, spread, unseen_in_turn
from retrieval.index.array_file import Stored
from retrieval.index.division import passages
from retrieval.index.message_kinds import NO_KINDS, MessageKinds, message_kinds
from retrieval.index.own_words import plain_fields
from retrieval.index.search import Field
from retrieval.question.understand import Words
from retrieval.speeches.asks import Ask, Unanswered
from retrieval.speeches.corpus import Corpus
from retrieval.terms.segment import Segmenter

QUESTIONS = 6000  # asks, at most twice as many, that messages of other kinds are told from
SAMPLE = 1600  # questions of each sort; with 400 a new writer moved thresholds so that 6 % more or less were called sure
READ = 50_000  # passages, at most twice as many, of whose words keywords are made; a large collection has more, chosen: 2 s
FAR = 0.98  # part of the questions about anything else that the model calls none; of verdicts (.965) it loses half of the hits without asks
LOST = 0.015  # part of the answerable questions that it may call none at the most; tried .01-.05, docs/numbers.md
NEAR = 0.16  # part of the questions on the subject without an answer that may look answered, of those that no check decides; tried .1-.4
PRECISION = 0.845  # of the answerable questions that the whole table calls sure; tried .82-.86

Sort = Literal["answerable", "near", "far"]


@dataclass(frozen=True, slots=True)
class Observed:
    """A question whose answer is known. right: the best passage was that answer; right_anywhere: the best of all speeches was."""

    case: Case
    sort: Sort
    right: bool
    right_anywhere: bool


def build(
    corpus: Corpus,
    words: Words,
    asks: Sequence[Ask] = (),
    unanswered: Unanswered | None = None,
    judge: Judge | None = None,
    segmenter: Segmenter | None = None,
    kinds: MessageKinds = NO_KINDS,
    classifier: Stored | None = None,
) -> Engine:
    """The engine of a corpus. Without a judge one is calibrated, which takes another one or two seconds.

    kinds: those of messages that are no questions, see `kinds_learned`. classifier: see `assemble`.
    """
    segmenter = segmenter or Segmenter()
    unanswered = unanswered or Unanswered()
    plain = () if asks else plain_fields(corpus, passages(corpus), segmenter)
    judge = judge or calibrated(corpus, words, asks, unanswered, segmenter, plain)
    return assemble(corpus, words, asks, unanswered, judge, segmenter, kinds, plain, classifier)


def kinds_learned(talk: Mapping[str, Sequence[str]], asks: Sequence[Ask], unanswered: Unanswered) -> MessageKinds:
    """Of messages that are no questions, by kind, as they are told from questions; takes three seconds."""
    asked = spread([ask for one in asks for ask in one.asks], QUESTIONS)
    near = (question for question in unanswered.near if question not in unanswered.around)
    return message_kinds(talk, (*asked, *near, *unanswered.far) if talk else ())


def calibrated(
    corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter, plain: tuple[Field, ...] = ()
) -> Judge:
    """The judge fitted on questions that the index has not seen, with thresholds for the verdicts of the whole table.

    plain: see `assemble`.
    `related` is fitted against questions about anything else only: what is on the subject without an answer is shown as near; what leans to
    an answer, or to one of the passages, says nothing about the subject. `right` is
    fitted on questions with an answer only, for `answered` tells those without: docs/numbers.md.
    """
    return judge_of(observe(corpus, words, asks, unanswered, segmenter, plain))


def judge_of(observed: Sequence[Observed]) -> Judge:
    """The judge fitted on what was observed."""
    apart = [o for o in observed if o.sort != "near"]
    related = fit([replace(o.case.anywhere, leaning=0.0, likely=0.0, nowhere=0.0) for o in apart], [o.sort == "answerable" for o in apart])
    answered = fit([o.case.anywhere for o in observed], [o.sort == "answerable" for o in observed])
    answerable = [o for o in observed if o.sort == "answerable"]
    right = fit([o.case.anywhere for o in answerable], [o.right_anywhere for o in answerable])
    judge = Judge(related, answered, right, 0.0, 0.0, 0.0)
    judge = replace(judge, related_from=_related_from(judge, observed))
    judge = replace(judge, answered_from=_answered_from(judge, observed))
    return replace(judge, right_from=_right_from(judge, observed))


def observe(
    corpus: Corpus, words: Words, asks: Sequence[Ask], unanswered: Unanswered, segmenter: Segmenter, plain: tuple[Field, ...] = ()
) -> list[Observed]:
    """Evidence for questions whose answer is known, from engines that have not seen them."""
    share = max(1, min(GROUPS, len({ask.written for ask in asks})))
    turns = unseen_in_turn(corpus, words, asks, unanswered, UNJUDGED, segmenter, plain)
    return [observed for unseen in turns for observed in observed_in(unseen, share)]


def observed_in(unseen: Unseen, share: int) -> list[Observed]:
    """Of one engine. share: how many of them there are."""
    engine, observed = unseen.engine, []
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
    ranked = engine.scorer.ranked(understood)
    right, right_anywhere = (bool(hits) and ask is not None and _is_right(engine, hits[0], ask) for hits in (ranked.hits, ranked.anywhere))
    return [Observed(engine.case(understood, ranked), sort, right, right_anywhere)]


def _is_right(engine: Engine, hit: Hit, ask: Ask) -> bool:
    """The asked range, its neighbour in the same printed paragraph, or the same words elsewhere."""
    passage = engine.passages[hit.passage]
    gap = max(passage.span.start, ask.span.start) - min(passage.span.end, ask.span.end)
    if passage.file == ask.file and gap <= 0:
        return True
    return same_words(engine.corpus.text(passage.file, passage.span), ask.quote)


def _keywords(engine: Engine) -> Iterator[tuple[str, Ask]]:
    """Every third word of a passage as a question about it."""
    unasked = engine.found.index.unasked
    for number in spread(range(len(engine.passages)), READ):
        passage = engine.passages[number]
        if unasked and unasked.rows[number]:
            continue  # the judge is of the speeches with asks
        text = engine.corpus.text(passage.file, passage.span)
        words = [w.text for w in engine.reader.segmenter.words(text) if len(w.text) > 1]
        if len(words) > 5:
            yield " ".join(words[1::3][:4]), Ask(passage.file, passage.span, text, ())


def _related_from(judge: Judge, observed: Sequence[Observed]) -> float:
    """Reached by all but FAR of the questions about anything else, but missed by LOST of the answerable ones at the most.

    Of the model alone: a floor below it makes near what it calls none, at whatever threshold.
    """
    far, answerable = ([judge.related(o.case.anywhere) for o in observed if o.sort == sort] for sort in ("far", "answerable"))
    return min(_below(far, FAR), _below(answerable, LOST))


def _answered_from(judge: Judge, observed: Sequence[Observed]) -> float:
    """Reached by NEAR of the questions on the subject without an answer that would then be sure."""
    near = [_needed(o.case, judge.answered(o.case.evidence), "is_answered") for o in observed if o.sort == "near"]
    return _below([needed for needed in near if 0 < needed < 1], 1 - NEAR)


def _right_from(judge: Judge, observed: Sequence[Observed]) -> float:
    """The lowest probability from which on at least PRECISION of the answerable questions called sure are answered rightly."""
    judged = [(_judged(judge, o.case), o.right) for o in observed if o.sort == "answerable"]
    needed = [(_needed(case, case.judgement.right, "is_right"), right) for case, right in judged]
    threshold, correct = 1.0, 0
    for count, (probability, right) in enumerate(sorted((n for n in needed if n[0] > 0), key=lambda n: -n[0]), 1):
        correct += right
        if correct / count >= PRECISION:
            threshold = probability
    return threshold


def _judged(judge: Judge, case: Case) -> Case:
    return replace(case, judgement=judge.judgement(case.evidence, case.anywhere))


def _needed(case: Case, probability: float, flag: str) -> float:
    """Up to which threshold the verdict is sure: 1 where it always is, 0 where it never is, else the model's probability."""
    without, with_it = (decide(replace(case, judgement=replace(case.judgement, **{flag: value}))).state for value in (False, True))
    return 1.0 if without == "sure" else probability if with_it == "sure" else 0.0


def _below(needed: Sequence[float], part: float) -> float:
    """The threshold that `part` of them do not reach; one half without any."""
    ranked = sorted(needed)
    return ranked[min(int(part * len(ranked)), len(ranked) - 1)] if ranked else 0.5
