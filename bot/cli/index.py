"""`index`: the index built and kept, so that whoever opens it next need not; with BOT_INDEX_URI given to the server that bots ask."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from bot.cli.database import opened, or_said
from bot.cli.output import Printer
from bot.library.publishing import publish
from bot.library.reading_process import NICE
from bot.settings.config import Settings
from bot.settings.library import Library, open_library


@or_said
def index(settings: Settings) -> int:
    """Build what is not kept yet. Raises ConfigError with every problem, IndexUnavailable when the server cannot be asked."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    library = open_library(settings)
    Printer().line(f"{len(library.corpus.speeches)} speeches, version {library.fingerprint}, index in {settings.cache_dir}")
    if settings.index_uri:
        _publish(settings, library)
    return 0


def _publish(settings: Settings, library: Library) -> None:
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
