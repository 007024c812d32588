"""Asks that somebody wrote → those that are taken: every range proved, doubles and clashes told, nothing that is no question."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.library.ask_rules import key_of_ask, why_no_ask
from retrieval import Ask, Span

MOST_ASKS = 60  # of a passage in a file, chosen: 14 writers wrote some 40
LONGEST_LINE = 100_000  # characters of a line of the file


@dataclass(slots=True)
class ImportReport:
    """asks: what is taken. refused: reason → how often; examples of each. problems: lines that are not proved."""

    asks: list[Ask] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    clashes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def questions(self) -> int:
        """How many are taken."""
        return sum(len(ask.asks) for ask in self.asks)

    def refuse(self, reason: str, example: str) -> None:
        self.refused[reason] += 1
        self.examples.setdefault(reason, example)


def looked_through(lines: Iterator[str] | Sequence[str], texts: Mapping[str, str], known: Sequence[Ask], written: int) -> ImportReport:
    """What a file of asks holds. texts: of the speeches they may be about. known: asks there are already. written: number of the writer.

    A question that another passage with other words is asked already is a clash: it is told and not taken.
    """
    report = ImportReport()
    taken = _taken(known)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            if row.get("kind") == "guide" or "asks" not in row:
                continue  # lines of the prompts that nobody answered
            file, span = proved(row, texts)
        except ValueError as error:
            report.problems.append(f"line {number}: {error}")
            continue
        asks = tuple(_new_ones(row["asks"], texts[file], file, span, taken, report))
        if asks:
            report.asks.append(Ask(file, span, texts[file][span.start : span.end], asks, (), written))
    return report


def _row(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"longer than {LONGEST_LINE} characters")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON ({str(error)[:80]}); expected an object a line") from None
    if not isinstance(row, dict):
        raise ValueError(f"{type(row).__name__}; expected an object")
    return row


def proved(row: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, Span]:
    """File and range of a row: where it says, or where its quote stands once. Raises ValueError."""
    file, quote, asks = row.get("file"), row.get("quote"), row.get("asks")
    if not isinstance(asks, list) or not all(isinstance(ask, str) for ask in asks):
        raise ValueError("asks are no list of texts")
    if not isinstance(file, str) or file not in texts:
        raise ValueError(f"file {str(file)[:60]!r} is no speech that was brought in")
    if not isinstance(quote, str) or not quote.strip():
        raise ValueError("nothing proves the range; expected the quote")
    start, text = row.get("start"), texts[file]
    if isinstance(start, int) and text[start : start + len(quote)] == quote and start >= 0:
        return file, Span(start, start + len(quote))
    if text.count(quote) != 1:
        raise ValueError(f"「{quote[:20]}」 is not at {start}, and stands {text.count(quote)} times in {file}")
    start = text.index(quote)
    return file, Span(start, start + len(quote))


Taken = dict[str, dict[tuple[str, int], str]]  # key of an ask → the places that it is asked of, with their words


def _taken(known: Sequence[Ask]) -> Taken:
    taken: Taken = {}
    for ask in known:
        for text in ask.asks:
            taken.setdefault(key_of_ask(text), {})[(ask.file, ask.span.start)] = ask.quote
    return taken


def _new_ones(asks: Sequence[str], text: str, file: str, span: Span, taken: Taken, report: ImportReport) -> Iterator[str]:
    quote, place = text[span.start : span.end], (file, span.start)
    for said in asks[:MOST_ASKS]:
        ask = " ".join(said.split())
        reason = why_no_ask(ask, quote)
        asked_of = taken.setdefault(key_of_ask(ask), {})
        elsewhere = [words for there, words in asked_of.items() if there != place and key_of_ask(words) != key_of_ask(quote)]
        if reason:
            report.refuse(reason, ask[:40])
        elif place in asked_of:
            report.refuse("asked already", ask)
        elif elsewhere:
            report.clashes.append((ask, quote, elsewhere[0]))
        else:
            asked_of[place] = quote
            yield ask
