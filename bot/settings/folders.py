"""Where the platform keeps what a person's programs can make anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_USUAL = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}  # by sys.platform; elsewhere ~/.cache
_NAMED_BY = {"darwin": "", "win32": "LOCALAPPDATA"}  # elsewhere XDG_CACHE_HOME


def user_caches() -> Path:
    """The folder; below the current one for somebody without a home."""
    named = os.environ.get(_NAMED_BY.get(sys.platform, "XDG_CACHE_HOME"), "")
    if Path(named).is_absolute():
        return Path(named)
    try:
        return Path(_USUAL.get(sys.platform, "~/.cache")).expanduser()
    except RuntimeError:
        return Path(".cache").absolute()
