"""The six speeches as texts that nobody has written asks for, with recombined ones beside them, in a small corpus and in a collection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval import Engine, Judge, Segmenter, build, judge_from_json, read, read_unanswered
from retrieval.answer.large_engine import LargeEngine, open_collection
from retrieval.segments.growing import take_in
from retrieval.segments.manifest import Manifest
from retrieval.segments.names_on_disk import Known, nothing_known
from retrieval.segments.segment_writer import write_segment
from retrieval.speeches.asks import Unanswered
from tests.bench.recombined import sentences_of, speeches
from tests.retrieval.conftest import ROOT, SPEECHES, words


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """By the names of their files, in order."""
    six = {f"a{number}.txt": path.read_text(encoding="utf-8") for number, path in enumerate(sorted(SPEECHES.glob("*.txt")))}
    made = enumerate(speeches(sentences_of(sorted(SPEECHES.glob("*.txt"))), 250))
    return six | {f"b{number}.txt": text for number, text in made}


@pytest.fixture(scope="session")
def some_judge() -> Judge:
    return judge_from_json(json.loads((ROOT / "seeds" / "judge.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def unanswered() -> Unanswered:
    return read_unanswered(ROOT / "seeds" / "unanswered.jsonl")


@pytest.fixture(scope="session")
def small(texts: dict[str, str], some_judge: Judge, unanswered: Unanswered, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return build(read(folder), words(), (), unanswered, some_judge)


def collected(index: Path, texts: dict[str, str], pieces: int = 1, known: Known = nothing_known) -> Manifest:
    """The manifest of a collection of so many segments."""
    manifest, names, size = Manifest(), list(texts), -(-len(texts) // pieces)
    for start in range(0, len(names), size):
        some = {name: texts[name] for name in names[start : start + size]}
        write_segment(index / "fresh", some, {name: {} for name in some}, Segmenter(), known)
        manifest = take_in(index, manifest, index / "fresh")
    return manifest


@pytest.fixture(scope="session")
def index(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of three segments."""
    folder = tmp_path_factory.mktemp("index")
    collected(folder, texts, 3)
    return folder


@pytest.fixture(scope="session")
def large(index: Path, some_judge: Judge, unanswered: Unanswered) -> LargeEngine:
    return open_collection(index, words(), unanswered, some_judge, compiled=False)
