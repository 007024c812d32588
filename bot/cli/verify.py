"""`verify`: a draft word for word, what of it the speeches say."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bot.cli.output import Printer, place
from bot.cli.places import checked_json
from bot.documents.document import UnreadableDocument, text_of
from bot.documents.marked_copy import SIGNS, marked_page, marked_text
from bot.settings.config import Settings
from bot.settings.library import open_speeches
from retrieval import Checked, Corpus, Span, copied_from, corrections, exact_text_of, source, verify

DONE, FAULTY, WRONG_USE = 0, 1, 2
COLOURS = {"same": "good", "differs": "mark", "absent": "bad"}
PUT_TOGETHER = "由几处拼成"
MARKS_DIFFER = "文字一致，标点不同"
ABSENT = "讲话里没有这句，也没有相近的"
WHOLE = "整段："
IDENTICAL = "文字一致"
TITLE = "原文核对"


def check_draft(settings: Settings, file: str, *, as_json: bool, out: Path | None, speeches: Path | None) -> int:
    """Every quotation of a draft, and its sentences; 0 if all are the same, 1 if any is not or the file cannot be read.

    file: its path, - for standard input. out: where a marked-up copy goes, .html or text. Raises ConfigError, OSError.
    """
    if out and out.suffix.lower() not in (".txt", ".html"):
        print(f"--out {out}: expected a name that ends in .txt or .html", file=sys.stderr)
        return WRONG_USE
    try:
        draft = text_of(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes(), "-" if file == "-" else Path(file).name)
    except UnreadableDocument as unreadable:
        print(unreadable, file=sys.stderr)
        return FAULTY
    corpus = open_speeches(settings, speeches).corpus
    exact = exact_text_of(corpus)
    checked = verify(exact, draft)
    if out:
        _write(out, corpus, draft, checked)
    if not as_json:
        _print_passage(Printer(), corpus, copied_from(exact, draft))
    _print(Printer(), corpus, checked, as_json=as_json)
    return DONE if all(one.state == "same" for one in checked) else FAULTY


def _write(out: Path, corpus: Corpus, draft: str, checked: tuple[Checked, ...]) -> None:
    page = out.suffix.lower() == ".html"
    copy = (
        marked_page(draft, checked, lambda one: where(corpus, one), TITLE)
        if page
        else marked_text(draft, checked, lambda one: where(corpus, one))
    )
    out.write_text(copy, encoding="utf-8")


def where(corpus: Corpus, one: Checked) -> str:
    """Where a statement stands, with what is to be said about it."""
    if not one.places:
        return ABSENT
    parts = [place(source(corpus, found.speech, found.span)) for found in one.places[:2]]
    notes = [PUT_TOGETHER] * (one.state == "differs" and len(one.places) > 1) + [MARKS_DIFFER] * one.marks_differ
    more = f"等 {len(one.places)} 处" if len(one.places) > 2 else ""
    return "；".join([*notes, *parts]) + more


def _print(printer: Printer, corpus: Corpus, checked: tuple[Checked, ...], *, as_json: bool) -> None:
    for one in checked:
        if as_json:
            printer.json(checked_json(one))
            continue
        printer.line(f"{printer.paint(SIGNS[one.state], COLOURS[one.state])} 第{one.statement.line}行 {_shown(printer, one)}")
        printer.line(f"    {where(corpus, one)}", "faint")
    if not as_json:
        states = Counter(one.state for one in checked)
        printer.line(f"共 {len(checked)} 处：" + "　".join(f"{SIGNS[state]} {states[state]}" for state in SIGNS))


def _print_passage(printer: Printer, corpus: Corpus, whole: Checked | None) -> None:
    """Where a draft that was copied in one piece begins and ends."""
    if whole is None or whole.place is None:
        return
    found = whole.place
    end = source(corpus, found.speech, Span(found.span.end - 1, found.span.end)).paragraph
    same = IDENTICAL if whole.state == "same" else f"有 {len(whole.changed)} 处不同"
    printer.line(f"{WHOLE}{printer.paint(SIGNS[whole.state], COLOURS[whole.state])} {same}", "head")
    printer.line(f"    {where(corpus, whole)}" + (f" 至第{end}段" if end else ""), "faint")


def _shown(printer: Printer, one: Checked) -> str:
    """The statement with what is struck out and put in."""
    form = {"kept": "{}", "struck": printer.paint("〔-{}-〕", "bad"), "put in": printer.paint("〔+{}+〕", "good")}
    return "".join(form[piece.kind].format(piece.text) for piece in corrections(one.statement.text, one.changed))
