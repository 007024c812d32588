"""What is known of the speeches of a large collection: what a speeches.yaml among its texts says, and what the texts say themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from bot.library.found_particulars import found_particulars, short_title
from bot.settings.collection import MANIFEST, TEXTS, entry_of
from bot.settings.yaml_file import YamlFields, load, rows
from retrieval import Entry, Speech

MOST_SPEECHES = 9_999_999  # the greatest number of a speech, of seven digits as the ids of quotes have them
_DATED = ("year", "year_basis", "date")  # what is said together
_SAID = tuple(field.name for field in fields(Entry) if field.name not in ("number", "file", "printed"))


@dataclass(frozen=True, slots=True)
class GivenEntries:
    """Entries by the name of their file in the collection. where: of each the place in its speeches.yaml, for messages."""

    of_file: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    where: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[int, tuple[str, int]]:
        """File and printed number of the speeches that have a number given."""
        return {entry.number: (entry.file, entry.printed) for of in self.of_file.values() for entry in of if entry.number}

    def digest(self, file: str) -> str:
        """Of what is said of a file, "" where nothing is."""
        entries = self.of_file.get(file)
        return hashlib.sha256(repr([asdict(entry) for entry in entries]).encode("utf-8", "replace")).hexdigest()[:16] if entries else ""


def given_entries(roots: Sequence[Path], files: Collection[str]) -> tuple[GivenEntries, list[str]]:
    """What the speeches.yaml files in folders say of files by their names in the collection, and every problem with them."""
    problems: list[str] = []
    found: dict[str, list[Entry]] = {}
    where: dict[tuple[str, int], str] = {}
    by_number: dict[int, str] = {}
    for root in roots:
        for path in sorted(root.rglob(MANIFEST)):
            for row, entry in _read(path, problems):
                file = _file(path.parent.relative_to(root), entry.file, files)
                if not file:
                    row.problem("file", entry.file, f"the name of a text in {path.parent}; correct it, or put the text there")
                    continue
                place = (file, entry.printed)
                if place in where:
                    row.problem("file", entry.file, f"a speech of its own, for {where[place]} is about it; take one of them out")
                if entry.number in by_number:
                    row.problem("number", entry.number, f"another number than {by_number[entry.number]} has; numbers are unique")
                where.setdefault(place, row.where)
                by_number |= {entry.number: row.where} if entry.number else {}
                found.setdefault(file, []).append(replace(entry, file=file))
    return GivenEntries({file: tuple(of) for file, of in found.items()}, where), problems


def _read(path: Path, problems: list[str]) -> Iterator[tuple[YamlFields, Entry]]:
    """The rows that have no problem of their own; file names are told with their folder, for there may be several."""
    own: list[str] = []
    content = load(path, own)
    problems += [f"{path.parent}/{problem}" for problem in own]
    for row in rows(content, str(path), problems):
        before = len(problems)
        entry = entry_of(row, 0, MOST_SPEECHES)
        if len(problems) == before:
            yield row, entry


def _file(folder: Path, name: str, files: Collection[str]) -> str:
    """The name in the collection of a file beside a speeches.yaml, or in the folder of texts that a collection has beside it."""
    beside = ((folder / name).as_posix(), (folder / TEXTS / name).as_posix())
    return next((name for name in beside if name in files), "")


def known_of(text: str, speech: Speech, given: Entry | None) -> Entry:
    """What is known of a speech: what is given, and of the rest what its text or the name of its file says."""
    found = _found(text, speech)
    if given is None:
        return found
    named = {name: said for name in _SAID if (said := getattr(given, name))}
    if "title" in named and "short" not in named:
        named["short"] = short_title(given.title)
    if any(name in named for name in _DATED):
        year = given.year or (int(given.date[:4]) if given.date[:4].isdecimal() else 0)
        named |= {"year": year, "year_basis": given.year_basis, "date": given.date}
    return replace(found, number=given.number, **named)


def _found(text: str, speech: Speech) -> Entry:
    known = found_particulars(text, speech.span, speech.file)
    about = known.about
    return Entry(
        number=0,
        file=speech.file,
        printed=speech.printed_number,
        title=known.title,
        short=short_title(known.title),
        place=about.place,
        year=int(about.date[:4]) if about.date else 0,
        year_basis=about.date_words,
        date=about.date,
        author=about.author,
    )
