"""Where the state is kept when nobody says so: the user's folder for data, or where an earlier version left it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "speech-quotes-bot"
EARLIER = Path("state")  # in the current directory, the default of 0.1.0


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder named in the environment, or the one with a database from before, or the user's own."""
    named = environ.get("BOT_DATA_DIR")
    if named:
        return Path(named)
    return EARLIER if is_earlier(EARLIER) else _of_user(environ) / NAME


def is_earlier(folder: Path) -> bool:
    """Whether it is the one that an earlier version used, with a database in it."""
    return folder == EARLIER and (folder / "bot.db").exists()


def _of_user(environ: Mapping[str, str]) -> Path:
    """https://specifications.freedesktop.org/basedir-spec, and its like on other systems."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
