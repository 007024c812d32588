"""Everyday questions of long reports that nobody wrote asks for: the engine beside everybody's first bot.

Run: .venv/bin/python -m tests.bench.bench_reports REPORTS
REPORTS: a file of one JSON object a line with title and content; those that the questions name are read.
Two sets of questions: report_questions.jsonl, which settings were compared on, and report_questions_held_out.jsonl, by another writer,
which none was.
First bot: rank-bm25 over jieba words of the printed paragraphs, whole paragraphs shown. With the extra `meaning` also the engine with one
model and with both; their vectors are kept with the index, for those of 18 reports take minutes.
Then the same reports as a large collection, by words, with one model and with both, over a folder that is gone afterwards.
Prints hit@1, hit@3 and the mean characters of the first quote of each, and the ratios; of the engines with meaning how sure they are.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `bot.__main__` does, and as early

import jieba
import yaml
from rank_bm25 import BM25Okapi

from bot.settings.folders import cache_folder
from retrieval import (
    Corpus,
    Engine,
    Group,
    Manifest,
    Quote,
    Segmenter,
    Unanswered,
    Verdict,
    Words,
    build,
    installed,
    latency,
    made,
    make_meaning,
    open_collection,
    quote,
    read,
    states,
    take_in,
    vector_file,
    with_meaning,
    write_segment,
)
from retrieval.answer.judge import UNJUDGED
from retrieval.evaluate import Accepted, Measures, Outcome, Question, by_kind, measure, rank

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = tuple(Path(__file__).parent / name for name in ("report_questions.jsonl", "report_questions_held_out.jsonl"))
TOP = 3


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def chosen(reports: Path, asked: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Title to content of the reports that answers name, in the order of the file."""
    titles = {answer["report"] for row in asked for answer in row["answers"]}
    found = {row["title"]: row["content"] for row in rows(reports) if row["title"] in titles}
    if missing := titles - found.keys():
        raise SystemExit(f"{reports.name} lacks {', '.join(sorted(missing))}")
    return found


def as_corpus(contents: Sequence[str]) -> Corpus:
    """The reports as 001.txt, 002.txt ... in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents, 1):
            (Path(folder) / f"{number:03}.txt").write_text(content, encoding="utf-8")
        return read(Path(folder))


def questions(corpus: Corpus, asked: Iterable[dict[str, Any]], titles: Sequence[str]) -> tuple[Question, ...]:
    """The questions with the numbers that the corpus gave to the reports. A quote that its report lacks ends the run."""
    files = {title: f"{number:03}.txt" for number, title in enumerate(titles, 1)}
    found = []
    for row in asked:
        for answer in row["answers"]:
            if answer["quote"] not in corpus.texts[files[answer["report"]]]:
                raise SystemExit(f"{row['id']}: {answer['report']} does not say {answer['quote']}")
        places = [(files[a["report"]], a["quote"]) for a in row["answers"]]
        accepted = tuple(Accepted(n.number, said) for file, said in places for n in corpus.speeches if n.speech.file == file)
        found.append(Question(row["id"], row["kind"], row["q"], accepted))
    return tuple(found)


def words() -> Words:
    """The word lists and synonyms of the configuration."""
    lists = yaml.safe_load((ROOT / "config" / "words.yaml").read_text(encoding="utf-8"))
    groups = yaml.safe_load((ROOT / "config" / "synonyms.yaml").read_text(encoding="utf-8"))
    synonyms = tuple(Group(tuple(group["everyday"]), tuple(group["official"])) for group in groups)
    return Words(**{key: tuple(value) for key, value in lists.items()}, synonyms=synonyms)


def engine(corpus: Corpus) -> Engine:
    """The engine without asks; its judge calls every answer sure, so that quotes are always shown."""
    return build(corpus, words(), (), None, UNJUDGED, Segmenter())


def by_meaning(plain: Engine) -> Iterator[tuple[str, Engine]]:
    """The same engine with the fast model, and with all that are installed."""
    every = installed()
    for models in dict.fromkeys((every[:1], every)):
        found, texts = with_meaning(plain, models)
        for model in models if found.meaning else ():
            rows = made(model, texts[model.name], vector_file(model, cache_folder(os.environ)), lambda _done, _of: True)
            if rows and found.meaning:
                found.meaning.take(model.name, rows)
        yield "meaning, " + " and ".join(model.name for model in models), found


def large(corpus: Corpus, index: Path) -> Iterator[tuple[str, Engine]]:
    """The same texts as a large collection, by words, with the fast model, and with all that are installed."""
    manifest, names, unanswered = Manifest(), list(corpus.texts), Unanswered()
    write_segment(index / "fresh", dict(corpus.texts), {name: {} for name in names}, Segmenter())
    manifest = take_in(index, manifest, index / "fresh")
    yield "large, words", open_collection(index, words(), unanswered, UNJUDGED)
    every = installed()
    for models in dict.fromkeys((every[:1], every)) if every else ():
        manifest = make_meaning(index, manifest, models, lambda _model, _done: None)
        found = open_collection(index, words(), unanswered, UNJUDGED, encoders=models)
        yield "large, " + " and ".join(model.name for model in models), found


def first_bot(corpus: Corpus, asked: Sequence[Question]) -> tuple[Outcome, ...]:
    """rank-bm25 over the words of the printed paragraphs, asked every question."""
    places = [(n.number, paragraph) for n in corpus.speeches for paragraph in n.speech.paragraphs]
    shown = [quote(corpus, number, paragraph) for number, paragraph in places]
    okapi = BM25Okapi([list(jieba.cut(one.text)) for one in shown])
    return tuple(_outcome(corpus, okapi, shown, question) for question in asked)


def _outcome(corpus: Corpus, okapi: BM25Okapi, shown: list[Quote], question: Question) -> Outcome:
    start = time.perf_counter()
    best = okapi.get_top_n(list(jieba.cut(question.text)), shown, TOP)
    milliseconds = 1000 * (time.perf_counter() - start)
    return Outcome(question, Verdict("sure", "first bot"), "sure", rank(corpus, best, question.accepted), best[0], milliseconds)


def table(ours: Measures, theirs: Measures) -> str:
    """The measures one below the other, then ours divided by theirs."""
    lines = [f"{ours.count} questions          hit@1   hit@3   characters"]
    for name, one in (("engine, no asks", ours), ("rank-bm25, paragraphs", theirs)):
        lines.append(f"{name:<22}{one.hit1:7.3f} {one.hit3:7.3f} {one.characters:12.0f}")
    ratios = (ours.hit1 / theirs.hit1, ours.hit3 / theirs.hit3, ours.characters / theirs.characters)
    return "\n".join([*lines, f"{'ratio':<22}{ratios[0]:7.2f} {ratios[1]:7.2f} {ratios[2]:12.2f}"])


def print_meaning(name: str, outcomes: Sequence[Outcome]) -> None:
    """Measures, how sure it is, and the time of a question."""
    measures, state, (half, most) = by_kind(outcomes)["all"], states(outcomes), latency(outcomes)
    counts = ", ".join(f"{kind} {state.answerable[kind]}" for kind in ("sure", "near", "none"))
    print(f"{name:<22}{measures.hit1:7.3f} {measures.hit3:7.3f} {measures.characters:12.0f}")
    print(f"  {counts}; right when sure {state.right_when_sure:.3f}; {half:.0f} / {most:.0f} ms", flush=True)


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    jieba.setLogLevel("ERROR")
    for path in QUESTIONS:
        asked = rows(path)
        reports = chosen(Path(sys.argv[1]), asked)
        corpus = as_corpus(list(reports.values()))
        put = questions(corpus, asked, list(reports))
        plain = engine(corpus)
        ours = by_kind(measure(plain, put, time.perf_counter, TOP))["all"]
        print(f"{path.name}: {len(reports)} reports, {sum(map(len, reports.values()))} characters")
        print(table(ours, by_kind(first_bot(corpus, put))["all"]), flush=True)
        for name, one in by_meaning(plain):
            print_meaning(name, measure(one, put, time.perf_counter, TOP))
        with tempfile.TemporaryDirectory() as folder:
            for name, one in large(corpus, Path(folder)):
                print_meaning(name, measure(one, put, time.perf_counter, TOP))


if __name__ == "__main__":
    main()
