"""What a .zip holds that can be read, by names that are safe to show; archives inside of it are left alone."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.documents.document import LARGEST, UnreadableDocument
from bot.documents.read_document import READ_SUFFIXES
from bot.documents.zip_member import DamagedArchive, member_names, unpacked

MOST_MEMBERS = 200  # documents, chosen
_FOREIGN = ("__MACOSX/", ".")  # what a system adds on its own account


@dataclass(frozen=True, slots=True)
class ArchiveMembers:
    """Documents by name, and the names of what is left out."""

    members: tuple[tuple[str, bytes], ...]
    left_out: tuple[str, ...]


def archive_members(raw: bytes, name: str) -> ArchiveMembers:
    """The documents of an archive, together no more than LARGEST bytes. Raises UnreadableDocument."""
    try:
        names = member_names(raw)
        wanted = [member for member in names if _suffix(member) in READ_SUFFIXES and not PurePosixPath(member).name.startswith(_FOREIGN)]
        wanted = [member for member in wanted if not member.startswith(_FOREIGN[0])]
        if len(wanted) > MOST_MEMBERS:
            raise UnreadableDocument(name, "too much")
        left, found = LARGEST, []
        for member in wanted:
            content = b"".join(unpacked(raw, member, left))
            left -= len(content)
            found.append((shown_name(member), content))
    except DamagedArchive as error:
        raise UnreadableDocument(name, "locked" if error.locked else "damaged") from error
    if not found:
        raise UnreadableDocument(name, "archive")
    others = (member for member in names if member not in frozenset(wanted) and not member.startswith(_FOREIGN[0]))
    return ArchiveMembers(tuple(found), tuple(map(shown_name, others))[:MOST_MEMBERS])


def _suffix(name: str) -> str:
    return PurePosixPath(name.lower()).suffix.removeprefix(".")


def shown_name(member: str) -> str:
    """The last part of a name, without what leads elsewhere.

    Programs of Chinese Windows write names in GBK and do not say so.

    >>> shown_name("../../etc/a.txt"), shown_name("讲话.txt".encode("gbk").decode("cp437"))
    ('a.txt', '讲话.txt')
    """
    with contextlib.suppress(UnicodeError):
        member = member.encode("cp437").decode("gb18030")
    last = member.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:120] or "file"
