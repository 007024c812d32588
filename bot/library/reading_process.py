"""The process in which a document is read: bytes on standard input, JSON on standard output, within its limits.

python -m bot.library.reading_process NAME            the document
python -m bot.library.reading_process NAME --members  what an archive holds, each in base 64
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

from bot.documents.archive import archive_members
from bot.documents.document import UnreadableDocument
from bot.library.brought import TooMuch, as_json, brought

SECONDS = 10  # of a processor; the goal
NICE = 5  # who asks meanwhile comes first; with 10 it starves on a busy machine
MEMORY = 300_000_000  # bytes of address space; the goal. Reading a page of text takes 40 MB


def main(name: str, *, members: bool) -> None:
    """Read and say; whatever goes wrong is said too, or ends the process."""
    _limit()
    try:
        raw = sys.stdin.buffer.read()
        said = _members(raw, name) if members else as_json(brought(raw, name))
    except UnreadableDocument as unreadable:
        said = {"reason": unreadable.reason}
    except ImportError:
        said = {"reason": "no reader"}
    except (MemoryError, RecursionError, TooMuch):
        said = {"reason": "too much"}
    sys.stdout.buffer.write(json.dumps(said).encode("ascii"))


def _members(raw: bytes, name: str) -> dict[str, Any]:
    found = archive_members(raw, name)
    packed = [(member, base64.b64encode(content).decode("ascii")) for member, content in found.members]
    return {"members": packed, "left_out": found.left_out}


def _limit() -> None:
    """Where the system has such limits; elsewhere the time alone is limited, by who waits."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0, "RLIMIT_NPROC": 0}
    for limit, most in limits.items():
        if hasattr(resource, limit):
            try:
                resource.setrlimit(getattr(resource, limit), (most, most))
            except (OSError, ValueError):
                continue


if __name__ == "__main__":
    main(sys.argv[1], members="--members" in sys.argv[2:])
