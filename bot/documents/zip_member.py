"""One member of a zip archive, unpacked piece by piece and no further than allowed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

_CHUNK = 1 << 20  # bytes unpacked at a time
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that office formats allow; others may claim any amount of memory
_ENCRYPTED = 1  # the bit of a member's flags
_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, OverflowError, UnicodeError)


class DamagedArchive(Exception):
    """It cannot be unpacked. other: it is an archive of something else; locked: with a password."""

    def __init__(self, message: str, *, other: bool = False, locked: bool = False) -> None:
        super().__init__(message)
        self.other = other
        self.locked = locked


def unpacked(raw: bytes, name: str, largest: int) -> Iterator[bytes]:
    """The bytes of a member, at most `largest` of them. Raises DamagedArchive."""
    left = largest
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(_member(archive, name)) as file:
            while chunk := file.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise DamagedArchive(f"more than {largest} bytes in {name}")
                yield chunk
    except _FAULTS as error:
        raise DamagedArchive(str(error)) from error


def member_names(raw: bytes) -> tuple[str, ...]:
    """What the archive says is in it; directories are left out. Raises DamagedArchive."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return tuple(info.filename for info in archive.infolist() if not info.is_dir())
    except _FAULTS as error:
        raise DamagedArchive(str(error)) from error


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        member = archive.getinfo(name)
    except KeyError:
        raise DamagedArchive(f"no {name}", other=True) from None
    if member.flag_bits & _ENCRYPTED:
        raise DamagedArchive("a password", locked=True)
    if member.compress_type not in _METHODS:
        raise DamagedArchive(f"packed by method {member.compress_type}")
    return member
