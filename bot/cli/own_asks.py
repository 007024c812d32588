"""`asks`: questions that people ask of one's own speeches, written by whoever can."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.output import Printer
from bot.library.ask_prompts import guide, prompts
from bot.library.asks_import import ImportReport, looked_through
from bot.library.asks_writer import WriterRefused, estimate, written
from bot.library.kept_files import private_folder, write_whole
from bot.settings.collection import ASKS, Collection, read_collections
from bot.settings.config import Settings
from bot.settings.materials import Materials, built, gathered
from bot.settings.writer import read_writer
from bot.settings.yaml_file import ConfigError
from retrieval import Accepted, Ask, passages, rank

FAULTY, WRONG_USE = 1, 2
HELD_OUT = 10  # every tenth question is asked and not put in, to measure
FIRST_WRITER = 200  # number of the first writer of asks of own speeches; those of seeds/ are below
SHOWN = 10  # clashes and problems, chosen


def asks(settings: Settings, action: str, what: str, out: Path | None, *, yes: bool) -> int:
    """prompts, import or write. Raises ConfigError, OSError."""
    works = {"prompts": _prompts, "import": _import, "write": _write}
    return works[action](settings, what, out, yes)


def _prompts(settings: Settings, what: str, out: Path | None, _yes: bool) -> int:
    """Everything that a writer needs, a JSON object a line."""
    rows = [guide(), *_wanted(settings, what)]
    if len(rows) == 1:
        return _nothing()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if out:
        write_whole(out, lines.encode("utf-8"))
    else:
        sys.stdout.write(lines)
    return 0


def _wanted(settings: Settings, what: str) -> Iterator[dict[str, Any]]:
    """The passages of one's own speeches, or of the one of a number."""
    materials = gathered(settings)
    own = {entry.file for collection in _collections(settings) for entry in collection.entries}
    corpus = materials.corpus
    numbers = {numbered.number for numbered in corpus.speeches if numbered.speech.file in own}
    if what and (not what.isdecimal() or int(what) not in numbers):
        raise ConfigError([f"there is no speech {what!r} that was brought in; there is {', '.join(map(str, sorted(numbers))) or 'none'}"])
    found = tuple(one for one in passages(corpus) if one.speech in numbers)
    return prompts(corpus, found, int(what or 0))


def _collections(settings: Settings) -> tuple[Collection, ...]:
    problems: list[str] = []
    found = read_collections(settings.data_dir, problems)
    if problems:
        raise ConfigError(problems)
    return found


def _nothing() -> int:
    print("no speech was brought in; python -m bot add FILE", file=sys.stderr)
    return FAULTY


def _import(settings: Settings, what: str, _out: Path | None, _yes: bool) -> int:
    """Prove, compare, measure, put in. 1 when a line is not proved; what is, is taken all the same."""
    materials, collections = gathered(settings), _collections(settings)
    texts = {entry.file: materials.corpus.texts[entry.file] for collection in collections for entry in collection.entries}
    if not what:
        print("asks import FILE", file=sys.stderr)
        return WRONG_USE
    with Path(what).open(encoding="utf-8", errors="replace") as lines:
        known = (*materials.asks, *materials.read_by_model)
        report = looked_through(lines, texts, known, 1 + max((FIRST_WRITER, *(ask.written for ask in known))))
    _tell(Printer(), report)
    if report.asks:
        _measure(Printer(), settings, materials, report.asks)
        for collection in collections:
            _append(collection, [ask for ask in report.asks if ask.file.startswith(f"{collection.name}/")])
        gathered(settings)
    return FAULTY if report.problems else 0


def _tell(printer: Printer, report: ImportReport) -> None:
    printer.line(f"{report.questions} questions for {len(report.asks)} passages, every quote is where it says")
    for reason, count in report.refused.most_common():
        printer.line(f"left out {count} × {reason}, e.g. {report.examples[reason]}", "faint")
    for ask, quote, other in report.clashes[:SHOWN]:
        printer.line(f"clash, left out: {ask!r} is asked of 「{quote[:20]}」 and of 「{other[:20]}」", "faint")
    if len(report.clashes) > SHOWN:
        printer.line(f"… {len(report.clashes) - SHOWN} more clashes", "faint")
    for problem in report.problems[:SHOWN]:
        print(problem, file=sys.stderr)
    if len(report.problems) > SHOWN:
        print(f"… {len(report.problems) - SHOWN} more lines are not proved", file=sys.stderr)


def _measure(printer: Printer, settings: Settings, materials: Materials, fresh: Sequence[Ask]) -> None:
    """Every tenth question, which is not in the index, asked without and with the others; a model, where one is, finds more."""
    corpus = materials.corpus
    speech_of = {numbered.speech.file: numbered.number for numbered in corpus.speeches}
    asked = [(text, ask) for ask in fresh for text in ask.asks]
    held = asked[::HELD_OUT]
    kept_out = {(ask.file, ask.span, text) for text, ask in held}
    others = [replace(ask, asks=tuple(t for t in ask.asks if (ask.file, ask.span, t) not in kept_out)) for ask in fresh]
    others = [ask for ask in others if ask.asks]
    for name, asks_of in (("without them", materials.asks), ("with the others", (*materials.asks, *others))):
        engine = built(settings, replace(materials, asks=asks_of))
        ranks = [rank(corpus, engine.ask(text).quotes[:3], [Accepted(speech_of[ask.file], ask.quote)]) for text, ask in held]
        first, three = ranks.count(1) / len(held), sum(map(bool, ranks)) / len(held)
        printer.line(f"{len(held)} held-out questions, by words {name}: right first {first:.2f}, in three {three:.2f}")


def _append(collection: Collection, fresh: Sequence[Ask]) -> None:
    """In one step."""
    if not fresh:
        return
    path = collection.folder / ASKS
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    rows = (
        {"file": ask.file, "start": ask.span.start, "end": ask.span.end, "quote": ask.quote, "pass": ask.written, "asks": list(ask.asks)}
        for ask in fresh
    )
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_whole(path, (before + ("" if before.endswith("\n") or not before else "\n") + lines).encode("utf-8"))


def _write(settings: Settings, what: str, out: Path | None, yes: bool) -> int:
    """Have asks written by the server of the environment; goes on where it stopped."""
    writer = read_writer(os.environ)
    path = out or settings.data_dir / "asks-written.jsonl"
    done = _done(path)
    wanted = [row for row in _wanted(settings, what) if (row["file"], row["start"], row["end"]) not in done]
    if not wanted and not done:
        return _nothing()
    cost = estimate(wanted)
    print(f"{len(done)} passages are written in {path}, {cost.requests} to be written by {writer.model}")
    print(f"{cost.characters} characters of texts and instructions leave this machine, to {writer.host}:")
    print(f"about {cost.tokens_in} tokens there, {cost.tokens_out} tokens back; what they cost is between you and {writer.host}")
    if not (yes or _agreed()):
        print("nothing was sent; --yes to go on without asking", file=sys.stderr)
        return WRONG_USE
    private_folder(path.parent)
    try:
        whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
        with path.open("a", encoding="utf-8") as file:
            file.write("" if whole else "\n")
            for row in written(wanted, writer):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
    except WriterRefused as refused:
        print(f"{refused}; what is written stays in {path}, the same command goes on from there", file=sys.stderr)
        return FAULTY
    print(f"python -m bot asks import {path}")
    return 0


def _done(path: Path) -> set[tuple[str, int, int]]:
    """The passages that are written already; a line that was not finished is written anew."""
    found = set()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
        try:
            row = json.loads(line)
            found.add((str(row["file"]), int(row["start"]), int(row["end"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _agreed() -> bool:
    return sys.stdin.isatty() and input("send them? [y/N] ").strip().lower() in ("y", "yes", "是", "好")
