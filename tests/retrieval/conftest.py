"""The real speeches and the real engine, built once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from retrieval import (
    Corpus,
    Engine,
    Entry,
    Group,
    Judge,
    Segmenter,
    Words,
    build,
    data_fingerprint,
    read,
    read_asks,
    read_judge,
    read_unanswered,
)
from retrieval.answer.calibrate import QUESTIONS
from retrieval.answer.judge import UNJUDGED
from retrieval.answer.unseen import spread
from retrieval.index.message_kinds import message_kinds, read_messages

ROOT = Path(__file__).parent.parent.parent
SPEECHES = ROOT / "seeds" / "speeches"


def entries() -> list[Entry]:
    rows = content("speeches.yaml")
    return [Entry(**{**row, "aliases": tuple(row["aliases"])}) for row in rows]


@cache
def words() -> Words:
    synonyms = tuple(Group(tuple(g["everyday"]), tuple(g["official"])) for g in content("synonyms.yaml"))
    return Words(**{key: tuple(value) for key, value in content("words.yaml").items()}, synonyms=synonyms)


def content(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # three times as fast where libyaml is there
    return yaml.load((ROOT / "config" / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read(SPEECHES, entries())


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture(scope="session")
def unjudged() -> Judge:
    """Calls every answer sure: for tests that are not about confidence."""
    return UNJUDGED


@pytest.fixture(scope="session")
def engine(corpus: Corpus, segmenter: Segmenter, unjudged: Judge) -> Engine:
    asks = read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts)
    unanswered = read_unanswered(ROOT / "seeds" / "unanswered.jsonl")
    return build(corpus, words(), asks, unanswered, unjudged, segmenter)


@pytest.fixture(scope="session")
def plain(corpus: Corpus, segmenter: Segmenter, unjudged: Judge) -> Engine:
    """The same speeches without their asks."""
    return build(corpus, words(), (), None, unjudged, segmenter)


@pytest.fixture(scope="session")
def judged(engine: Engine) -> Engine:
    """The same engine, which says how sure it is."""
    asks = read_asks(ROOT / "seeds" / "asks.jsonl", engine.corpus.texts)
    unanswered = read_unanswered(ROOT / "seeds" / "unanswered.jsonl")
    judge = read_judge(ROOT / "seeds" / "judge.json", data_fingerprint(engine.corpus, asks, unanswered))
    assert judge
    messages = read_messages(ROOT / "seeds" / "messages.jsonl")
    kinds = message_kinds(messages, (*spread([q for ask in asks for q in ask.asks], QUESTIONS), *unanswered.near, *unanswered.far))
    return replace(engine, judge=judge, kinds=kinds)
