"""`count`: how often a wording stands in the speeches, and where."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.cli.output import Printer, table
from bot.cli.places import occurrence_json
from bot.settings.config import Settings
from bot.settings.library import open_speeches
from retrieval import Corpus, Occurrence, by_speech, exact_text_of

WRONG_USE = 2
WIDEST = 40  # signs of the longest bar: fits beside a title's short name in 80 columns


def count(settings: Settings, word: Sequence[str], *, as_json: bool, speeches: Path | None) -> int:
    """Every place that does not overlap another of the same wording, blanks and marks between its letters aside. Raises ConfigError."""
    wording = " ".join(word)
    if not any(map(str.isalnum, wording)):
        print(f"{wording!r} has no letter or digit; give a word or a sentence", file=sys.stderr)
        return WRONG_USE
    corpus = open_speeches(settings, speeches).corpus
    places = exact_text_of(corpus).look_up(wording).places
    if as_json:
        Printer().json(count_json(corpus, wording, places))
    else:
        _print(Printer(), corpus, wording, places)
    return 0


def count_json(corpus: Corpus, word: str, places: tuple[Occurrence, ...]) -> dict[str, Any]:
    """As programs are told, see DESIGN; speeches without the word have 0."""
    return {
        "word": word,
        "count": len(places),
        "by_speech": {str(number): times for number, times in by_speech(corpus, places).items()},
        "places": [occurrence_json(place) for place in places],
    }


def _print(printer: Printer, corpus: Corpus, word: str, places: tuple[Occurrence, ...]) -> None:
    headings = sum(place.heading for place in places)
    note = f"，其中标题里 {headings} 次" if headings else ""
    printer.line(f"「{word}」共 {len(places)} 次{note}", "head")
    times = by_speech(corpus, places)
    most = max([WIDEST, *times.values()])
    in_time = sorted(corpus.speeches, key=lambda numbered: (numbered.entry.year, numbered.number))
    rows = [(f"第{n.number}篇 {n.entry.year or ''} {n.entry.short}", str(times[n.number])) for n in in_time]
    for line, numbered in zip(table(rows), in_time, strict=True):
        printer.line(f"{line}  {'█' * round(times[numbered.number] * WIDEST / most)}")
