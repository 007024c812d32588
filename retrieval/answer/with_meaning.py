"""Gives an engine the meaning of its passages, where they have no asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from retrieval.answer.by_meaning import ByMeaning
from retrieval.answer.engine import Engine
from retrieval.index.meaning.encoders import Encoder
from retrieval.index.meaning.meaning import PassageMeaning
from retrieval.index.passages import text_of

Texts = Mapping[str, tuple[str, ...]]


def with_meaning(engine: Engine, encoders: Sequence[Encoder], asked: Mapping[int, Sequence[str]] | None = None) -> tuple[Engine, Texts]:
    """The engine, and for each model the texts whose vectors its meaning has still to take; the engine as it is, and none, where all
    passages have asks in the index.

    asked: what people ask of some of the other passages, by their numbers. Until it has taken the vectors of a model the engine answers
    by words.
    """
    by = ByMeaning(engine.passages, engine.found, PassageMeaning((), ()))
    rows, others = by.rows, [number for number in range(len(engine.passages)) if not by.has(number)]
    texts = tuple(text_of(engine.corpus, engine.passages[row]) for row in rows)
    if not (texts and encoders):
        return engine, {}
    asks = [tuple((asked or {}).get(int(row), ())) for row in rows]
    meaning = PassageMeaning([len(text) for text in texts], encoders, asks, len(others))
    beside = (text_of(engine.corpus, engine.passages[number]) for number in others)
    every = (*texts, *beside, *chain.from_iterable(asks))
    return replace(engine, meaning=meaning), dict.fromkeys((one.name for one in encoders), every)
