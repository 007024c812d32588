"""Question sets → measures: how often, how high and how tightly the right words are shown.

A hit: a shown quote covers at least 60 % of an accepted quote of the right speech.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any

from retrieval.answer.checks import CHECKS, MODELS, Confidence, Verdict, decide
from retrieval.answer.engine import Answer, Engine
from retrieval.answer.unseen import Unseen, spread
from retrieval.errors import CorpusError
from retrieval.question.understand import Understood
from retrieval.speeches.asks import Ask
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote, Source
from retrieval.speeches.tree import Span

COVERED = 0.6
ON_SUBJECT = "near"  # the kind of questions that the speeches do not answer, but whose subject is theirs


@dataclass(frozen=True, slots=True)
class Accepted:
    """Words that answer a question."""

    speech: int
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a set; without `accepted` the speeches do not answer it."""

    id: str
    kind: str
    text: str
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back: the verdict, rank of the first right quote (0: none shown), the first quote, milliseconds.

    otherwise: the state that would be without the check that had the last word.
    """

    question: Question
    verdict: Verdict
    otherwise: Confidence
    rank: int
    first: Quote | None
    milliseconds: float

    @property
    def confidence(self) -> Confidence:
        return self.verdict.state


def read_questions(path: Path) -> tuple[Question, ...]:
    """One object a line: {"id", "kind", "q", "answers": [{"speech", "quote"}]}. Raises CorpusError for what cannot be read, OSError."""
    found, problems = [], []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CorpusError([f"{path.name}: cannot be read ({error}); expected UTF-8, one question a line"]) from error
    for number, line in enumerate(lines, 1):
        try:
            row: dict[str, Any] = json.loads(line)
            accepted = tuple(Accepted(int(a["speech"]), str(a["quote"])) for a in row["answers"])
            found.append(Question(str(row.get("id", number)), str(row.get("kind", "all")), str(row["q"]), accepted))
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"{path.name}: line {number}: {error!r}; expected id, kind, q, answers of speech and quote")
    if not (found or problems):
        problems.append(f"{path.name}: empty; expected one question a line")
    if problems:
        raise CorpusError(problems)
    return tuple(found)


def questions_of(unseen: Unseen, most: int) -> tuple[Question, ...]:
    """As a set: `most` asks of each writer (`written 3`), and as many of each sort of questions without an answer (`near`, `far`)."""
    found: list[tuple[str, str, tuple[Accepted, ...]]] = []
    for writer in sorted({ask.written for ask in unseen.asks}):
        asked = [(text, ask) for ask in unseen.asks if ask.written == writer for text in ask.asks]
        found += [(f"written {writer}", text, (_accepted(unseen.engine.corpus, ask),)) for text, ask in spread(asked, most)]
    for kind, texts in ((ON_SUBJECT, unseen.unanswered.near), ("far", unseen.unanswered.far)):
        found += [(kind, text, ()) for text in spread(texts, most)]
    return tuple(Question(str(number), kind, text, accepted) for number, (kind, text, accepted) in enumerate(found, 1))


def _accepted(corpus: Corpus, ask: Ask) -> Accepted:
    around = (n for n in corpus.speeches if n.speech.file == ask.file and n.speech.span.covers(ask.span))
    return Accepted(next(around).number, ask.quote)


def unfounded(corpus: Corpus, questions: Iterable[Question]) -> list[str]:
    """The ids of questions with an accepted quote that does not stand in its speech, and so can never be hit."""
    numbers = {numbered.number for numbered in corpus.speeches}
    texts = {n: corpus.text(corpus.speech(n).speech.file, corpus.speech(n).speech.span) for n in numbers}
    return [q.id for q in questions if any(a.quote not in texts.get(a.speech, "") for a in q.accepted)]


def covers(corpus: Corpus, place: Source, accepted: Accepted) -> bool:
    """True if the place shows COVERED of an occurrence of the accepted quote in its speech."""
    if place.speech != accepted.speech:
        return False
    text, around = corpus.texts[place.file], corpus.speech(place.speech).speech.span
    start = text.find(accepted.quote, around.start, around.end)
    while start >= 0:
        here = Span(start, start + len(accepted.quote))
        if min(place.span.end, here.end) - max(place.span.start, here.start) >= COVERED * len(accepted.quote):
            return True
        start = text.find(accepted.quote, start + 1, around.end)
    return False


def rank(corpus: Corpus, quotes: Sequence[Quote], accepted: Iterable[Accepted]) -> int:
    """The place (from 1) of the first quote that is a hit, 0 if there is none."""
    for place, quote in enumerate(quotes, 1):
        if any(covers(corpus, where, a) for where in (quote.source, *quote.also) for a in accepted):
            return place
    return 0


Alteration = Callable[[Understood], Understood]


def measure(
    engine: Engine, questions: Sequence[Question], clock: Callable[[], float], top: int = 3, change: Alteration | None = None
) -> tuple[Outcome, ...]:
    """Asks every question once; `clock` tells seconds. change: takes something away from what was understood."""
    return tuple(_outcome(engine, question, clock, top, change) for question in questions)


def _outcome(engine: Engine, question: Question, clock: Callable[[], float], top: int, change: Alteration | None) -> Outcome:
    start = clock()
    understood = engine.reader.understand(question.text)
    answer = engine.answer(change(understood) if change else understood, top, weak=True)
    milliseconds = 1000 * (clock() - start)
    first = answer.quotes[0] if answer.quotes else None
    place = rank(engine.corpus, answer.quotes[:top], question.accepted)
    return Outcome(question, answer.verdict, _otherwise(answer), place, first, milliseconds)


def _otherwise(answer: Answer) -> Confidence:
    """The models' own checks have nothing behind them, so that nothing is without them."""
    if answer.case is None:
        return answer.confidence
    return decide(answer.case, [check for check in CHECKS if check.name != answer.verdict.because or check in MODELS]).state


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over answerable questions: hit@1, hit@3, mean reciprocal rank, characters of the first quote."""

    count: int
    hit1: float
    hit3: float
    mrr: float
    characters: float


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Measures]:
    """Measures of all answerable questions ("all") and of each kind."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.question.accepted:
            groups["all"].append(outcome)
            groups[outcome.question.kind].append(outcome)
    return {kind: _measures(group) for kind, group in groups.items()}


def _measures(group: Sequence[Outcome]) -> Measures:
    shown = [len(o.first.text) for o in group if o.first]
    return Measures(
        count=len(group),
        hit1=fmean(o.rank == 1 for o in group),
        hit3=fmean(1 <= o.rank <= 3 for o in group),
        mrr=fmean(1 / o.rank if o.rank else 0.0 for o in group),
        characters=fmean(shown) if shown else 0.0,
    )


@dataclass(frozen=True, slots=True)
class States:
    """How often each state was given to answerable and unanswerable questions, and how often `sure` was right."""

    answerable: Counter[Confidence]
    unanswerable: Counter[Confidence]
    right_when_sure: float


def states(outcomes: Sequence[Outcome]) -> States:
    """The confusion of the three states."""
    answerable = Counter(o.confidence for o in outcomes if o.question.accepted)
    unanswerable = Counter(o.confidence for o in outcomes if not o.question.accepted)
    sure = [o for o in outcomes if o.confidence == "sure"]
    return States(answerable, unanswerable, fmean(o.rank == 1 for o in sure) if sure else 0.0)


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How often a check had the last word, how often the models say something else, and how often any other state would be without it.

    better, worse: of the last those nearer to and farther from what was wanted.
    """

    decided: int
    overruled: int
    changed: int
    better: int
    worse: int


def check_counts(outcomes: Iterable[Outcome]) -> dict[str, CheckCount]:
    """Of everything that had a last word, those in the order of the table first."""
    groups: dict[str, list[Outcome]] = {check.name: [] for check in CHECKS}
    for outcome in outcomes:
        groups.setdefault(outcome.verdict.because, []).append(outcome)
    return {because: _check_count(group) for because, group in groups.items()}


def _check_count(group: Sequence[Outcome]) -> CheckCount:
    gains = [_distance(o, o.otherwise) - _distance(o, o.confidence) for o in group]
    return CheckCount(
        decided=len(group),
        overruled=sum(o.verdict.judged not in (None, o.confidence) for o in group),
        changed=sum(o.otherwise != o.confidence for o in group),
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
    )


def _distance(outcome: Outcome, state: Confidence) -> int:
    """From what was wanted: sure where the first quote is right, near where the speeches answer it or it is on their subject, else none."""
    on_subject = outcome.question.accepted or outcome.question.kind == ON_SUBJECT
    wanted = "sure" if outcome.rank == 1 else "near" if on_subject else "none"
    order = ("none", "near", "sure")
    return abs(order.index(state) - order.index(wanted))


def latency(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Median and 99th percentile, milliseconds."""
    times = [o.milliseconds for o in outcomes]
    return median(times), quantiles(times, n=100)[98] if len(times) > 1 else times[0]


def misses(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Answerable questions whose first quote is no hit, and unanswerable ones called sure."""
    return tuple(o for o in outcomes if (o.question.accepted and o.rank != 1) or (not o.question.accepted and o.confidence == "sure"))
