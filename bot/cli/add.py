"""`add`, `remove`, `replace`, `list`, `export`: speeches of one's own, in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace as with_changes
from pathlib import Path

from bot.cli.output import Printer
from bot.documents.document import LARGEST
from bot.library.brought import BroughtDocument
from bot.library.documents_in import DocumentFound, documents_in, files_in
from bot.library.shelf import NotKept, Shelf
from bot.library.text_change import text_change
from bot.library.told import document_lines, oddity_lines
from bot.settings.config import Settings
from bot.settings.materials import gather
from bot.settings.wording import Phrases
from bot.settings.wording import read as read_wording
from bot.settings.yaml_file import ConfigError
from retrieval import Entry

FAULTY, WRONG_USE = 1, 2
SHOWN = 5  # sentences of a change, chosen
KEEP, RETITLE, LEAVE = ("", "1", "y", "收下"), ("2", "t", "改标题"), ("3", "n", "不要")


def add(settings: Settings, paths: Sequence[Path], collection: str, *, yes: bool) -> int:
    """Show what was read of each document; keep what is wanted. 1 if one could not be read. Raises OSError, ConfigError."""
    say, shelf, printer = _chinese(settings), Shelf(settings), Printer()
    status, kept = 0, list[Entry]()
    files = files_in(paths)
    if not files:
        print("no document of a kind that is read", file=sys.stderr)
        return FAULTY
    for path in files:
        for found in documents_in(_bytes(path), path.name):
            document = _shown(printer, say, found)
            wanted = _wanted(document, say, yes=yes) if document else None
            if document is None:
                status = FAULTY
            elif wanted:
                entries = _kept(shelf, wanted, found.raw, collection)
                kept += entries
                status = status if entries else FAULTY
    _prove(settings, shelf, kept)
    if not (yes or kept or sys.stdin.isatty()):
        printer.line(say("bring.needs_yes"), "faint")
    return status


def _bytes(path: Path) -> bytes:
    """No more than tells that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _shown(printer: Printer, say: Phrases, found: DocumentFound) -> BroughtDocument | None:
    if found.document is None:
        print(found.unreadable, file=sys.stderr)
        return None
    for line in document_lines(found.document, say):
        printer.line(line)
    return found.document


def _wanted(document: BroughtDocument, say: Phrases, *, yes: bool) -> BroughtDocument | None:
    """The document, maybe with another title, or None: asked on a terminal, given by --yes."""
    if yes or not sys.stdin.isatty():
        return document if yes else None
    while True:
        said = input(say("bring.choice")).strip().lower()
        if said in KEEP or said in LEAVE:
            return document if said in KEEP else None
        if said in RETITLE:
            document = _retitled(document, say)


def _retitled(document: BroughtDocument, say: Phrases) -> BroughtDocument:
    speeches = []
    for speech in document.speeches:
        title = input(say("bring.title_of", title=speech.title)).strip()
        speeches.append(with_changes(speech, title=title or speech.title))
    return with_changes(document, speeches=tuple(speeches))


def _kept(shelf: Shelf, document: BroughtDocument, raw: bytes, collection: str) -> tuple[Entry, ...]:
    """Put it in; nothing when it is there already."""
    try:
        entries = shelf.put_in(document, raw, collection)
    except NotKept as reason:
        print(f"{document.name}: {reason}", file=sys.stderr)
        return ()
    for entry in entries:
        print(f"{entry.number}\t{entry.title}\t{entry.date or '–'}\t{collection}/{entry.file}")
    return entries


def _prove(settings: Settings, shelf: Shelf, kept: Sequence[Entry]) -> None:
    """That everything reads; what was put in is taken out again if it does not. Raises ConfigError."""
    _, problems = gather(settings) if kept else (None, [])
    if problems:
        for entry in kept:
            shelf.take_out(entry.number)
        raise ConfigError(problems)


def remove(settings: Settings, number: int) -> int:
    """Take a speech out. Raises ConfigError."""
    try:
        gone = Shelf(settings).take_out(number)
    except NotKept as reason:
        print(reason, file=sys.stderr)
        return FAULTY
    print(f"{gone.entry.number}\t{gone.entry.title}")
    return 0


def replace(settings: Settings, number: int, file: Path) -> int:
    """Give a speech a new version of its text, and say what changed. Raises OSError, ConfigError."""
    say, printer = _chinese(settings), Printer()
    found = next(documents_in(_bytes(file), file.name))
    if found.document is None:
        print(found.unreadable, file=sys.stderr)
        return FAULTY
    try:
        before = Shelf(settings).put_in_place(number, found.document, found.raw)
    except NotKept as reason:
        print(f"{file.name}: {reason}", file=sys.stderr)
        return FAULTY
    change = text_change(before.text, found.document.speeches[0].text)
    for line in oddity_lines(found.document, say):
        printer.line(line)
    printer.line(say("bring.changed", added=len(change.added), removed=len(change.removed), kept=change.kept))
    for sign, sentences in (("−", change.removed), ("+", change.added)):
        for sentence in sentences[:SHOWN]:
            printer.line(f"  {sign} {sentence}")
    return 0


def list_kept(settings: Settings) -> int:
    """Every speech that was brought in, a line each. Raises ConfigError."""
    for kept in Shelf(settings).kept():
        entry = kept.entry
        about = "  ".join(filter(None, (entry.date or str(entry.year or ""), entry.place, entry.author)))
        print(f"{entry.number}\t{entry.title}\t{about or '–'}\t{entry.file}\t{entry.original}")
    return 0


def export(settings: Settings, number: int, folder: Path, site: Path | None = None) -> int:
    """Write text and original of a speech into a folder; 0: of all; site: all speeches as pages instead. Raises ConfigError, OSError."""
    if site is not None:
        from bot.cli.reading_site import write_site  # its pages take aiohttp to load

        return write_site(settings, site)
    shelf = Shelf(settings)
    try:
        wanted = [shelf.speech(number)] if number else shelf.kept()
    except NotKept as reason:
        print(reason, file=sys.stderr)
        return FAULTY
    folder.mkdir(parents=True, exist_ok=True)
    for kept in wanted:
        text = folder / f"{kept.entry.number}-{Path(kept.entry.file).name}"
        text.write_text(kept.text, encoding="utf-8", newline="")
        original = folder / f"{kept.entry.number}-{kept.entry.original}"
        original.write_bytes(shelf.original(kept))
        print(f"{text}\n{original}")
    return 0


def _chinese(settings: Settings) -> Phrases:
    return read_wording(settings.config / "wording").of("zh")
