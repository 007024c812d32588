"""Passages on a Milvus server beside the index of one machine: written how fast, the same numbers, searched how fast.

Run: .venv/bin/python -m tests.bench.bench_milvus PASSAGES [REPORTS] [--uri http://…]
PASSAGES: how many at least, of speeches recombined from the sentences of the six ones, and of REPORTS (one JSON object a line with
content). Without --uri against a `milvus-lite` server of its own, whose search is in Python: it shows that numbers and order are the
same, and what the way to a server and back costs, but not how fast Milvus is.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.library.large_build import build_index
from bot.library.publishing import rows_of_collection
from bot.milvus.milvus_candidates import MilvusCandidates
from bot.milvus.milvus_server import MilvusServer
from retrieval import CollectionTerms, Segmenter, Unanswered, open_collection, read
from retrieval.answer.judge import UNJUDGED
from retrieval.index.search import best
from tests.bench.recombined import questions_about, speeches
from tests.bench.recombined import sentences_of as recombined_sentences
from tests.kit.milvus import Milvus
from tests.kit.milvus_rows import Recombined, publish, recombined, sentences_of
from tests.retrieval.conftest import SPEECHES, words

K = 100
QUESTIONS = 60  # sentences of the pool, cut to a question's length
BYTES = 8  # of a term of a sparse vector: its number and its weight


def pool(reports: Path | None) -> list[str]:
    """The sentences that speeches are made of."""
    found = sentences_of(read(SPEECHES))
    if reports:
        with tempfile.TemporaryDirectory() as folder:
            for number, line in enumerate(reports.read_text(encoding="utf-8").splitlines()):
                (Path(folder) / f"{number:03}.txt").write_text(json.loads(line)["content"], encoding="utf-8")
            found += sentences_of(read(Path(folder)))
    return found


def compare(many: Recombined, candidates: MilvusCandidates, asked: list[str]) -> None:
    """Searches both ways, and prints what differs and how long it took."""
    segmenter, here, there, worst, moved, others = Segmenter(), [], [], 0.0, 0, 0
    for question in asked:
        terms = {term.text: 1.0 for term in segmenter.terms(question)}
        began = time.perf_counter()
        scores = many.index.search(terms)
        expected = np.array(best(scores, None, K))
        here.append(time.perf_counter() - began)
        began = time.perf_counter()
        numbers, found = candidates.search(many.space.weighed(terms), K)
        there.append(time.perf_counter() - began)
        worst = max(worst, float(np.abs(found / scores[numbers] - 1).max(initial=0)))
        moved += int((numbers != expected).sum())
        others += int((np.abs(scores[numbers] / scores[expected] - 1) > 1e-6).sum())
    print(
        f"{len(asked)} questions, first {K}: largest difference of a score {worst:.1e} of it; {moved} places differ, {others} not by ties"
    )
    for name, seconds in (("index of one machine", here), ("server", there)):
        print(f"  {name}: p50 {np.percentile(seconds, 50) * 1000:.1f} ms, p99 {np.percentile(seconds, 99) * 1000:.1f} ms")


def answers(passages: int, reports: Path, folder: Path, server: MilvusServer) -> None:
    """A large collection of so many passages, asked through its own index and through the server: whether the answers are the same."""
    texts = folder / "collection"
    texts.mkdir()
    sentences = recombined_sentences([reports])
    for number, text in enumerate(speeches(sentences, passages)):
        (texts / f"{number:05}.txt").write_text(text, encoding="utf-8")
    build_index(folder / "index", [texts], lambda _: None, 1)
    here = open_collection(folder / "index", words(), Unanswered(), UNJUDGED)
    publish(server, "answers", rows_of_collection(here), len(here.passages))
    candidates = MilvusCandidates(server, "answers", CollectionTerms(here.collection), len(here.passages), seconds=60.0)
    while candidates.readiness.trouble:
        candidates.readiness.look()
    there = replace(here, candidates=candidates)
    asked = questions_about(sentences, QUESTIONS) + [
        f"第三篇怎么说{question}" for question in questions_about(sentences, QUESTIONS // 3, 5)
    ]
    same = sum(here.ask(question, 5) == there.ask(question, 5) for question in asked)
    print(f"{len(here.passages)} passages of a large collection: {same} of {len(asked)} answers the same")


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=int)
    parser.add_argument("reports", type=Path, nargs="?")
    parser.add_argument("--uri", default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        sentences = pool(chosen.reports)
        many = recombined(sentences, chosen.passages, texts, Segmenter())
        rows = [*many.rows()]
        terms = sum(len(row.terms) for row in rows) / len(rows)
        print(
            f"{len(rows)} passages, {len(many.space.groups[0].vocabulary)} terms, {terms:.0f} a passage: {terms * BYTES / 1000:.1f} KB each"
        )
        milvus = None if chosen.uri else Milvus(Path(folder))
        if milvus:
            milvus.start()
        server = MilvusServer(chosen.uri or milvus.uri if milvus else chosen.uri)
        try:
            began = time.perf_counter()
            publish(server, "bench", rows, len(rows))
            print(f"written, loaded and named current in {time.perf_counter() - began:.1f} s")
            candidates = MilvusCandidates(server, "bench", many.space, len(rows), seconds=30.0)
            while candidates.readiness.trouble:
                candidates.readiness.look()
            print(f"and ready in {time.perf_counter() - began:.1f} s")
            step = max(1, len(sentences) // QUESTIONS)
            compare(many, candidates, [sentence[:20] for sentence in sentences[::step]][:QUESTIONS])
            if chosen.reports:
                answers(chosen.passages, chosen.reports, Path(folder), server)
        finally:
            server.close()
            if milvus:
                milvus.stop()


if __name__ == "__main__":
    main()
