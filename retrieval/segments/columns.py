"""Arrays in a folder, a file each: written once, checked by their lengths when opened, mapped into memory, never executed.

<name>.bin …      the array's bytes
columns.json      kind, number and CRC-32 of every array, and values that JSON knows; written last
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexUnavailable

FORMAT = 2  # counted up whenever older columns can no longer be read
HEADER = "columns.json"
_AT_ONCE = 1 << 24  # bytes that are summed at once, chosen
LARGE = 64_000_000  # bytes, chosen: of a million passages four files have them, of 200 000 none

Column = npt.NDArray[Any]


@dataclass
class ColumnWriter:
    """A folder that is being filled. `seal` writes the header, without which it counts for nothing.

    fresh: whether it is emptied first; else arrays that are there are named with `keep`.
    """

    folder: Path
    fresh: bool = True
    _kinds: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)

    def keep(self, name: str, kind: type[np.generic], size: int) -> None:
        """Takes an array over that is in its file already."""
        self._kinds[name] = (np.dtype(kind).str, size)

    def put(self, name: str, column: Column) -> None:
        """Writes an array as it is."""
        kept = np.ascontiguousarray(column)
        self._kinds[name] = (kept.dtype.str, kept.size)
        with (self.folder / f"{name}.bin").open("wb") as file:
            file.write(kept.data.cast("B") if kept.size else b"")

    def room(self, name: str, kind: type[np.generic], size: int) -> Column:
        """An array of zeros in its file, to be filled piece by piece."""
        self._kinds[name] = (np.dtype(kind).str, size)
        path = self.folder / f"{name}.bin"
        path.touch()
        return np.memmap(path, kind, "w+", shape=(size,)) if size else np.zeros(0, kind)

    def seal(self, values: Mapping[str, Any]) -> None:
        """Puts everything on the disk, the header last. Raises OSError."""
        rows = {name: [kind, size, _summed(self.folder / f"{name}.bin")] for name, (kind, size) in self._kinds.items()}
        header = json.dumps({"format": FORMAT, "columns": rows, "values": values}, ensure_ascii=False)
        with (self.folder / HEADER).open("wb") as file:
            file.write(header.encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())


def _summed(path: Path) -> int:
    """The CRC-32 of a file, which is then on the disk, and of a LARGE one there alone.

    The system holds what is read or written from end to end in pages of 2 MB, and maps whoever reads one row of it all two: a million
    passages took 1 082 MB. What is read of it later comes in small ones.
    """
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            found = zlib.crc32(piece, found)
        os.fsync(file.fileno())
        if os.fstat(file.fileno()).st_size >= LARGE and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return found


class Columns:
    """A sealed folder, mapped into memory: opening looks at lengths alone, and what is open stays whole when the folder is deleted."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexUnavailable with the file that is missing, cut off or no file of ours."""
        self.folder = folder
        try:
            raw = (folder / HEADER).read_bytes()
            self.identity = zlib.crc32(raw)
            header = json.loads(raw.decode("utf-8", "surrogatepass"))
            self.values: Mapping[str, Any] = header["values"]
            self._rows = {name: (np.dtype(kind), int(size), int(crc)) for name, (kind, size, crc) in header["columns"].items()}
            wrong_format = header["format"] != FORMAT
        except (OSError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise IndexUnavailable(str(folder / HEADER), f"cannot be read ({type(error).__name__}); build the index again") from error
        if wrong_format:
            raise IndexUnavailable(str(folder / HEADER), "is of another version; delete the folder of the index, and build the index again")
        self._maps: dict[str, mmap.mmap] = {}
        self._opened = {name: self._mapped(name, kind, size) for name, (kind, size, _) in self._rows.items()}

    def _mapped(self, name: str, kind: np.dtype[Any], size: int) -> Column:
        path = self.folder / f"{name}.bin"
        try:
            with path.open("rb") as file:
                there = os.fstat(file.fileno()).st_size
                if there != kind.itemsize * size:
                    raise IndexUnavailable(str(path), f"has {there} bytes instead of {kind.itemsize * size}; build the index again")
                if not size:
                    return np.zeros(0, kind)
                self._maps[name] = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise IndexUnavailable(str(path), f"cannot be read ({error.strerror}); build the index again") from error
        return np.frombuffer(self._maps[name], kind)

    def __getitem__(self, name: str) -> Column:
        """The array of that name, read-only."""
        return self._opened[name]

    def give_back(self, names: Iterable[str]) -> None:
        """Takes what was read of some arrays out of this process's memory; the system keeps it as long as it has room."""
        for mapped in (self._maps.get(name) for name in names):
            if mapped and hasattr(mmap, "MADV_DONTNEED"):
                mapped.madvise(mmap.MADV_DONTNEED)

    def strings(self, name: str) -> dict[str, memoryview]:
        """The arrays below a name as bytes, as `string_table` takes them."""
        parts = [whole.removeprefix(f"{name}.") for whole in self._rows if whole.startswith(f"{name}.")]
        return {part: self[f"{name}.{part}"].data.cast("B") for part in parts}

    def damaged(self) -> list[str]:
        """The files whose bytes are not those that were written; reads all of them."""
        return [name for name, (_, _, crc) in self._rows.items() if _summed(self.folder / f"{name}.bin") != crc]
