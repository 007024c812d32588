"""`read` and `export --site`: the speeches as pages, on this machine and as files."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from aiohttp import web

from bot.cli.output import Printer
from bot.reader import NotOurFolder, add_reader, export_site
from bot.settings import wording
from bot.settings.config import Settings
from bot.settings.library import open_speeches

FAULTY = 1
HOST, READER_PORT = "127.0.0.1", 8766  # chosen, beside the one of `demo`; another free one when it is taken


def read(settings: Settings, port: int | None, speeches: Path | None) -> int:
    """Serve the pages on this machine until Ctrl-C; the exit status. Raises ConfigError, OSError."""
    source = open_speeches(settings, speeches), wording.read(settings.config / "wording")
    app = web.Application()
    add_reader(app, lambda: source)
    app.router.add_get("/", _to_the_collection)
    return asyncio.run(_serve(app, port))


async def _to_the_collection(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/read")


async def _serve(app: web.Application, port: int | None) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await _listen(runner, port)
        Printer().line(f"打开 http://{HOST}:{runner.addresses[0][1]}/read 开始阅读（Ctrl-C 结束）")
        await stop.wait()
    finally:
        await runner.cleanup()
    return 0


async def _listen(runner: web.AppRunner, port: int | None) -> None:
    try:
        await web.TCPSite(runner, HOST, READER_PORT if port is None else port).start()
    except OSError:
        if port is not None:
            raise
        await web.TCPSite(runner, HOST, 0).start()


def write_site(settings: Settings, folder: Path) -> int:
    """Write the pages into a folder; the exit status. Raises ConfigError, OSError."""
    try:
        count = export_site(open_speeches(settings), wording.read(settings.config / "wording"), folder)
    except NotOurFolder:
        print(f"{folder}: holds other files; name a new folder, an empty one, or a site that this command wrote", file=sys.stderr)
        return FAULTY
    Printer().line(f"{folder / 'index.html'}: {count} pages")
    return 0
