"""The files of a large collection: which there are in the folders that are indexed, and the text of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.document import UnreadableDocument
from bot.documents.read_document import READ_SUFFIXES
from bot.library.sandbox import brought_apart
from bot.settings.collection import MANIFEST, ORIGINALS
from retrieval import CorpusError

PLAIN = "txt"  # read by the process itself, a thousand in the time that another kind takes
APART = frozenset((*READ_SUFFIXES, "zip")) - {PLAIN}
AGAIN = ("no reader", "too slow")  # reasons that may be gone at the next run, though the file has not changed


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be indexed: its name in the collection, where it lies, below what it was found, and how it is known again.

    said: the digest of what a speeches.yaml says of its speeches, "" where it says nothing.
    """

    name: str
    path: Path
    root: str
    size: int
    changed: int
    said: str = ""

    @property
    def told(self) -> dict[str, str | int]:
        """What is kept of it."""
        known = {"said": self.said} if self.said else {}
        return {"root": self.root, "size": self.size, "changed": self.changed, **known}


@dataclass(slots=True)
class FileTexts:
    """What was read of some files: texts, what is kept of each, and what was wrong with them.

    Those that cannot be read have no text, so that they are tried again only when they change, or for a reason of AGAIN.
    """

    texts: dict[str, str] = field(default_factory=dict)
    told: dict[str, dict[str, str | int]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def files_in(paths: Sequence[Path]) -> list[SourceFile]:
    """The documents of folders, and files, each once, in the order of their names. Raises CorpusError for what there is not."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise CorpusError([f"{path}: there is no such file or folder; check the name" for path in missing])
    found: dict[str, SourceFile] = {}
    for root in paths:
        for path in sorted(_documents(root)) if root.is_dir() else [root]:
            name = path.relative_to(root).as_posix() if root.is_dir() else path.name
            stat = path.stat()
            found[name] = SourceFile(name, path, str(root.resolve()), stat.st_size, stat.st_mtime_ns)
    return [found[name] for name in sorted(found)]


def _documents(root: Path) -> Iterator[Path]:
    """The files of the kinds that are read, without those that programs hide, and the originals of a collection of `add`."""
    for folder, folders, names in os.walk(root):
        if MANIFEST in names:
            folders[:] = [name for name in folders if name != ORIGINALS]
        yield from (Path(folder, name) for name in names if _kind(name) in READ_SUFFIXES and not name.startswith((".", "~$")))


def _kind(name: str) -> str:
    """The ending of a name.

    >>> _kind("2015/报告.DOCX"), _kind("报告")
    ('docx', '')
    """
    return Path(name).suffix.lower().removeprefix(".")


def read_files(files: Sequence[SourceFile]) -> FileTexts:
    """Their texts: plain ones as they are, documents as `add` reads them, each in a process of its own."""
    found = FileTexts()
    for file in files:
        found.told[file.name] = file.told
        try:
            raw = file.path.read_bytes()
        except OSError as error:
            found.problems.append(f"{file.name}: cannot be read ({error.strerror}); check the file and its rights")
            found.texts[file.name] = ""
            continue
        found.texts[file.name] = _of_document(raw, file, found) if _kind(file.name) in APART else _plain(raw, file, found)
    return found


def _of_document(raw: bytes, file: SourceFile, found: FileTexts) -> str:
    try:
        return "\n".join(speech.text for speech in brought_apart(raw, file.name).speeches)
    except UnreadableDocument as unreadable:
        found.problems.append(str(unreadable))
        if unreadable.reason in AGAIN:
            found.told[file.name]["again"] = 1
        return ""


def _plain(raw: bytes, file: SourceFile, found: FileTexts) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found.problems.append(f"{file.name}: line {line} is not UTF-8; save the file as UTF-8 (iconv -f GB18030 -t UTF-8)")
        return ""
    if "\0" in text:
        found.problems.append(f"{file.name}: line {text.count(chr(10), 0, text.index(chr(0))) + 1} has a NUL; expected plain text")
        return ""
    if not text.strip():
        found.problems.append(f"{file.name}: has no printed character; remove it or fill it")
    return text
