"""`ask`: questions as arguments, one per line on standard input, or a small chat on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from bot.cli.output import Printer, answer_json, say_building
from bot.cli.show import named, put_outline
from bot.settings import wording
from bot.settings.config import Settings
from bot.settings.glossary import EnglishQuestion, is_latin
from bot.settings.glossary import read as read_glossary
from bot.settings.library import Library, open_library
from retrieval import (
    Answer,
    Case,
    Reference,
    Understood,
    UnknownReference,
    Verdict,
)

SHOWN_APART = 6  # speeches or parts that are shown, as many as a message can list

HOW = "直接提问，或发 3.2、第三篇 看原文；/quiz 出题，/compare 工会 各篇对照，/random 随机一句，/list 目录；空行结束。"
SHOWN = 30  # characters of a passage that won, chosen


def ask(settings: Settings, asked: list[str], *, top: int, as_json: bool, explained: bool, speeches: Path | None) -> int:
    """Answer every question; exit status 0. Raises ConfigError."""
    library = _library(settings, speeches)
    printer = Printer()
    folder = settings.config / "wording"
    if not asked and sys.stdin.isatty() and not as_json:
        from bot.cli.terminal_chat import chat

        return chat(library, settings.behaviour, wording.read(folder), printer, top)
    glossary = cache(lambda: read_glossary(folder))  # only English needs it
    for question in asked or _lines(sys.stdin.buffer):
        english = glossary().understood(question) if is_latin(question) else None
        _show(library, printer, question, english, top, as_json=as_json, explained=explained)
    return 0


def _library(settings: Settings, speeches: Path | None) -> Library:
    """That of a folder, or what the running bot answers from."""
    if speeches or not settings.index_uri:
        return open_library(settings, speeches, say_building)
    from bot.cli.database import opened
    from bot.library.shared_library import open_shared

    with ExitStack() as stack:
        store = opened(settings) if settings.is_shared else None
        if store:
            stack.callback(store.close)
        return open_shared(settings, store, say_building)


def _lines(stream: Iterable[bytes]) -> Iterable[str]:
    """Lines as text; bytes that are no UTF-8 become �, a question like any other."""
    for line in stream:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _show(
    library: Library, printer: Printer, question: str, english: EnglishQuestion | None, top: int, *, as_json: bool, explained: bool
) -> None:
    asked = english.text if english else question
    answer = replace(answered(library, library.engine.reader.understand(asked), top, weak=as_json), question=question)
    if as_json:
        printer.json(answer_json(library.corpus, answer))
    else:
        printer.line(f"? {question}", "head")
        put_terms(printer, english)
        put_answer(library, printer, answer)
    if explained:
        _explain(library, Printer(sys.stderr) if as_json else printer, answer, top)


def put_terms(printer: Printer, english: EnglishQuestion | None) -> None:
    if english and english.terms:
        printer.line("查的词：" + ", ".join(f"{chinese} ({said})" for chinese, said in english.terms), "faint")


def answered(library: Library, understood: Understood, top: int, *, weak: bool = False) -> Answer:
    """The engine's answer; for a message that only names parts, those parts as quotes, surely. weak: also quotes that no card shows."""
    answer = library.engine.answer(understood, top, weak=weak)
    if not answer.understood.lookup:
        return answer
    quotes = []
    for reference in answer.understood.references[:SHOWN_APART]:
        try:
            quotes += named(library, reference)
        except UnknownReference:
            continue
    verdict = replace(answer.verdict, state="sure") if quotes else answer.verdict
    return replace(answer, verdict=verdict, quotes=tuple(quotes), shown=len(quotes))


def _told(references: Sequence[Reference]) -> str:
    """The first of them, and how many there are if there are more."""
    shown = " ".join(map(str, references[:SHOWN_APART]))
    return f"{shown} … ({len(references)})" if len(references) > SHOWN_APART else shown


def _explain(library: Library, printer: Printer, answer: Answer, top: int) -> None:
    from retrieval import explain

    found = explain(library.engine, answer, top)
    understood = found.understood
    if understood.lookup:
        printer.line(f"  只查段落：{_told(understood.references)}", "faint")
        return
    printer.line(f"  理解为 {understood.text!r}，{found.verdict.state}，因为 {found.verdict.because}", "faint")
    if found.case:
        _explain_verdict(printer, found.case, found.verdict)
    for name, value in (
        ("范围", _told(understood.references)),
        ("改正", " ".join(f"{a}→{b}" for a, b in understood.corrected)),
        ("扩展", " ".join(f"{a}→{b}" for a, b in understood.expanded)),
        ("词", " ".join(f"{term}:{weight:g}" for term, weight in understood.terms.items())),
    ):
        if value:
            printer.line(f"  {name} {value}", "faint")
    for won in found.winners:
        parts = " + ".join(f"{name} {value:.2f}" for name, value in won.fields.items())
        terms = " ".join(f"{term}:{value:g}" for term, value in won.terms)
        printer.line(f"  {won.score:.2f} = {parts}　第{won.speech}篇 {won.text[:SHOWN]}", "faint")
        printer.line(f"       {terms}", "faint")


def _explain_verdict(printer: Printer, case: Case, verdict: Verdict) -> None:
    """What the models say by themselves, and the evidence they weigh."""
    said = case.judgement
    printer.line(f"  只看模型 {verdict.judged}：切题 {said.related:.2f}，有答案 {said.answered:.2f}，第一条对 {said.right:.2f}", "faint")
    evidence = " ".join(f"{name}:{value:.2f}" for name, value in asdict(case.evidence).items())
    printer.line(f"  证据 {evidence}", "faint")


def put_answer(library: Library, printer: Printer, answer: Answer) -> None:
    """The answer; of whole speeches that are looked up the contents; for parts that do not exist, those that do."""
    references = answer.understood.references[:SHOWN_APART] if answer.understood.lookup else ()
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
