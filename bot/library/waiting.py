"""Documents that were sent and wait for a yes: kept for a day, each for who sent it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.contract.actions import Key
from bot.library.kept_files import write_whole
from bot.settings.collection import collections_folder

KEPT_SECONDS = 86_400.0  # a day, chosen
MOST = 50  # documents that wait, chosen: at 20 MB each the size of a film
TITLE_SECONDS = 600.0  # within which the next message is the title, chosen
_KEY = re.compile(r"[A-Za-z0-9_-]{8}")  # Ab3dE_-9


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """title: given by who sent it, "" for what was found."""

    name: str
    raw: bytes
    title: str = ""


class WaitingDocuments:
    """On disk, so that a restart forgets none; who is asked for a title is known in memory only."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = collections_folder(data_dir) / "waiting"
        self._asked: dict[int, tuple[Key, float]] = {}

    def put(self, owner: int, name: str, raw: bytes, now: float) -> Key:
        """Let it wait; the key of it."""
        digest = hashlib.sha256(f"{owner} {name} ".encode("utf-8", "surrogatepass") + raw).digest()
        key = Key(base64.urlsafe_b64encode(digest[:6]).decode("ascii"))
        self._sweep(now)
        write_whole(self._folder / f"{key}.bin", raw)
        self._describe(key, owner, name, "", now)
        return key

    def of(self, owner: int, key: str) -> WaitingDocument | None:
        """What waits under a key for its owner; None when it does no more."""
        about = self._about(key)
        if about is None or about["owner"] != owner:
            return None
        try:
            return WaitingDocument(about["name"], (self._folder / f"{key}.bin").read_bytes(), about["title"])
        except OSError:
            return None

    def retitle(self, owner: int, key: str, title: str) -> None:
        """Give it a title."""
        about = self._about(key)
        if about is not None and about["owner"] == owner:
            self._describe(key, owner, about["name"], title, about["at"])

    def drop(self, key: str) -> None:
        """Let it go."""
        for suffix in ("json", "bin"):
            (self._folder / f"{key}.{suffix}").unlink(missing_ok=True)

    def ask_title(self, owner: int, key: Key, now: float) -> None:
        """What the owner says next is the title."""
        self._asked[owner] = (key, now + TITLE_SECONDS)

    def asked_title(self, owner: int, now: float) -> Key | None:
        """The document whose title the owner was asked for; it is asked once."""
        key, until = self._asked.pop(owner, (None, 0.0))
        return key if key is not None and now < until else None

    def _about(self, key: str) -> dict[str, Any] | None:
        if not _KEY.fullmatch(key):
            return None
        try:
            about = json.loads((self._folder / f"{key}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return about if isinstance(about, dict) and {"owner", "name", "title", "at"} <= about.keys() else None

    def _describe(self, key: str, owner: int, name: str, title: str, at: float) -> None:
        about = {"owner": owner, "name": name, "title": title, "at": at}
        write_whole(self._folder / f"{key}.json", json.dumps(about).encode("ascii"))

    def _sweep(self, now: float) -> None:
        """Lets go what has waited for long, and the oldest when there are too many."""
        paths = sorted(self._folder.glob("*.json"), key=lambda path: -path.stat().st_mtime)
        for path in (*paths[MOST - 1 :], *(path for path in paths if path.stat().st_mtime < now - KEPT_SECONDS)):
            self.drop(path.stem)
