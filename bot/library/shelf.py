"""What is kept of speeches that were brought in: put into a collection, taken out, replaced; a crash leaves each step undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import yaml

from bot.library.brought import BroughtDocument
from bot.library.corrected_entry import Particular, corrected
from bot.library.kept_files import entry_for, free_name, original_name, private_folder, row_of, text_digest, write_whole
from bot.settings.collection import MANIFEST, NAME, ORIGINALS, OWN, TEXTS, Collection, collections_folder, read_collections
from bot.settings.config import Settings
from bot.settings.materials import read_entries
from bot.settings.yaml_file import ConfigError
from bot.state.engines import exclusive
from bot.state.store_error import StoreError
from retrieval import Entry

EARLIER = "earlier"  # texts that were taken out or replaced, by their digests: old cards are led by their words
_HEADER = "# Speeches that were brought in, an entry each as in config/speeches.yaml. Edit titles, aliases, place and date by hand.\n"


class NotKept(Exception):
    """Nothing was changed."""


class AlreadyKept(NotKept):
    """The same words are kept already; carries the number of the speech."""

    def __init__(self, number: int) -> None:
        super().__init__(f"the same text is speech {number} already")
        self.number = number


class NoSuchSpeech(NotKept):
    """No speech of that number was brought in; carries the numbers of those that were."""

    def __init__(self, number: int, choices: tuple[int, ...]) -> None:
        brought_in = ", ".join(map(str, choices)) or "none"
        super().__init__(f"there is no speech {number} that was brought in; there is {brought_in}")
        self.number = number
        self.choices = choices


@dataclass(frozen=True, slots=True)
class KeptSpeech:
    """A speech of a collection with its text."""

    collection: str
    entry: Entry
    text: str


class Shelf:
    """The collections of a state. Safe to use from several processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = collections_folder(settings.data_dir)

    def kept(self) -> tuple[KeptSpeech, ...]:
        """Everything that was brought in, by number. Raises ConfigError."""
        found = [KeptSpeech(one.name, entry, _text(one, entry)) for one in self._collections() for entry in one.entries]
        return tuple(sorted(found, key=lambda kept: kept.entry.number))

    def speech(self, number: int) -> KeptSpeech:
        """The speech of that number. Raises NoSuchSpeech."""
        kept = self.kept()
        found = next((one for one in kept if one.entry.number == number), None)
        if found is None:
            raise NoSuchSpeech(number, tuple(one.entry.number for one in kept))
        return found

    def put_in(self, document: BroughtDocument, raw: bytes, name: str = OWN) -> tuple[Entry, ...]:
        """Put all speeches of a document into a collection, under the next free numbers. Raises AlreadyKept, ConfigError."""
        if not NAME.fullmatch(name):
            raise NotKept(f"{name!r} is no name of a collection; expected at most 31 Chinese characters, a-z, 0-9, - and _")
        with self._alone():
            kept = self.kept()
            for speech in document.speeches:
                self._refuse_known(speech.text, kept)
            number = self._next_number(kept)
            original = self._keep_original(name, document.name, raw)
            taken = {one.entry.file for one in kept}
            entries: list[Entry] = []
            for speech in document.speeches:
                file = free_name(name, speech.title, taken)
                write_whole(self._folder / name / TEXTS / file, speech.text.encode("utf-8"))
                entries.append(entry_for(number + len(entries), file, speech, original, raw))
            self._write_manifest(name, [*(one.entry for one in kept if one.collection == name), *entries])
            return tuple(entries)

    def take_out(self, number: int) -> KeptSpeech:
        """Take a speech out; its original goes when no other speech is from it. Raises NoSuchSpeech."""
        with self._alone():
            gone = self.speech(number)
            self._keep_earlier(gone)
            left = [one.entry for one in self.kept() if one.collection == gone.collection and one.entry.number != number]
            self._write_manifest(gone.collection, left)
            self._remove_files(gone, left)
            return gone

    def put_in_place(self, number: int, document: BroughtDocument, raw: bytes) -> KeptSpeech:
        """Give a speech a new version of its text; number, title, aliases stay. The speech as it was. Raises NoSuchSpeech, NotKept."""
        if len(document.speeches) != 1:
            raise NotKept(f"{document.name} holds {len(document.speeches)} speeches; one can take the place of one")
        (speech,) = document.speeches
        with self._alone():
            before = self.speech(number)
            kept = self.kept()
            self._refuse_known(speech.text, kept)
            self._keep_earlier(before)
            original = self._keep_original(before.collection, document.name, raw)
            file = free_name(before.collection, speech.title, {one.entry.file for one in kept})
            write_whole(self._folder / before.collection / TEXTS / file, speech.text.encode("utf-8"))
            fresh = entry_for(number, file, speech, original, raw)
            of_file = {name: getattr(fresh, name) for name in ("file", "printed", "original", "sha256", "pages")}
            fresh = replace(before.entry, **of_file)
            same = [one.entry for one in kept if one.collection == before.collection]
            entries = [fresh if entry.number == number else entry for entry in same]
            self._write_manifest(before.collection, entries)
            self._remove_files(before, entries)
            return before

    def correct(self, number: int, particular: Particular, words: str) -> Entry:
        """Say otherwise what a speech's title, date, place, speaker or aliases are. Raises NoSuchSpeech, NotKept for what cannot be."""
        with self._alone():
            found = self.speech(number)
            same = [one.entry for one in self.kept() if one.collection == found.collection]
            try:
                fresh = corrected(found.entry, particular, words)
            except ValueError as error:
                raise NotKept(str(error)) from None
            self._write_manifest(found.collection, [fresh if entry.number == number else entry for entry in same])
            return fresh

    def original(self, kept: KeptSpeech) -> bytes:
        """What was brought, byte for byte. Raises OSError."""
        return (self._folder / kept.collection / ORIGINALS / kept.entry.original).read_bytes()

    def _collections(self) -> tuple[Collection, ...]:
        problems: list[str] = []
        found = read_collections(self._settings.data_dir, problems)
        if problems:
            raise ConfigError(problems)
        return found

    def _next_number(self, kept: Sequence[KeptSpeech]) -> int:
        """Never that of another, also not of one taken out today: old cards name speeches by number."""
        problems: list[str] = []
        bundled = read_entries(self._settings.config / "speeches.yaml", problems)
        last = self._folder / "last_number"
        before = int(last.read_text("ascii")) if last.exists() else 0
        return 1 + max((before, *(entry.number for entry in bundled), *(one.entry.number for one in kept)))

    @staticmethod
    def _refuse_known(text: str, kept: Sequence[KeptSpeech]) -> None:
        for one in kept:
            if one.text == text:
                raise AlreadyKept(one.entry.number)

    def _keep_original(self, collection: str, name: str, raw: bytes) -> str:
        """Its name among the originals."""
        kept = original_name(name, raw)
        write_whole(self._folder / collection / ORIGINALS / kept, raw)
        return kept

    def _keep_earlier(self, gone: KeptSpeech) -> None:
        write_whole(self._folder / EARLIER / f"{text_digest(gone.text)}.txt", gone.text.encode("utf-8"))

    def _remove_files(self, gone: KeptSpeech, left: Sequence[Entry]) -> None:
        """Those of a speech that no entry names any more."""
        folder = self._folder / gone.collection
        (folder / TEXTS / _within(gone)).unlink(missing_ok=True)
        if gone.entry.original and gone.entry.original not in {entry.original for entry in left}:
            (folder / ORIGINALS / gone.entry.original).unlink(missing_ok=True)

    def _write_manifest(self, collection: str, entries: Sequence[Entry]) -> None:
        rows = [row_of(_without(collection, entry)) for entry in sorted(entries, key=lambda entry: entry.number)]
        content = _HEADER + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=140)
        if entries:
            highest = max(entry.number for entry in entries)
            last = self._folder / "last_number"
            before = int(last.read_text("ascii")) if last.exists() else 0
            write_whole(last, str(max(highest, before)).encode("ascii"))
        write_whole(self._folder / collection / MANIFEST, content.encode("utf-8"))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While nobody else changes the collections. Raises NotKept when somebody does."""
        private_folder(self._folder)
        try:
            unlock = exclusive(self._folder / "collections")
        except StoreError:
            raise NotKept("somebody else is changing the collections; try again") from None
        try:
            yield
        finally:
            unlock()


def _text(collection: Collection, entry: Entry) -> str:
    try:
        return (collection.texts / entry.file.removeprefix(f"{collection.name}/")).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{entry.file}: cannot be read ({error}); put the text back, or take the entry out of {MANIFEST}"]) from error


def _within(kept: KeptSpeech) -> str:
    return kept.entry.file.removeprefix(f"{kept.collection}/")


def _without(collection: str, entry: Entry) -> Entry:
    aliases = tuple(alias for alias in entry.aliases if alias != collection)
    return replace(entry, file=entry.file.removeprefix(f"{collection}/"), aliases=aliases)
