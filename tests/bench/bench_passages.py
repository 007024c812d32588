"""A question's own paragraph among all paragraphs of a public question set, beside four other engines in the same run.

Run: .venv/bin/python -m tests.bench.bench_passages FILE.json [...]
FILE: a set in SQuAD's form (CMRC 2018, DRCD). Prints R@1 and MRR@10, first-place errors relative to rank-bm25, then R@1 with the
questions in the other script, and with one character of each replaced by a homophone.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from opencc import OpenCC

from bot.cli.peers import peers
from retrieval import Engine, Segmenter, build, read
from retrieval.answer.judge import UNJUDGED
from retrieval.terms.segment import is_han
from retrieval.terms.sound import reading
from tests.retrieval.conftest import words

Pair = tuple[str, int]
Ranker = Callable[[str, int], Sequence[int]]


def load(path: Path) -> tuple[list[str], list[Pair]]:
    """Paragraphs, and questions with the index of their paragraph."""
    paragraphs: list[str] = []
    questions: list[Pair] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            questions += [(qa["question"], len(paragraphs)) for qa in paragraph["qas"]]
            paragraphs.append(paragraph["context"])
    return paragraphs, questions


def engine_of(paragraphs: Sequence[str], segmenter: Segmenter) -> Engine:
    """One speech a paragraph, without asks."""
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(paragraphs):
            (Path(folder) / f"{i:05d}.txt").write_text(text, encoding="utf-8")
        return build(read(Path(folder)), words(), (), None, UNJUDGED, segmenter)


def ranker(engine: Engine) -> Ranker:
    """Paragraphs by their best passage."""
    owner = np.array([int(p.file[:5]) for p in engine.passages])

    def search(question: str, k: int) -> Sequence[int]:
        scores = engine.scorer.scores(engine.reader.understand(question))
        best = np.zeros(owner.max() + 1, np.float32)
        np.maximum.at(best, owner, scores)
        return [int(i) for i in np.argsort(-best, kind="stable")[:k] if best[i] > 0]

    return search


def measured(search: Ranker, questions: Sequence[Pair]) -> tuple[float, float]:
    """R@1, MRR@10."""
    ranks = [found.index(right) + 1 if right in (found := list(search(q, 10))) else 0 for q, right in questions]
    return sum(r == 1 for r in ranks) / len(ranks), sum(1 / r for r in ranks if r) / len(ranks)


def misspelt(questions: Sequence[Pair], paragraphs: Sequence[str]) -> list[Pair]:
    """One character of each question replaced by another of the same reading that the paragraphs have."""
    sounds: dict[str, list[str]] = defaultdict(list)
    for char, count in Counter("".join(paragraphs)).items():
        if is_han(char) and count > 3:
            sounds[reading(char)].append(char)
    choose = random.Random(1)

    def misspell(question: str) -> str:
        places = [i for i, c in enumerate(question) if is_han(c) and set(sounds.get(reading(c), ())) - {c}]
        if not places:
            return question
        i = choose.choice(places)
        return question[:i] + choose.choice([c for c in sounds[reading(question[i])] if c != question[i]]) + question[i + 1 :]

    return [(misspell(q), right) for q, right in questions]


def main() -> None:
    segmenter = Segmenter()
    for path in map(Path, sys.argv[1:]):
        paragraphs, questions = load(path)
        engine = engine_of(paragraphs, segmenter)
        ours = ranker(engine)
        results = {"this": measured(ours, questions)}
        results |= {name: measured(search, questions) for name, search in peers(paragraphs, segmenter).items()}
        worst = 1 - results["rank-bm25"][0]
        print(f"{path.name}: {len(paragraphs)} paragraphs, {len(questions)} questions\n{'':12} R@1    MRR@10  errors")
        for name, (recall, mrr) in results.items():
            print(f"{name:12} {recall:.4f} {mrr:.4f}  {(1 - recall) / worst:.2f}")
        other = OpenCC("t2s" if any("們" in text for text in paragraphs[:50]) else "s2t")
        print(f"other script {measured(ours, [(other.convert(q), i) for q, i in questions])[0]:.4f}")
        print(f"one homophone {measured(ours, misspelt(questions, paragraphs))[0]:.4f}\n", flush=True)


if __name__ == "__main__":
    main()
