"""`backup` and `restore`: the whole state in one file, the speeches that were brought in beside it."""

from __future__ import annotations

from pathlib import Path

from bot.cli.database import SCHEMAS, or_said
from bot.cli.output import Printer
from bot.library.collection_copy import back_up_collections, copy_beside, restore_collections
from bot.settings.config import Settings
from bot.state.backup import back_up, restore


@or_said
def backup(settings: Settings, file: Path) -> int:
    """Copy the state into a file, also while bots run; the exit status."""
    back_up(settings.database_url, SCHEMAS, file)
    printer, beside = Printer(), copy_beside(file)
    printer.line(f"{file}: {file.stat().st_size // 1024 + 1} kB, read back and whole")
    if back_up_collections(settings.data_dir, beside):
        printer.line(f"{beside}: the speeches that were brought in, {beside.stat().st_size // 1024 + 1} kB; keep both together")
    return 0


@or_said
def put_back(settings: Settings, file: Path) -> int:
    """Put a copy in the place of the state; the exit status."""
    kept = restore(settings.database_url, SCHEMAS, file, settings.data_dir)
    printer, beside = Printer(), copy_beside(file)
    printer.line(f"restored from {file}" + (f"; what was there before is in {kept}" if kept else ""))
    if beside.exists():
        speeches = restore_collections(settings.data_dir, beside)
        printer.line(f"speeches restored from {beside}" + (f"; those from before are in {speeches}" if speeches else ""))
    return 0
