"""`index`: the index built and kept, so that whoever opens it next need not; of a large collection, and for bots that share it, too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bot.cli.commands import FAULTY
from bot.cli.database import opened, or_said
from bot.cli.output import Printer
from bot.library.large_build import BuildProgress, build_index
from bot.library.publishing import publish
from bot.library.reading_process import NICE
from bot.library.shared_library import library_at_hand
from bot.settings.config import Settings
from bot.settings.large_library import build_folder, index_folder, making_meaning, with_judge
from bot.settings.yaml_file import ConfigError

_DOING = {"reading": "reading", "joining": "joining segments", "judging": "calibrating the judge", "meaning": "making vectors of"}


@or_said
def index(settings: Settings, paths: Sequence[Path]) -> int:
    """Build what is not kept yet; of a large collection, what of the files is new; and give it to the server that bots ask.

    Raises ConfigError with every problem, IndexUnavailable when the server cannot be asked.
    """
    if hasattr(os, "nice"):
        os.nice(NICE)
    if paths and not settings.index_uri:
        raise ConfigError(["BOT_INDEX_URI is missing; set it to the folder in which the index shall lie"])
    status = _build(settings, build_folder(settings), paths) if paths else 0
    if not paths:
        library = library_at_hand(settings)
        where = index_folder(settings) or settings.cache_dir
        Printer().line(f"{len(library.corpus.speeches)} speeches, version {library.fingerprint}, index in {where}")
    if settings.is_served and not status:
        _publish(settings)
    return status


def _publish(settings: Settings) -> None:
    library = library_at_hand(settings)
    count = len(library.engine.passages)

    def told(done: int) -> None:
        print(f"\r{done} of {count} passages", end="", file=sys.stderr, flush=True)

    with ExitStack() as stack:
        store = None
        if settings.is_shared:
            store = opened(settings)
            stack.callback(store.close)
        version = publish(settings, library, store, told)
    print(file=sys.stderr)
    Printer().line(f"published as {version}: passages to the index server" + (", texts to the database" if store else ""))


def _build(settings: Settings, folder: Path, paths: Sequence[Path]) -> int:
    found = build_index(folder, paths, _told(), judging=partial(with_judge, settings), meaning=making_meaning(settings))
    for problem in found.problems:
        Printer(sys.stderr).line(problem)
    Printer().line(f"{found.files} files read, {found.passages} passages, index in {folder}")
    return FAULTY if found.problems else 0


def _told() -> Callable[[BuildProgress], None]:
    """Tells on one line of a terminal how far it is; elsewhere a line whenever it does something else."""
    last = ""

    def told(progress: BuildProgress) -> None:
        nonlocal last
        doing = f"{_DOING[progress.doing]} {progress.model}".rstrip()
        done, of = (progress.meant, progress.passages) if progress.doing == "meaning" else (progress.done, progress.total)
        words = f"{doing}: {done / max(of, 1):.0%}, {progress.passages} passages"
        shown = words if sys.stderr.isatty() else doing
        if shown == last:
            return
        last = shown
        if sys.stderr.isatty():
            ends = progress.doing == "judging" or (progress.doing == "meaning" and done >= of)
            print(f"\r{words:<60}", end="\n" if ends else "", file=sys.stderr, flush=True)
        else:
            print(words, file=sys.stderr, flush=True)

    return told
