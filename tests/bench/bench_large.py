"""A large collection of recombined speeches: built, opened, searched beside other engines in the same run.

Run: .venv/bin/python -m tests.bench.bench_large PASSAGES DATA... [--work DIR] [--peers NAME,...] [--questions N] [--meaning]
DATA: .txt files and JSON lines with a `content`, whose sentences are recombined. --work: where the index lies and stays (a new folder).
--meaning: makes vectors of `use`, too, and asks again, then of `e5`, and asks both (extra `meaning`, 20 ms a passage).
Prints building, opening, memory, one speech more, then milliseconds of a search (median, 99 of 100), ours and the peers'.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bot.cli.output import answer_json
from bot.library.large_build import BuildProgress, build_index, only_writer
from bot.settings import config
from bot.settings.config import Behaviour, Settings
from bot.settings.large_library import encoders_of, making_meaning, open_large, with_judge
from retrieval import LargeEngine, Segmenter, fold_question, read_manifest
from retrieval.answer.large_scoring import LOOKED_AT
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.exact_scores import exact_scores
from retrieval.segments.opened_segments import opened_segments
from tests.bench.recombined import questions_about, sentences_of, speeches

Search = Callable[[str], object]
K = 10
MODELS = (("use",), ("use", "e5"))  # that are asked, one after the other
RECALLED = 30  # questions of which all passages are scored, a second each among a million


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("passages", type=int)
    wanted.add_argument("data", type=Path, nargs="+")
    wanted.add_argument("--work", type=Path)
    wanted.add_argument("--peers", default="rank_bm25,bm25s,tantivy")
    wanted.add_argument("--questions", type=int, default=300)
    wanted.add_argument("--meaning", action="store_true")
    chosen = wanted.parse_args()
    work = chosen.work or Path(tempfile.mkdtemp())
    sentences = sentences_of(chosen.data)
    texts = work / f"texts{chosen.passages}"
    if not texts.exists():
        texts.mkdir(parents=True)
        rows = []
        for number, text in enumerate(speeches(sentences, chosen.passages)):
            folder = texts / f"{number // 1000:03}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
            said = f"year: {1950 + number % 75}, place: 某县{number % 300}, aliases: [代号{number}]"
            rows.append(f"- {{file: {folder.name}/{number:06}.txt, {said}}}\n")
        (texts / "speeches.yaml").write_text("".join(rows), encoding="utf-8")
    index = work / f"index{chosen.passages}"
    print(f"load {os.getloadavg()[0]:.1f}")
    _build(index, texts)
    _add_one(index, work, next(iter(speeches(sentences, 100, seed=int(time.time())))))
    asked = questions_about(sentences, chosen.questions)
    (work / "questions.json").write_text(json.dumps(asked, ensure_ascii=False))
    where = f"{str(index)!r}, {str(work / 'questions.json')!r}"
    calls = [f"searches({where})", f"answers({where})"]
    calls += [f"meaning({where}, {models!r})" for models in MODELS if chosen.meaning]
    for call in calls:
        code = f"from tests.bench.bench_large import {call.split('(')[0]}; {call}"
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    _peers(index, asked, [name for name in chosen.peers.split(",") if name])
    print(f"load {os.getloadavg()[0]:.1f}")


def _build(index: Path, texts: Path) -> None:
    begun = time.perf_counter()
    found = build_index(index, [texts], _told, judging=partial(with_judge, _settings(index)))
    if found.files:
        print(f"\nbuilt {found.passages} passages, {found.files} files, {found.total / 1e6:.0f} MB in {time.perf_counter() - begun:.1f} s")
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"at most {used[0] / 1024:.0f} MB a worker, {used[1] / 1024:.0f} MB the builder")
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    print(f"on the disk {size / 1e6:.0f} MB, {size / max(found.passages, 1):.0f} bytes a passage")


def _told(progress: BuildProgress) -> None:
    print(f"\r{progress.doing} {progress.done / max(progress.total, 1):.0%} {progress.passages} passages", end="", flush=True)


def _add_one(index: Path, work: Path, text: str) -> None:
    path = work / f"one{int(time.time())}.txt"
    path.write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    build_index(index, [path], lambda _: None, 1, partial(with_judge, _settings(index)))
    print(f"one speech more: {time.perf_counter() - begun:.2f} s")


def _settings(index: Path) -> Settings:
    return config.read({"BOT_INDEX_URI": str(index)})


def _rss() -> dict[str, float]:
    """Megabytes: all, of which nobody else's files."""
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return {name: int(rows[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}


def searches(index: str, asked: str) -> None:
    """In a process of its own: opening, first search, searches, memory, recall."""
    questions, segmenter = json.loads(Path(asked).read_text()), Segmenter()
    segmenter.cut("劳动")
    before, begun = _rss(), time.perf_counter()
    found = CollectionIndex(opened_segments(Path(index))[1])
    opened = time.perf_counter() - begun
    terms = [{term.text: 1.0 for term in segmenter.terms(fold_question(question))} for question in questions]
    begun = time.perf_counter()
    found.search(found.weighed(terms[0]), K)
    print(f"opened {found.totals.passages} passages in {opened:.3f} s, first search {time.perf_counter() - begun:.2f} s")
    for k in (K, 300):
        _print(f"ours, best {k}", _timed(lambda one, k=k: found.search(found.weighed(one), k), terms))
    _print("memory MB", {name: f"{value:.0f} (before {before[name]:.0f})" for name, value in _rss().items()})
    plain = CollectionIndex(opened_segments(Path(index), compiled=False)[1])
    _print(f"ours without numba, best {K}", _timed(lambda one: plain.search(plain.weighed(one), K), terms[:60]))
    part = np.mean([_found(found, one) for one in terms[:RECALLED]])
    print(f"of the best {K} of an exhaustive search found, or others of equal scores: {part:.4f}")


def answers(index: str, asked: str) -> None:
    """In a process of its own, which collects garbage as a running bot does: opening, whole answers, memory."""
    from bot.edge.app import GARBAGE_THRESHOLDS

    gc.set_threshold(*GARBAGE_THRESHOLDS)
    before, questions = _rss(), json.loads(Path(asked).read_text())
    begun = time.perf_counter()
    engine = open_large(replace(_settings(Path(index)), behaviour=_by_words(index)), Path(index))
    engine.ask("劳动")
    print(f"engine opened in {time.perf_counter() - begun:.2f} s with its first answer")
    for named in ("2015年那篇怎么说创新", "代号7那篇怎么说创新"):
        begun = time.perf_counter()
        scope = engine.ask(named).understood.scope
        print(f"{named}: {len(scope)} speeches, {1000 * (time.perf_counter() - begun):.0f} ms")
    _print("whole answers", _timed(lambda asked: answer_json(engine.corpus, engine.ask(asked)), questions))
    _print("memory MB", {name: f"{value:.0f} (before {before[name]:.0f})" for name, value in _rss().items()})


def meaning(index: str, asked: str, models: Sequence[str]) -> None:
    """In a process of its own: vectors made, then opening, whole answers and memory with them, those answered by words first among them."""
    settings = replace(_settings(Path(index)), behaviour=replace(_settings(Path(index)).behaviour, meaning=tuple(models)))
    make, questions, begun = making_meaning(settings), json.loads(Path(asked).read_text()), time.perf_counter()
    assert make
    with only_writer(Path(index)):
        make(Path(index), read_manifest(Path(index)), lambda model, done: print(f"\rvectors of {model} {done}", end="", flush=True))
    print(f"\nvectors made in {time.perf_counter() - begun:.0f} s")
    for encoder in encoders_of(settings):
        encoder.question("")
    before, begun = _rss(), time.perf_counter()
    engine = open_large(settings, Path(index))
    engine.ask("劳动")
    print(f"engine opened in {time.perf_counter() - begun:.2f} s with its first answer")
    for clock in (time.perf_counter, time.process_time):
        _print(f"whole answers by {' and '.join(models)}, {clock.__name__}", _timed(partial(_asked_anew, engine), questions, clock))
    asked_both = sum("e5" in (engine.scorer.ranked(engine.reader.understand(one)).meant.parts) for one in questions)  # type: ignore[union-attr]
    print(f"e5 asked of {asked_both} of {len(questions)} questions")
    _print("memory MB", {name: f"{value:.0f} (before {before[name]:.0f})" for name, value in _rss().items()})


def _asked_anew(engine: LargeEngine, question: str) -> object:
    """An answer whose question no model has read before."""
    for vectors in engine.vectors:
        vectors.encoder._remembered.cache_clear()  # type: ignore[attr-defined]
    return answer_json(engine.corpus, engine.ask(question))


def _by_words(index: str) -> Behaviour:
    return replace(_settings(Path(index)).behaviour, meaning=())


def _found(collection: CollectionIndex, terms: dict[str, float]) -> float:
    """Part of the K best scores of all passages that the best candidates have, both scored exactly, field by field."""
    every = np.arange(collection.totals.passages, dtype=np.int32)
    best = np.sort(np.concatenate([exact_scores(collection, terms, some)[1] for some in np.array_split(every, len(every) // 50_000 + 1)]))[
        -K:
    ]
    ours = np.sort(exact_scores(collection, terms, collection.search(collection.weighed(terms), LOOKED_AT)[0])[1])[-K:]
    return float(np.mean(ours >= best * (1 - 1e-6)))


def _timed(search: Callable[[Any], object], asked: Sequence[Any], clock: Callable[[], float] = time.perf_counter) -> dict[str, str]:
    """Twice through all; of each question the faster."""
    taken = []
    for _ in range(2):
        for one in asked:
            begun = clock()
            search(one)
            taken.append(clock() - begun)
    fastest = np.minimum(taken[: len(asked)], taken[len(asked) :]) * 1000
    cold = np.array(taken[: len(asked)]) * 1000
    return {
        "p50": f"{np.median(fastest):.3f}",
        "p99": f"{np.quantile(fastest, 0.99):.3f}",
        "p99 asked first": f"{np.quantile(cold, 0.99):.3f}",
    }


def _print(name: str, figures: dict[str, str]) -> None:
    print(f"{name}: " + ", ".join(f"{what} {value}" for what, value in figures.items()))


def _peers(index: Path, asked: Sequence[str], names: Sequence[str]) -> None:
    """The peers search passages by their words, which they index; they do not know paragraphs, headings, bigrams or characters."""
    if not names:
        return
    segmenter = Segmenter()
    documents = [[word.text for word in segmenter.words(text)] for text in _passages(index)]
    questions = [[word.text for word in segmenter.words(fold_question(question))] for question in asked]
    for name in names:
        begun = time.perf_counter()
        search = globals()[f"_{name}"](documents)
        built = time.perf_counter() - begun
        search(questions[0])
        some = questions if name != "rank_bm25" else questions[:30]
        _print(f"{name}, built in {built:.0f} s", _timed(search, some))  # type: ignore[arg-type]


def _passages(index: Path) -> list[str]:
    found = []
    for segment in opened_segments(index)[1]:
        texts = segment.passage_texts()
        found += [fold_question(text) for text in texts]
    return found


def _rank_bm25(documents: Sequence[Sequence[str]]) -> Search:
    from rank_bm25 import BM25Okapi

    engine = BM25Okapi(documents)
    return lambda words: np.argpartition(-engine.get_scores(words), K)[:K]


def _bm25s(documents: Sequence[Sequence[str]]) -> Search:
    import bm25s

    engine = bm25s.BM25(method="lucene", backend="numba")
    engine.index(documents, show_progress=False)
    return lambda words: engine.retrieve([words], k=K, show_progress=False, n_threads=1)


def _tantivy(documents: Sequence[Sequence[str]]) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    engine = tantivy.Index(builder.build())
    writer = engine.writer(heap_size=500_000_000, num_threads=1)
    for number, words in enumerate(documents):
        writer.add_document(tantivy.Document(body=" ".join(words), number=number))
    writer.commit()
    writer.wait_merging_threads()
    engine.reload()
    searcher = engine.searcher()

    def search(words: Sequence[str]) -> object:
        clauses = [(tantivy.Occur.Should, tantivy.Query.term_query(engine.schema, "body", word)) for word in words]
        return searcher.search(tantivy.Query.boolean_query(clauses), K)

    return search


if __name__ == "__main__":
    main()
