"""`backup` and `restore`: the whole state in one file."""

from __future__ import annotations

from pathlib import Path

from bot.cli.database import SCHEMAS, or_said
from bot.cli.output import Printer
from bot.settings.config import Settings
from bot.state.backup import back_up, restore


@or_said
def backup(settings: Settings, file: Path) -> int:
    """Copy the state into a file, also while bots run; the exit status."""
    back_up(settings.database_url, SCHEMAS, file)
    Printer().line(f"{file}: {file.stat().st_size // 1024 + 1} kB, read back and whole")
    return 0


@or_said
def put_back(settings: Settings, file: Path) -> int:
    """Put a copy in the place of the state; the exit status."""
    kept = restore(settings.database_url, SCHEMAS, file, settings.data_dir)
    Printer().line(f"restored from {file}" + (f"; what was there before is in {kept}" if kept else ""))
    return 0
