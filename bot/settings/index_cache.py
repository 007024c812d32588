"""Built engines in a folder, and what of them outlives a change of the texts, each under a key of everything that it was built of."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.settings.collection import ASKS, MANIFEST, TEXTS, collections_folder, reads_asks
from bot.settings.config import HERE, Settings
from retrieval import Stored, read_stored, write_stored

KEPT = 4  # engines: that of the bundled speeches, and of three other folders of the 15 MB of 49 reports
ENGINE, KINDS = ".index", ".kinds"  # how the files' names end
_MOST = {ENGINE: KEPT, KINDS: 2}  # kinds: those of the bundled speeches, and of one other folder
ABANDONED_SECONDS = 3600.0  # a file is written in one
_BESIDE = ("asks.jsonl", "judge.json", "classifier.bin", "kinds.bin", "shareable.jsonl", "messages.jsonl", "unanswered.jsonl", "SHA256SUMS")
_CONFIGURED = ("speeches.yaml", "synonyms.yaml", "words.yaml")
_TEXTS = "speeches/"  # before the names of texts
_JUDGES = f"judge-{16 * '[0-9a-f]'}.json"
_PACKAGES = ("jieba", "numpy", "opencc", "pypinyin", "rank_bm25", "rjieba")


@dataclass(frozen=True, slots=True)
class Sources:
    """What an engine is built of: the texts by their files' names, and a key of these and of all else that shapes it."""

    texts: dict[str, str]
    key: str


def sources(settings: Settings, speeches: Path, *, bundled: bool) -> Sources | None:
    """Of the speeches in a folder; None if something cannot be read.

    The key is a SHA-256 over texts, data, configuration, the program's own files and the versions of what it is built with.
    """
    chosen = settings.behaviour.bundled, settings.behaviour.collections, reads_asks(settings)
    digest = hashlib.sha256(f"{bundled} {chosen} {sys.version} {_versions()}".encode())
    texts: dict[str, str] = {}
    try:
        for name, raw in _files(settings, speeches, bundled=bundled):
            digest.update(f"\0{name}\0{len(raw)}\0".encode("utf-8", "surrogateescape"))
            digest.update(raw)
            if name.startswith(_TEXTS):
                texts[name.removeprefix(_TEXTS)] = raw.decode("utf-8")
    except (OSError, UnicodeError):
        return None
    return Sources(texts, digest.hexdigest())


def key_of(learned_from: str) -> str:
    """Of what is built of these words by the program as it is, a SHA-256; "" where it has no sources to read."""
    digest = hashlib.sha256(f"{sys.version} {_versions()}".encode())
    try:
        for name, raw in _program():
            digest.update(f"\0{name}\0{len(raw)}\0".encode() + raw)
    except OSError:
        return ""
    digest.update(learned_from.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _program() -> Iterator[tuple[str, bytes]]:
    """Name and content of the program's own files. Raises OSError where it has no sources to read."""
    (HERE / "retrieval" / "__init__.py").stat()
    for folder in (HERE / "retrieval", Path(__file__).parent):
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(HERE).as_posix(), path.read_bytes()


def _files(settings: Settings, speeches: Path, *, bundled: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file that an engine depends on. Raises OSError, also where the program has no sources to read."""
    yield from _program()
    for path in (*(settings.seeds / name for name in _BESIDE), *(settings.config / name for name in _CONFIGURED)):
        if path.exists():
            yield path.name, path.read_bytes()
    for path in sorted(speeches.rglob("*.txt")):
        yield _TEXTS + path.relative_to(speeches).as_posix(), path.read_bytes()
    for folder in sorted(path.parent for path in collections_folder(settings.data_dir).glob(f"*/{MANIFEST}") if bundled):
        for path in (folder / MANIFEST, folder / ASKS):
            if path.exists():
                yield f"{folder.name} {path.name}", path.read_bytes()
        for path in sorted((folder / TEXTS).rglob("*.txt")):
            yield f"{_TEXTS}{folder.name}/{path.relative_to(folder / TEXTS).as_posix()}", path.read_bytes()


def _versions() -> list[str]:
    """What pip calls the versions of the packages; to ask it takes 15 ms."""
    places = {Path(spec.origin).parent.parent for name in _PACKAGES if (spec := find_spec(name)) and spec.origin}
    found = (path.name for place in places for path in place.glob("*-info"))
    return sorted(name for name in found if name.startswith(_PACKAGES))


def kept(settings: Settings, key: str, ending: str = ENGINE) -> Stored | None:
    """What is kept under the key; None if there is nothing, or it is damaged."""
    path = _path(settings, key, ending)
    found = read_stored(path, key)
    if found:
        with contextlib.suppress(OSError):
            os.utime(path)  # the least used go first
    return found


def keep(settings: Settings, key: str, stored: Stored, ending: str = ENGINE) -> None:
    """Keep it, and remove what is old. A folder that cannot be written only makes the next start slower."""
    with contextlib.suppress(OSError):
        for folder in (settings.cache_dir.parent, settings.cache_dir):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_stored(_path(settings, key, ending), key, stored)
        _tidy(settings)


def _path(settings: Settings, key: str, ending: str) -> Path:
    return settings.cache_dir / f"{key[:16]}{ending}"


def _tidy(settings: Settings) -> None:
    """Removes the least used files, what was never finished, and the judges that earlier versions kept by themselves."""
    least_used: list[Path] = []
    for ending, most in _MOST.items():
        least_used += sorted(settings.cache_dir.glob(f"*{ending}"), key=lambda path: -path.stat().st_mtime)[most:]
    abandoned = [path for path in settings.cache_dir.glob("*.new") if path.stat().st_mtime < time.time() - ABANDONED_SECONDS]
    for path in (*least_used, *abandoned, *settings.data_dir.glob(_JUDGES)):
        path.unlink(missing_ok=True)
