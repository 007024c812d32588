"""The bot in a process of its own, to be killed."""

from __future__ import annotations

import asyncio
import ctypes
import math
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from bot import logs
from bot.contract.reply import Reply
from bot.queue import rate_limiter
from bot.queue.budget import Limits
from tests.kit.echo import Echo, EdgeSettings, run_alone

UNLIMITED = Limits(overall=100_000, chat_seconds=0.0, chat_burst=100_000, group_minute=100_000)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_the_tests() -> None:
    """To be called in a new process: the kernel ends it when the tests are broken off."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(settings: EdgeSettings, unlimited: bool, log: Path | None, ready: Connection) -> None:
    """Ends with the bot's exit status; sends the port of its web server once it takes updates; appends what it says to a file."""
    end_with_the_tests()
    if log is not None:
        os.dup2(os.open(log, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), sys.stderr.fileno())
    logs.setup("INFO", [settings.token])
    limits = UNLIMITED if unlimited else None  # the stand-in keeps none either then
    if unlimited:  # on a busy machine every request is slow: what is lent then is tested with the limiter itself
        rate_limiter.LENT_SECONDS = math.inf
    echo = Echo(deliveries=[(chat, f"{chat}:day", (Reply("每日"),)) for chat in settings.daily])
    sys.exit(asyncio.run(run_alone(settings, echo, on_ready=ready.send, limits=limits)))
