"""Where state, and what can be made anew, are kept when nobody says so: the platform's folders for a person's programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "speech-quotes-bot"
EARLIER = Path("state")  # in the current directory, the default of 0.1.0

# By sys.platform: the variable that names the folder, and the usual one.
# Elsewhere https://specifications.freedesktop.org/basedir-spec
_DATA = {"darwin": ("", "~/Library/Application Support"), "win32": ("LOCALAPPDATA", "~/AppData/Local")}
_CACHES = {"darwin": ("", "~/Library/Caches"), "win32": ("LOCALAPPDATA", "~/AppData/Local")}


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder named in the environment, or the one with a database from before, or the user's own."""
    named = environ.get("BOT_DATA_DIR")
    if named:
        return Path(named)
    return EARLIER if is_earlier(EARLIER) else user_data(environ) / NAME


def is_earlier(folder: Path) -> bool:
    """Whether it is the one that an earlier version used, with a database in it."""
    return folder == EARLIER and (folder / "bot.db").exists()


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Within the folder named in the environment, or the user's own."""
    named = environ.get("BOT_DATA_DIR")
    return Path(named) / "cache" if named else user_caches(environ) / NAME


def user_data(environ: Mapping[str, str]) -> Path:
    """Where a person's programs keep what must not get lost."""
    return _folder(environ, *_DATA.get(sys.platform, ("XDG_DATA_HOME", "~/.local/share")))


def user_caches(environ: Mapping[str, str]) -> Path:
    """Where they keep what they can make anew."""
    return _folder(environ, *_CACHES.get(sys.platform, ("XDG_CACHE_HOME", "~/.cache")))


def _folder(environ: Mapping[str, str], variable: str, usual: str) -> Path:
    """The named or the usual one; below the current one for somebody without a home."""
    named = Path(environ.get(variable, "") if variable else "")
    if named.is_absolute():
        return named
    try:
        return Path(usual).expanduser()
    except RuntimeError:
        return Path(usual.removeprefix("~/")).absolute()
