"""Engines that have not seen some of the bundled questions, with those questions: to calibrate and to measure on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from retrieval.answer.assemble import assemble
from retrieval.answer.engine import Engine
from retrieval.answer.judge import Judge
from retrieval.index.search import Field
from retrieval.question.understand import Words
from retrieval.speeches.asks import Ask, Unanswered
from retrieval.speeches.corpus import Corpus
from retrieval.terms.segment import Segmenter

GROUPS = 6  # of writers, each asked of an index without it; with 3 and 15 a calibration takes 7.9 and 16.8 s instead of 10.1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unseen:
    """An engine, and the asks of some writers and one half of the questions without an answer, which are not in its index."""

    engine: Engine
    asks: tuple[Ask, ...]
    unanswered: Unanswered


def unseen_in_turn(
    corpus: Corpus,
    words: Words,
    asks: Sequence[Ask],
    unanswered: Unanswered,
    judge: Judge,
    segmenter: Segmenter,
    plain: tuple[Field, ...] = (),
) -> Iterator[Unseen]:
    """One after another, for an engine takes 60 MB; without asks one engine that has not seen half of the unanswered.

    plain: see `assemble`.
    """
    if asks and len({ask.written for ask in asks}) == 1:  # of one writer every other question stands for another's
        asks = [replace(ask, asks=ask.asks[odd::2], written=odd) for ask in asks for odd in (0, 1) if ask.asks[odd::2]]
    writers = sorted({ask.written for ask in asks})
    groups = [set(writers[i::GROUPS]) for i in range(min(GROUPS, len(writers)))]
    for number, group in enumerate(groups or [set()]):
        bundled, others = halves(unanswered, number % 2)
        seen = [ask for ask in asks if ask.written not in group]
        engine = assemble(corpus, words, seen, bundled, judge, segmenter, plain=plain)
        yield Unseen(engine, tuple(ask for ask in asks if ask.written in group), others)


def spread(items: Sequence[T], count: int) -> Sequence[T]:
    """Some `count` to twice as many of the items, evenly spread; all if there are not so many."""
    return items[:: max(1, len(items) // count)]


def halves(unanswered: Unanswered, odd: int) -> tuple[Unanswered, Unanswered]:
    """Every other question, and the others."""
    one, other = (Unanswered(unanswered.near[n::2], unanswered.far[n::2]) for n in (odd, 1 - odd))
    return one, other
