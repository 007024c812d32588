"""Files and folders → the documents in them: each read apart, archives opened, what cannot be read told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.documents.document import LARGEST, UnreadableDocument
from bot.documents.read_document import READ_SUFFIXES
from bot.library.brought import BroughtDocument
from bot.library.sandbox import brought_apart, members_apart

ADDED_SUFFIXES = (*READ_SUFFIXES, "zip")


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document with its bytes; unreadable says why there is none."""

    name: str
    raw: bytes
    document: BroughtDocument | None
    unreadable: UnreadableDocument | None = None


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Files as they are given, those of a folder by name if they are of a kind that is read. Raises OSError for what is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith((".", "~$")))
            found += [one for one in inside if one.suffix.lower().removeprefix(".") in ADDED_SUFFIXES]
        else:
            path.stat()
            found.append(path)
    return found


def documents_in(raw: bytes, name: str) -> Iterator[DocumentFound]:
    """The document, or those of an archive, read one after the other."""
    if len(raw) > LARGEST:
        yield DocumentFound(name, b"", None, UnreadableDocument(name, "too large"))
        return
    if PurePosixPath(name.lower()).suffix != ".zip":
        yield _found(name, raw)
        return
    try:
        members = members_apart(raw, name)
    except UnreadableDocument as unreadable:
        yield DocumentFound(name, raw, None, unreadable)
        return
    for member, content in members.members:
        yield _found(member, content)


def _found(name: str, raw: bytes) -> DocumentFound:
    try:
        return DocumentFound(name, raw, brought_apart(raw, name))
    except UnreadableDocument as unreadable:
        return DocumentFound(name, raw, None, unreadable)
