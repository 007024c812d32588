"""`python -m bot run` but for Telegram's limits, which the local Bot API need not have either."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import closing

from bot import logs
from bot.cli.database import opened
from bot.cli.run import open_content, service_of
from bot.edge.app import run
from bot.settings import config
from tests.kit.process import UNLIMITED


def main() -> int:
    settings = config.read(os.environ)
    logs.setup(settings.log_level, (settings.token,))
    with closing(opened(settings, serving=True)) as store:
        return asyncio.run(run(settings, service_of(settings, open_content(settings), store), store, limits=UNLIMITED))


if __name__ == "__main__":
    sys.exit(main())
