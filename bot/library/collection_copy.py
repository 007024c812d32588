"""A copy of the speeches that were brought in, beside the copy of the state: an archive that is read back before it counts."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from bot.library.kept_files import private_folder, write_whole
from bot.settings.collection import collections_folder
from bot.state.engines import exclusive
from bot.state.store_error import StoreError

ENDING = ".speeches.zip"  # behind the name of the copy of the state
LARGEST = 4 << 30  # bytes unpacked, chosen: a thousand speeches with their originals have a tenth of it
_PASSING = (".lock", ".new")  # in names of files that mean nothing later
_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError)


class BadCollectionCopy(StoreError):
    """It is no copy of speeches, or a damaged one."""


def copy_beside(file: Path) -> Path:
    """Where the speeches of a copy of the state are.

    >>> copy_beside(Path("state.db")).name
    'state.db.speeches.zip'
    """
    return file.with_name(file.name + ENDING)


def back_up_collections(data_dir: Path, file: Path) -> int:
    """Copy everything that was brought in into a new file, nothing if there is nothing; the number of files. Raises StoreError."""
    folder = collections_folder(data_dir)
    if not folder.exists():
        return 0
    with _alone(folder):
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_passing(path)]
        if not files:
            return 0
        fresh = file.with_name(file.name + ".new")
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in files:
                archive.write(path, path.relative_to(folder).as_posix())
        fresh.chmod(0o600)
        _checked(fresh)
        fresh.replace(file)
    return len(files)


def restore_collections(data_dir: Path, file: Path) -> Path | None:
    """Put them in the place of those that are there, all or nothing; where those are now, if there were any. Raises StoreError."""
    folder = collections_folder(data_dir)
    private_folder(folder)
    with _alone(folder):
        fresh = folder.with_name(folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        names = _checked(file)
        with zipfile.ZipFile(file) as archive:
            for name in names:
                write_whole(fresh / name, archive.read(name))
        kept = next(path for n in range(1, 10_000) if not (path := folder.with_name(f"{folder.name}-before-{n}")).exists())
        had_any = any(path.is_file() and not _is_passing(path) for path in folder.rglob("*"))
        folder.replace(kept)
        fresh.replace(folder)
    if not had_any:
        shutil.rmtree(kept)
    return kept if had_any else None


def _is_passing(path: Path) -> bool:
    return any(part in path.name for part in _PASSING)


def _checked(file: Path) -> list[str]:
    """The names in an archive of which every byte agrees with its checksum. Raises BadCollectionCopy."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in members) > LARGEST:
                raise BadCollectionCopy(f"{file}: too large to be a copy of speeches")
            for info in members:
                _refuse_outside(file, info.filename)
            if damaged := archive.testzip():
                raise BadCollectionCopy(f"{file}: {damaged} is damaged")
            return [info.filename for info in members]
    except (*_FAULTS, OSError) as error:
        raise BadCollectionCopy(f"{file}: no copy of speeches, or a damaged one ({error})") from None


def _refuse_outside(file: Path, name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
        raise BadCollectionCopy(f"{file}: {name!r} leads out of the folder of speeches")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While nobody else changes the collections. Raises StoreError when somebody does."""
    unlock = exclusive(folder / "collections")
    try:
        yield
    finally:
        unlock()
