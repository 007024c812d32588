"""Arrays as bytes and JSON values in one file: written in one piece, checked when it is opened, mapped into memory, never executed.

    magic · CRC-32 of all that follows · length of the header · header (JSON) · arrays, each at a multiple of 64 bytes

The header has the key that the file was written under, the values, and place and length of every array.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

_MAGIC = b"quotes01"
_FRONT = struct.Struct("<8sIQ")
_SUMMED_FROM = 12  # bytes: magic and checksum themselves are not in it
_PIECE = 1 << 20  # bytes that are read at once
_ALIGNED = 64  # bytes, a line of the processor's cache


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file holds: the bytes of arrays by name, and values that JSON knows."""

    arrays: Mapping[str, memoryview]
    values: Mapping[str, Any]

    def below(self, name: str) -> dict[str, memoryview]:
        """The arrays whose names begin with this one and a dot, by the rest of their names."""
        return {whole.removeprefix(f"{name}."): array for whole, array in self.arrays.items() if whole.startswith(f"{name}.")}


def named(name: str, arrays: Mapping[str, memoryview]) -> dict[str, memoryview]:
    """The arrays under longer names, for `Stored.below`."""
    return {f"{name}.{part}": array for part, array in arrays.items()}


def write_stored(path: Path, key: str, content: Stored) -> None:
    """Writes the file beside its place and moves it there. Raises OSError."""
    pieces = [*_pieces(key, content)]
    checksum = 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    write_whole(path, [_MAGIC + struct.pack("<I", checksum), *pieces])


def write_whole(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Writes a file beside its place and moves it there, whoever else writes it. Raises OSError."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        with fresh.open("wb") as file:
            file.writelines(pieces)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _pieces(key: str, content: Stored) -> Iterator[bytes | memoryview]:
    """Everything that the checksum is of."""
    places, end = {}, 0
    for name, array in content.arrays.items():
        places[name] = [end, array.nbytes]
        end = _up(end + array.nbytes)
    header = json.dumps({"key": key, "values": content.values, "arrays": places, "size": end}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    yield struct.pack("<Q", len(header))
    yield header
    yield bytes(_up(_FRONT.size + len(header)) - _FRONT.size - len(header))
    for array in content.arrays.values():
        yield array
        yield bytes(_up(array.nbytes) - array.nbytes)


def _up(position: int) -> int:
    return -(-position // _ALIGNED) * _ALIGNED


def read_stored(path: Path, key: str) -> Stored | None:
    """What was written under this key; None if there is no such file, or it is damaged, or no file of ours."""
    try:
        with path.open("rb") as file:
            checksum = _checksum(file)
            return _content(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)), key, checksum)
    except (OSError, struct.error, KeyError, TypeError, ValueError, RecursionError):
        return None


def _checksum(file: BinaryIO) -> int:
    """Of what the file has; it is read, not mapped, as what is touched of a map stays in memory."""
    file.seek(_SUMMED_FROM)
    checksum = 0
    while piece := file.read(_PIECE):
        checksum = zlib.crc32(piece, checksum)
    return checksum


def _content(whole: memoryview, key: str, checksum: int) -> Stored:
    """Raises ValueError and its like for anything else than a whole file of that key and checksum."""
    magic, written, length = _FRONT.unpack_from(whole)
    if magic != _MAGIC or checksum != written:
        raise ValueError("damaged")
    header = json.loads(str(whole[_FRONT.size : _FRONT.size + length], "utf-8", "surrogatepass"))
    arrays = whole[_up(_FRONT.size + length) :]
    if header["key"] != key or header["size"] != len(arrays):
        raise ValueError("of other data")
    return Stored({name: arrays[start : start + size] for name, (start, size) in dict(header["arrays"]).items()}, dict(header["values"]))
