"""Gives an engine the meaning of its passages, where they have no asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.by_meaning import ByMeaning
from retrieval.answer.engine import Engine
from retrieval.index.meaning.encoders import Encoder
from retrieval.index.meaning.meaning import PassageMeaning
from retrieval.index.passages import text_of


def with_meaning(engine: Engine, encoders: Sequence[Encoder]) -> tuple[Engine, tuple[str, ...]]:
    """The engine, and the texts whose vectors its meaning has still to take; the engine as it is, and none, where all passages have asks.

    Until it has taken those of a model the engine answers by words.
    """
    rows = ByMeaning(engine.passages, engine.found, PassageMeaning((), ())).rows
    texts = tuple(text_of(engine.corpus, engine.passages[row]) for row in rows)
    if not (texts and encoders):
        return engine, ()
    return replace(engine, meaning=PassageMeaning([len(text) for text in texts], encoders)), texts
