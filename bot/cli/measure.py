"""`eval`: question sets measured, beside other search engines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.cli.output import Printer, say_building, table
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from retrieval import (
    Confidence,
    Measures,
    Outcome,
    Question,
    Quote,
    by_kind,
    latency,
    measure,
    misses,
    quote,
    rank,
    read_questions,
    states,
    unfounded,
)

DEPTH = 10  # paragraphs of another engine that are looked at


def evaluate(
    settings: Settings, files: Sequence[Path], *, compare: bool, ablation: bool, as_json: bool, chart: Path | None, shown: int
) -> int:
    """Measures of every file together. Raises ConfigError, CorpusError."""
    questions = tuple(question for file in files for question in read_questions(file))
    library = open_library(settings, building=say_building)
    never = unfounded(library.corpus, questions)
    if never:
        print(f"note: accepted quotes that stand in no such speech: {', '.join(never)}", file=sys.stderr)
    outcomes = measure(library.engine, questions, time.perf_counter)
    printer = Printer()
    if as_json:
        printer.json(_summary(outcomes))
    else:
        _print(printer, outcomes, shown)
    if compare:
        _compare(printer, library, questions, by_kind(outcomes)["all"], chart)
    if ablation:
        from bot.cli.ablate import ablate

        ablate(settings, questions, printer)
    return 0


def _summary(outcomes: Sequence[Outcome]) -> dict[str, object]:
    state, times = states(outcomes), latency(outcomes)
    return {
        "kinds": {kind: asdict(measures) for kind, measures in by_kind(outcomes).items()},
        "answerable": dict(state.answerable),
        "unanswerable": dict(state.unanswerable),
        "right_when_sure": state.right_when_sure,
        "median_ms": times[0],
        "p99_ms": times[1],
    }


def _print(printer: Printer, outcomes: Sequence[Outcome], shown: int) -> None:
    rows = [["", "n", "hit@1", "hit@3", "MRR", "chars"]]
    rows += [[kind, str(m.count), *_measures(m)] for kind, m in by_kind(outcomes).items()]
    for line in table(rows):
        printer.line(line)
    state, (half, most) = states(outcomes), latency(outcomes)
    printer.line(f"answerable {_counts(state.answerable)}; unanswerable {_counts(state.unanswerable)}")
    printer.line(f"right when sure {state.right_when_sure:.3f}; median {half:.2f} ms, 99 % {most:.2f} ms")
    for miss in misses(outcomes)[:shown]:
        won = miss.first.text[:50] if miss.first else "–"
        printer.line(f"  {miss.question.id} {miss.confidence} @{miss.rank} {miss.question.text} → {won}", "faint")


def _measures(m: Measures) -> list[str]:
    return [f"{m.hit1:.3f}", f"{m.hit3:.3f}", f"{m.mrr:.3f}", f"{m.characters:.0f}"]


def _counts(states: Counter[Confidence]) -> str:
    return f"sure {states['sure']}, near {states['near']}, none {states['none']}"


def _compare(printer: Printer, library: Library, questions: Sequence[Question], ours: Measures, chart: Path | None) -> None:
    from bot.cli.peers import peers

    paragraphs = [quote(library.corpus, n.number, span) for n in library.corpus.speeches for span in n.speech.paragraphs]
    rankers = peers([p.text for p in paragraphs], library.engine.reader.segmenter)
    answerable = [q for q in questions if q.accepted]
    names, hits1, hits3 = ["this"], [ours.hit1], [ours.hit3]
    for name, search in rankers.items():
        ranks = [_rank(library, [paragraphs[i] for i in search(q.text, DEPTH)], q) for q in answerable]
        names.append(name)
        hits1.append(sum(r == 1 for r in ranks) / max(1, len(ranks)))
        hits3.append(sum(1 <= r <= 3 for r in ranks) / max(1, len(ranks)))
    rows = [["", "hit@1", "hit@3"], *([n, f"{a:.3f}", f"{b:.3f}"] for n, a, b in zip(names, hits1, hits3, strict=True))]
    for line in table(rows):
        printer.line(line)
    if chart:
        from bot.pictures import comparison_chart

        chart.write_bytes(comparison_chart(names, {"hit@1": hits1, "hit@3": hits3}, "同一批问题"))
        print(json.dumps({"chart": str(chart)}), file=sys.stderr)


def _rank(library: Library, found: Sequence[Quote], question: Question) -> int:
    return rank(library.corpus, found, question.accepted)
