"""`run` and `demo`: the bot on Telegram, and on a page of this machine."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import subprocess  # of ourselves, without a shell
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from aiohttp import web

from bot import logs
from bot.cli.database import opened
from bot.cli.output import say_building
from bot.cli.watch import CollectionWatch
from bot.demo import FIRST_USER, LocalApi, new_token, start
from bot.edge.app import check
from bot.edge.app import run as run_edge
from bot.edge.lifecycle import CannotRun
from bot.edge.reader_api import ReaderApi
from bot.edge.web import AddPages
from bot.library.shared_library import current_version, open_shared
from bot.queue.budget import Limits
from bot.reader import TELEGRAM, add_reader
from bot.service import Content, ReaderWishes, SpeechService
from bot.settings import config, wording
from bot.settings.config import Settings
from bot.settings.folders import is_earlier
from bot.settings.library import Library
from bot.settings.meanings import load_models
from bot.settings.wording import Wording
from bot.state.store import Store
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

FAULTY = 1
DEMO_PORT = 8765  # chosen; another free one when it is taken
LOCAL_LIMITS = Limits(overall=1000, chat_seconds=0.01, chat_burst=100, group_minute=1000)  # nobody else to protect


def run_or_demo(settings: Settings) -> int:
    """On Telegram if there is a token, else on a page of this machine. Raises ConfigError."""
    return run(settings) if settings.token else demo(settings)


def run(settings: Settings) -> int:
    """On Telegram until SIGTERM; the exit status. Raises ConfigError."""
    logs.setup(settings.log_level, (settings.token, settings.webhook_secret))
    if is_earlier(settings.data_dir):
        log.info("the state stays in %s, where an earlier version kept it; set BOT_DATA_DIR to choose", settings.data_dir.resolve())
    try:
        check(settings)
        store = opened(settings, serving=True)
    except (CannotRun, StoreError) as error:
        log.critical("%s", error)
        return FAULTY
    try:
        watch = CollectionWatch(settings.data_dir, partial(current_version, store) if settings.is_shared else lambda: "")
        current = CurrentContent(open_content(settings, store), watch.reading, partial(_reread, store))
        service = service_of(settings, current.content, store, current.renewed)
        with watch.calling(service.renew):
            return asyncio.run(run_edge(settings, service, store, pages=_public_pages(settings, current, service)))
    finally:
        store.close()


def demo(settings: Settings, port: int | None = None) -> int:
    """On a page of this machine, with a state of its own that ends with it. Raises ConfigError."""
    logs.setup("warning", ())
    content = open_content(settings)
    with tempfile.TemporaryDirectory(prefix="speech-quotes-") as folder:
        local = replace(settings, database_url=f"sqlite:///{Path(folder) / 'demo.db'}")
        store = opened(local, serving=True)
        try:
            return asyncio.run(_demo(local, content, store, port))
        finally:
            store.close()


async def _demo(settings: Settings, content: Content, store: Store, port: int | None) -> int:
    watch = CollectionWatch(settings.data_dir)
    current = CurrentContent(content, watch.reading, _reread)
    made: list[ReaderWishes] = []  # the pages are there before the service, which has to know their address
    token = new_token()
    async with await _local(port, token, _pages(token, current, lambda: made[0], framed_by="'self'")) as api:
        admins = settings.admins or (FIRST_USER,)
        local = replace(settings, token=token, api_base=api.base_url, admins=admins, webhook_url="", web_port=None, health_port=None)
        service = service_of(replace(local, public_url=api.page_url.removesuffix("/")), content, store, current.renewed)
        made.append(ReaderWishes(service))
        line = f"打开 {api.page_url} 开始聊天（Ctrl-C 结束）"
        with watch.calling(service.renew):
            return await run_edge(local, service, store, on_ready=lambda _: print(line, flush=True), limits=LOCAL_LIMITS)


async def _local(port: int | None, token: str, add_pages: AddPages) -> LocalApi:
    try:
        return await start(port=DEMO_PORT if port is None else port, token=token, add_pages=add_pages)
    except OSError:
        if port is not None:
            raise
        return await start(port=0, token=token, add_pages=add_pages)


def _public_pages(settings: Settings, current: CurrentContent, service: SpeechService) -> AddPages | None:
    """The reader's, where the bot's web server has a public address."""
    if not settings.public_url:
        return None
    wishes = ReaderWishes(service)
    return _pages(settings.token, current, lambda: wishes, base=settings.public_url, framed_by=TELEGRAM)


def _pages(token: str, current: CurrentContent, wishes: Callable[[], ReaderWishes], *, base: str = "", framed_by: str) -> AddPages:
    """The speeches as pages, and what these may ask about a person."""

    def add(app: web.Application) -> None:
        ReaderApi(wishes, token).add_routes(app)  # first: the pages answer for every other address below theirs
        add_reader(app, current.reader, base=base, framed_by=framed_by)

    return add


def open_content(settings: Settings, store: Store | None = None) -> Content:
    """Everything that is read at start; from the store where bots share the speeches. Raises ConfigError."""
    return Content(open_shared(settings, store, say_building), wording.read(settings.config / "wording"), settings.behaviour)


class CurrentContent:
    """What service and reader show, the same at every moment but that of a renewal.

    reading: called before all is read anew. reread: reads it.
    """

    def __init__(self, content: Content, reading: Callable[[], None], reread: Callable[[], Content]) -> None:
        self.content = content
        self._reading, self._reread = reading, reread

    def renewed(self) -> Content:
        """Everything as the environment's configuration has it now. Raises ConfigError, and the content stays."""
        self._reading()
        self.content = self._reread()
        return self.content

    def reader(self) -> tuple[Library, Wording]:
        """What the pages of the speeches are made of."""
        return self.content.library, self.content.wording


def _reread(store: Store | None = None) -> Content:
    """Everything as it is on disk now, or was published. The index is built by another process, so that whoever asks is not delayed."""
    settings = config.read(os.environ)
    if settings.is_shared and store:
        return open_content(settings, store)
    load_models(settings)
    home = str(config.HERE)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-m", "bot", "index"]
    subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return open_content(settings)


def service_of(settings: Settings, content: Content, store: Store, reread: Callable[[], Content] = _reread) -> SpeechService:
    """The service; reread: what /reload does, and speeches that are brought in."""
    return SpeechService(
        content,
        store,
        admins=settings.admins,
        reread=reread,
        settings=None if settings.is_shared else settings,  # what is brought in there others would not see
        secret=hashlib.sha256(settings.token.encode()).digest(),
        public_url=settings.public_url,
        remembers=False,
    )
