"""`ask`: questions as arguments, one per line on standard input, or a small chat on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from bot.cli.output import Printer, answer_json, say_building
from bot.cli.show import named, put_outline
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from bot.settings.spoken import Spoken
from retrieval import Answer, Reference, UnknownReference

HOW = "直接提问，或发 3.2、第三篇 看原文；空行结束。"
LEAVING = ("q", "quit", "exit", "退出", "结束")


def ask(settings: Settings, asked: list[str], *, top: int, as_json: bool, explained: bool, speeches: Path | None) -> int:
    """Answer every question; exit status 0. Raises ConfigError."""
    library = open_library(settings, speeches, say_building)
    printer = Printer()
    if not asked and sys.stdin.isatty() and not as_json:
        return chat(library, settings.manners.spoken, printer, top)
    for question in asked or _lines(sys.stdin.buffer):
        _show(library, printer, question, top, as_json=as_json, explained=explained)
    return 0


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Lines as text; bytes that are no UTF-8 become �, a question like any other."""
    for line in stream:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _show(library: Library, printer: Printer, question: str, top: int, *, as_json: bool, explained: bool) -> None:
    answer = answered(library, question, top)
    if as_json:
        printer.json(answer_json(answer))
    else:
        printer.line(f"? {question}", "head")
        _print(library, printer, answer)
    if explained:
        _explain(library, Printer(sys.stderr) if as_json else printer, question, top)


def answered(library: Library, question: str, top: int) -> Answer:
    """The engine's answer; for a message that only names parts, those parts as quotes, surely."""
    answer = library.engine.ask(question, top)
    if not answer.understood.lookup:
        return answer
    quotes = []
    for reference in answer.understood.references:
        try:
            quotes += named(library, reference)
        except UnknownReference:
            continue
    return Answer(question, "sure" if quotes else "none", tuple(quotes), answer.understood)


def _explain(library: Library, printer: Printer, question: str, top: int) -> None:
    from retrieval import explain

    found = explain(library.engine, question, top)
    understood = found.understood
    if understood.lookup:
        printer.line(f"  只查段落：{' '.join(map(str, understood.references))}", "faint")
        return
    printer.line(f"  理解为 {understood.text!r}，{found.confidence}，"
                 f"有答案 {found.answered:.2f}，第一条对 {found.right:.2f}", "faint")  # fmt: skip
    for name, value in (
        ("范围", " ".join(map(str, understood.references))),
        ("改正", " ".join(f"{a}→{b}" for a, b in understood.corrected)),
        ("扩展", " ".join(f"{a}→{b}" for a, b in understood.expanded)),
        ("词", " ".join(f"{term}:{weight:g}" for term, weight in understood.terms.items())),
    ):
        if value:
            printer.line(f"  {name} {value}", "faint")
    for won in found.winners:
        parts = " + ".join(f"{name} {value:.2f}" for name, value in won.fields.items())
        terms = " ".join(f"{term}:{value:g}" for term, value in won.terms)
        printer.line(f"  {won.score:.2f} = {parts}　第{won.speech}篇 {won.text[:30]}", "faint")
        printer.line(f"       {terms}", "faint")


def chat(library: Library, heard: Spoken, printer: Printer, top: int) -> int:
    """Question after question until an empty line, a farewell or the end of input; short ones go on with the last."""
    from retrieval import questions, turn

    printer.line(f"{len(library.corpus.speeches)} 篇讲话。{HOW}", "faint")
    previous, skip = "", 0
    while True:
        try:
            message = input("? ").strip()
        except (EOFError, KeyboardInterrupt):
            printer.line()
            return 0
        if not message or message.strip("/").lower() in LEAVING or heard.courtesy(message) == "farewell":
            return 0
        if message.startswith("/") or heard.command(message) or heard.courtesy(message):
            printer.line(HOW, "faint")
            continue
        several = questions(message)
        for question in several:
            step = turn(library.engine, question, previous)
            skip = skip + top if step.kind == "more" else step.skip
            answer = library.engine.ask(step.question, top, skip) if skip else answered(library, step.question, top)
            if len(several) > 1:
                printer.line(f"「{question}」", "head")
            _print(library, printer, answer)
            previous = step.question


def _print(library: Library, printer: Printer, answer: Answer) -> None:
    """The answer; of whole speeches that are looked up the contents; for parts that do not exist, those that do."""
    references = answer.understood.references if answer.understood.lookup else ()
    unknown = _unknown(library, references)
    for missing, choices in unknown:
        printer.line(f"没有「{missing}」，这里有：{' '.join(choices)}", "faint")
    whole = [reference for reference in references if not (reference.path or reference.paragraph)]
    if whole and not unknown and len(whole) == len(references):
        for speech in whole:
            put_outline(printer, library.corpus, library.corpus.speech(speech.number))
    elif answer.quotes or not unknown:
        printer.answer(answer)


def _unknown(library: Library, references: Iterable[Reference]) -> list[tuple[str, list[str]]]:
    found = []
    for reference in references:
        try:
            library.engine.range_of(reference)
        except UnknownReference as unknown:
            found.append((unknown.reference, list(unknown.choices)))
    return found
