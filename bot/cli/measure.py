"""`eval`: question sets measured, beside other search engines."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, astuple
from pathlib import Path

from bot.cli.output import Printer, say_building, table
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.materials import gather
from retrieval import (
    Confidence,
    Judge,
    Measures,
    Outcome,
    Question,
    Quote,
    Segmenter,
    by_kind,
    check_counts,
    latency,
    measure,
    misses,
    questions_of,
    quote,
    rank,
    read_questions,
    states,
    unfounded,
    unseen_in_turn,
)

SHOWN = 50  # characters of a passage that won, chosen
DEPTH = 10  # paragraphs of another engine that are looked at; of which hit@3 reads three


def evaluate(
    settings: Settings, files: Sequence[Path], *, compare: bool, ablation: bool, unseen: int, as_json: bool, chart: Path | None, shown: int
) -> int:
    """Measures of every file together; unseen: then those of so many bundled questions a writer. Raises ConfigError, CorpusError."""
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
    if unseen:
        _unseen(settings, library.engine.judge, printer, unseen, as_json=as_json)
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
        "checks": {because: asdict(count) for because, count in check_counts(outcomes).items()},
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
    _print_checks(printer, outcomes)
    for miss in misses(outcomes)[:shown]:
        won = miss.first.text[:SHOWN] if miss.first else "–"
        printer.line(f"  {miss.question.id} {miss.confidence} @{miss.rank} {miss.question.text} → {won}", "faint")


def _print_checks(printer: Printer, outcomes: Sequence[Outcome]) -> None:
    """What had the last word, how often against the models, and what would be without it."""
    rows = [["last word", "n", "not the models'", "changed", "better", "worse"]]
    rows += [[because, *map(str, astuple(count))] for because, count in check_counts(outcomes).items()]
    for line in table(rows):
        printer.line(line)


def _unseen(settings: Settings, judge: Judge, printer: Printer, most: int, *, as_json: bool) -> None:
    """Bundled questions, each group of writers' asked of an index without them."""
    materials, _ = gather(settings)
    if materials is None:
        return
    outcomes: list[Outcome] = []
    for one in unseen_in_turn(materials.corpus, materials.words, materials.asks, materials.unanswered, judge, Segmenter()):
        outcomes += measure(one.engine, questions_of(one, most), time.perf_counter)
    if as_json:
        printer.json(_summary(outcomes))
    else:
        _print(printer, outcomes, 0)
        for sort in ("near", "far"):
            printer.line(f"{sort} {_counts(Counter(o.confidence for o in outcomes if o.question.kind == sort))}")


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
