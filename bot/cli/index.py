"""`index`: the index built and kept, so that whoever opens it next need not."""

from __future__ import annotations

import os

from bot.cli.output import Printer
from bot.library.reading_process import NICE
from bot.settings.config import Settings
from bot.settings.library import open_library


def index(settings: Settings) -> int:
    """Build what is not kept yet. Raises ConfigError with every problem."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    library = open_library(settings)
    Printer().line(f"{len(library.corpus.speeches)} speeches, version {library.fingerprint}, index in {settings.cache_dir}")
    return 0
