"""Questions near the speeches' topic that they do not answer, beside as many that they do: how often each is shown as sure.

Run: .venv/bin/python -m tests.bench.bench_near [CARDS]
Of the first 300 one half was looked at while checks and thresholds were chosen, the other only measured; 300 of another writer came
later, and at last 480 with and 240 without an answer of six more. Then bundled questions on the subject without an answer, a sixth of them
at a time not in the index. CARDS: a file to write cards into for readers to judge, a JSON object a line: the question, its set and state,
and the quotes that its card shows at once.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.settings import config
from bot.settings.library import open_library
from bot.settings.materials import gather
from retrieval import Engine, Question, Segmenter, Unanswered, measure, read_questions
from retrieval.answer.assemble import assemble

BENCH = Path(__file__).parent
PARTS = ("look", "kept", "later", "last")
FRESH = 6  # parts that the unanswered questions are cut into; three are asked, each of an engine without it
CARDS = 100  # cards to judge, half of them of each set


def show(name: str, engine: Engine, questions: Sequence[Question]) -> None:
    """One line: states, and of answerable ones how often the first quote is right."""
    outcomes = measure(engine, questions, time.perf_counter)
    states = Counter(outcome.confidence for outcome in outcomes)
    first = sum(outcome.rank == 1 for outcome in outcomes)
    sure = sum(outcome.rank == 1 and outcome.confidence == "sure" for outcome in outcomes)
    told = f"right first {first}, right when sure {sure / max(states['sure'], 1):.3f}" if questions[0].accepted else ""
    print(f"{name:22}{len(questions):5}  sure {states['sure']:4}  near {states['near']:4}  none {states['none']:4}  {told}", flush=True)


def fresh(engine: Engine) -> None:
    """Bundled questions on the subject without an answer, as if nobody had written them down."""
    materials, problems = gather(config.read(dict(os.environ)))
    assert materials, problems
    near, states = materials.unanswered.near, Counter[str]()
    for part in range(0, FRESH, 2):
        others = Unanswered(tuple(q for n, q in enumerate(near) if n % FRESH != part), materials.unanswered.far)
        without = assemble(materials.corpus, materials.words, materials.asks, others, engine.judge, Segmenter())
        states.update(without.ask(question, 1).confidence for question in near[part::FRESH])
    total = states.total()
    print(f"{'unanswered, fresh':22}{total:5}  " + "  ".join(f"{state} {states[state] / total:.3f}" for state in ("sure", "near", "none")))


def cards(engine: Engine, sets: Iterable[tuple[str, Sequence[Question]]]) -> Iterable[dict[str, object]]:
    """Of each set as many sure cards, evenly spread."""
    for name, questions in sets:
        answers = [(question, answer) for question in questions if (answer := engine.ask(question.text)).confidence == "sure"]
        for question, answer in answers[:: max(1, len(answers) // (CARDS // 2))][: CARDS // 2]:
            shown = [quote.text for quote in answer.quotes[: answer.shown]]
            yield {"question": question.text, "set": name, "id": question.id, "state": answer.confidence, "quotes": shown}


def main() -> None:
    engine = open_library(config.read(dict(os.environ))).engine
    questions = read_questions(BENCH / "near_topic_questions.jsonl")
    for part in PARTS:
        for kind in ("near", "answered"):
            show(f"{part}, {kind}", engine, [q for q in questions if q.id.startswith(part) and q.kind == kind])
    fresh(engine)
    if len(sys.argv) > 1:
        held_out = read_questions(BENCH / "held_out_questions.jsonl")
        rows = cards(engine, (("held out", held_out), ("near topic", questions)))
        Path(sys.argv[1]).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
