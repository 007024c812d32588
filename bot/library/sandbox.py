"""Reads a document in a process of its own, which cannot take more than its share of time and memory, write a file or start another."""

from __future__ import annotations

import base64
import json
import os
import subprocess  # of ourselves, without a shell
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.documents.archive import ArchiveMembers
from bot.documents.document import LARGEST, Reason, UnreadableDocument
from bot.library.brought import BroughtDocument, from_json
from bot.library.reading_process import SECONDS

HOME = Path(__file__).resolve().parent.parent.parent
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "VIRTUAL_ENV")  # of the environment; no token, no key
_KILLED: dict[int, Reason] = {-9: "too slow", -24: "too slow"}  # SIGKILL and SIGXCPU, when its seconds are over


def brought_apart(raw: bytes, name: str) -> BroughtDocument:
    """As `brought`, however hostile the file is. Raises UnreadableDocument within SECONDS."""
    return replace(from_json(_said(raw, name)), name=name)


def members_apart(raw: bytes, name: str) -> ArchiveMembers:
    """As `archive_members`, however hostile the archive is. Raises UnreadableDocument within SECONDS."""
    said = _said(raw, name, "--members")
    return ArchiveMembers(tuple((member, base64.b64decode(content)) for member, content in said["members"]), tuple(said["left_out"]))


def _said(raw: bytes, name: str, *options: str) -> dict[str, Any]:
    if len(raw) > LARGEST:
        raise UnreadableDocument(name, "too large")
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ} | {"PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bot.library.reading_process", _harmless(name), *options]
    try:
        done = subprocess.run(  # noqa: S603  its words are ours
            command, input=raw, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=HOME, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(name, "too slow") from None
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise UnreadableDocument(name, _KILLED.get(done.returncode, "damaged")) from None
    if "reason" in said:
        raise UnreadableDocument(name, said["reason"])
    return said


def _harmless(name: str) -> str:
    """A name that every system can hand over, and that is no option."""
    shown = "".join(sign if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else "_" for sign in name)[-100:]
    return f"./{shown}"
