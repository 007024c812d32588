"""The bot in a process of its own, to be killed."""

from __future__ import annotations

import asyncio
import ctypes
import signal
import sys
from multiprocessing.connection import Connection

from bot import logs
from bot.edge import app
from bot.queue.rate_limiter import Limits
from tests.kit.echo import Echo, EdgeSettings

UNLIMITED = Limits(overall=100_000, chat_seconds=0.0, chat_burst=100_000, group_minute=100_000)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_the_tests() -> None:
    """To be called in a new process: the kernel ends it when the tests are broken off."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(settings: EdgeSettings, unlimited: bool, ready: Connection) -> None:
    """Ends with the bot's exit status; sends the port of its web server once it takes updates."""
    end_with_the_tests()
    logs.setup("INFO", [settings.token])
    limits = UNLIMITED if unlimited else None  # the stand-in keeps none either then
    sys.exit(asyncio.run(app.run(settings, Echo(), on_ready=ready.send, limits=limits)))
