"""`index`: the index built and kept, so that whoever opens it next need not; of a large collection the one that BOT_INDEX_URI names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bot.cli.commands import FAULTY
from bot.cli.output import Printer
from bot.library.large_build import BuildProgress, build_index
from bot.library.reading_process import NICE
from bot.settings.config import Settings
from bot.settings.large_library import index_folder, with_judge
from bot.settings.library import open_library
from bot.settings.yaml_file import ConfigError

_DOING = {"reading": "reading", "joining": "joining segments", "judging": "calibrating the judge"}


def index(settings: Settings, paths: Sequence[Path]) -> int:
    """Build what is not kept yet; of a large collection, what of the files is new. Raises ConfigError with every problem."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    folder = index_folder(settings)
    if paths and folder is None:
        raise ConfigError(["BOT_INDEX_URI is missing; set it to the folder in which the index shall lie"])
    if paths and folder:
        return _build(settings, folder, paths)
    library = open_library(settings)
    where = folder or settings.cache_dir
    Printer().line(f"{len(library.corpus.speeches)} speeches, version {library.fingerprint}, index in {where}")
    return 0


def _build(settings: Settings, folder: Path, paths: Sequence[Path]) -> int:
    found = build_index(folder, paths, _told(), judging=partial(with_judge, settings))
    for problem in found.problems:
        Printer(sys.stderr).line(problem)
    Printer().line(f"{found.files} files read, {found.passages} passages, index in {folder}")
    return FAULTY if found.problems else 0


def _told() -> Callable[[BuildProgress], None]:
    """Tells on one line of a terminal how far it is; elsewhere a line whenever it does something else."""
    last = ""

    def told(progress: BuildProgress) -> None:
        nonlocal last
        words = f"{_DOING[progress.doing]}: {progress.done / max(progress.total, 1):.0%}, {progress.passages} passages"
        if sys.stderr.isatty():
            print(f"\r{words:<60}", end="\n" if progress.doing == "judging" else "", file=sys.stderr, flush=True)
        elif progress.doing != last:
            print(words, file=sys.stderr, flush=True)
        last = progress.doing

    return told
