"""`review`: questions from use, turned into asks of a passage."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot.cli.database import opened, or_said
from bot.cli.output import Printer, place, say_building
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.materials import keep_calibrated
from bot.state import feedback
from bot.state.store import Store
from retrieval import Quote, UnknownReference, by_id

LISTED = 50  # questions, chosen: what can be looked through at once
SHOWN = 40  # characters of a passage, chosen
WRITTEN = 99  # the pass of asks that came from use
WRONG_USE = 2


@or_said
def review(settings: Settings, number: int, passage: str) -> int:
    """List what there is to learn from, or make the question of that number an ask of a passage.

    Raises ConfigError.
    """
    store = opened(settings)
    try:
        with store.reading() as memory:
            seen = feedback.most_frequent(memory, feedback.STATES, LISTED)
        if not number:
            _list(Printer(), open_library(settings, building=say_building), seen)
            return 0
        if not 1 <= number <= len(seen):
            print(f"there is no question {number}; there are {len(seen)}", file=sys.stderr)
            return WRONG_USE
        return _learn(settings, store, seen[number - 1], passage)
    finally:
        store.close()


def _list(printer: Printer, library: Library, seen: tuple[feedback.Feedback, ...]) -> None:
    if not seen:
        printer.line("nothing to learn from yet")
    for number, one in enumerate(seen, 1):
        printer.line(f"{number:3} {one.state:4} {one.times:3} × {one.text}", "bold")
        answer = library.engine.ask(one.text)
        for found in answer.quotes:
            printer.line(f"      {found.id:18} {found.text[:SHOWN]}  {place(found.source)}", "faint")
    if seen:
        printer.line("python -m bot review NUMBER PASSAGE turns a question into an ask of a passage", "faint")


def _learn(settings: Settings, store: Store, one: feedback.Feedback, passage: str) -> int:
    """Append the ask, prove that everything still reads, and forget the question; undone on any problem.

    Judge and classifier stay: to make them anew takes minutes, and one ask moves them by nothing that can be seen.
    """
    library = open_library(settings, building=say_building)
    try:
        chosen = by_id(library.corpus, passage or one.quote)
    except UnknownReference:
        print(f"there is no passage {passage or one.quote!r}; take an id that review lists", file=sys.stderr)
        return WRONG_USE
    path = settings.seeds / "asks.jsonl"
    before = path.read_text(encoding="utf-8")
    _replace(path, before + ("" if before.endswith("\n") or not before else "\n") + _line(chosen, one.text))
    try:
        keep_calibrated(settings, library.engine)
        rebuilt = open_library(settings, building=say_building)
    except BaseException:
        _replace(path, before)
        raise
    with store.quick() as memory:
        feedback.settle(memory, one.text)
    first = rebuilt.engine.ask(one.text).quotes[:1]
    print(f"{one.text} → {first[0].text if first else '–'}")
    return 0


def _line(chosen: Quote, question: str) -> str:
    span = chosen.source.span
    where = {"file": chosen.source.file, "start": span.start, "end": span.end, "quote": chosen.text}
    row = {**where, "pass": WRITTEN, "asks": [question]}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _replace(path: Path, content: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)
