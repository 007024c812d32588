"""Which words each number stood for when a card was made: a card of unchanged speeches is as good as new, others are led by their words."""

from __future__ import annotations

import contextlib
import json
from functools import lru_cache
from pathlib import Path

from bot.library.kept_files import text_digest, write_whole
from bot.library.shelf import EARLIER
from bot.settings.collection import collections_folder
from retrieval import Corpus

KEPT = 100  # versions, chosen: of a speech a week two years


class EarlierVersions:
    """On disk beside the collections. Where nothing can be written, old cards are only led to what is nearest."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = collections_folder(data_dir) / "versions"
        self._earlier = collections_folder(data_dir) / EARLIER
        self._read = lru_cache(maxsize=KEPT)(self._digests)

    def note(self, corpus: Corpus) -> None:
        """Cards are made from this corpus from now on."""
        path = self._folder / f"{corpus.fingerprint}.json"
        if path.exists():
            return
        content = json.dumps({str(number): digest for number, digest in _digests_of(corpus).items()})
        with contextlib.suppress(OSError):
            write_whole(path, content.encode("ascii"))
            for old in sorted(self._folder.glob("*.json"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
                old.unlink(missing_ok=True)
        self._read.cache_clear()

    def unchanged(self, mark: str, corpus: Corpus) -> frozenset[int]:
        """The speeches that are what they were in the version whose fingerprint begins so; none when it is not known."""
        now = _digests_of(corpus)
        return frozenset(number for number, digest in self._read(mark).items() if now.get(number) == digest)

    def words(self, mark: str, speech: int, start: int, end: int) -> str:
        """What stood at a range of a speech in that version, "" when nobody knows."""
        digest = self._read(mark).get(speech, "")
        try:
            return (self._earlier / f"{digest}.txt").read_text(encoding="utf-8")[start:end] if digest else ""
        except (OSError, UnicodeDecodeError):
            return ""

    def _digests(self, mark: str) -> dict[int, str]:
        paths = sorted(self._folder.glob(f"{mark}*.json"), key=lambda path: -path.stat().st_mtime) if mark.isalnum() else []
        try:
            rows = json.loads(paths[0].read_text("ascii")) if paths else {}
            return {int(number): str(digest) for number, digest in rows.items()}
        except (OSError, ValueError, AttributeError):
            return {}


def _digests_of(corpus: Corpus) -> dict[int, str]:
    digests = {file: text_digest(text) for file, text in corpus.texts.items()}
    return {numbered.number: digests[numbered.entry.file] for numbered in corpus.speeches}
