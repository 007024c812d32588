"""One running bot: its parts, how they are started and in which order they stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.contract.response import Service
from bot.edge.handlers import ALLOWED_UPDATES, App, Handlers
from bot.edge.menus import MenuPublisher
from bot.edge.pipeline import Pipeline
from bot.edge.polling import Poller
from bot.edge.sending import Sender, backoff
from bot.edge.transport import AiohttpRequest
from bot.edge.web import AddPages, Site
from bot.health import Health, LastAnswer
from bot.metrics import Metrics
from bot.queue.budget import Limits
from bot.queue.inbox import Inbox
from bot.queue.lease import Lease
from bot.state.store import Store
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

OnReady = Callable[[int | None], None]

STOP_SECONDS = 8.0  # of the ten that a container gets between SIGTERM and SIGKILL
TICK_SECONDS = 60.0
LOOK_SECONDS = 0.1  # a question given to this process waits half of it on average; a look costs 1 ms
LOOK_ALONE_SECONDS = 1.0  # only `queue retry` leaves anything then


class EdgeSettings(Protocol):
    """What the edge needs to know; frozen."""

    @property
    def token(self) -> str: ...
    @property
    def api_base(self) -> str:
        """python-telegram-bot's base_url, ends in "/bot"."""

    @property
    def admins(self) -> Sequence[int]: ...
    @property
    def webhook_url(self) -> str:
        """The public address of the webhook; "" means long polling."""

    @property
    def webhook_secret(self) -> str: ...
    @property
    def web_port(self) -> int | None:
        """Port of webhook, /healthz and /metrics on loopback; 0: any free one; None: no web server."""

    @property
    def health_port(self) -> int | None:
        """Port of /healthz and /metrics alone, which web_port then has not; None: they are on web_port."""

    @property
    def workers(self) -> int:
        """How many updates are in hand at once; a crash repeats at most so many answers."""


class CannotRun(Exception):
    """The bot cannot start or go on; the text says why and what to do, without secrets."""


class Edge:
    """One running bot: the parts and how they are started and stopped."""

    def __init__(
        self,
        settings: EdgeSettings,
        service: Service,
        application: App,
        store: Store,
        polls: AiohttpRequest,
        limits: Limits | None,
        pages: AddPages | None = None,
    ) -> None:
        self._settings = settings
        self._pages = pages
        self._service = service
        self._bot = application.bot
        self._store = store
        self._metrics = Metrics()
        self._last_poll, self._last_send = LastAnswer(), LastAnswer()
        self._polls = polls
        self._menus = MenuPublisher(self._bot, service)
        sender = Sender(self._bot, self._metrics, self._last_send)
        self._handlers = Handlers(application, service, sender, store)
        self._lease = Lease(store)
        self._desk = Pipeline(
            store,
            Inbox(store, self._lease),
            self._handlers,
            sender,
            service,
            self._metrics,
            workers=settings.workers,
            limits=limits or Limits(),
            admins=settings.admins,
        )

    async def serve(self, stop: asyncio.Event, on_ready: OnReady | None) -> None:
        """Start everything, wait for a reason to stop, stop everything in the right order.

        Raises CannotRun when it was not `stop` that ended it.
        """
        self._lease.turns = self._desk.turns
        await self._lease.join()
        async with AsyncExitStack() as stack:
            kept = _start(self._lease.keep())
            stack.push_async_callback(_cancel, [kept])  # last of all: what is in hand at the end is still this process's
            stack.push_async_callback(self._desk.close, STOP_SECONDS)
            replayed = await self._desk.replay()
            port = await self._web(stack)
            tasks = [_start(self._look()), _start(self._tick()), _start(self._desk.stranger.wait())]
            stack.push_async_callback(_cancel, tasks)
            tasks.append(_start(self._take_updates()))
            stack.push_async_callback(_cancel, [_start(self._keep_menus())])
            log.info("ready as @%s", self._bot.username, extra={"replayed": replayed, "port": port})
            if on_ready is not None:
                on_ready(port)
            await self._wait(stop, [*tasks, kept])

    async def _wait(self, stop: asyncio.Event, tasks: list[asyncio.Future[Any]]) -> None:
        stopper = asyncio.ensure_future(stop.wait())
        try:
            done, _ = await asyncio.wait([*tasks, stopper], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopper.cancel()
        if stopper in done:
            log.info("stopping")
            return
        for task in done:
            error = task.exception()
            if isinstance(error, Conflict):
                raise CannotRun("another process fetches the updates of this bot; stop it, or use another token") from None
            if error is not None and not isinstance(error, (InvalidToken, EndPointNotFound)):
                raise error
        raise CannotRun("Telegram does not accept TELEGRAM_BOT_TOKEN any more; was it revoked?")

    async def _take_updates(self) -> None:
        settings = self._settings
        if settings.webhook_url:
            secret, allowed = settings.webhook_secret, list(ALLOWED_UPDATES)
            await _insist(lambda: self._bot.set_webhook(settings.webhook_url, secret_token=secret, allowed_updates=allowed))
            await asyncio.Event().wait()  # the web server does the rest
        while True:
            await self._lease.wait_to_lead()
            polls = _start(self._poll())
            follows = _start(self._lease.wait_to_lead(False))
            try:
                await asyncio.wait((polls, follows), return_when=asyncio.FIRST_COMPLETED)
                if polls.done():
                    await polls  # raises what ended it
            finally:
                await _cancel((polls, follows))
                self._last_poll.stop()

    async def _poll(self) -> None:
        await _insist(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        await Poller(self._bot, self._desk, self._last_poll, self._metrics, self._polls.renew).run()

    async def _look(self) -> None:
        """Again and again: what others have left or given."""
        while True:
            await asyncio.sleep(LOOK_ALONE_SECONDS if self._store.alone else LOOK_SECONDS)
            with contextlib.suppress(StoreError):  # the store says so itself
                await self._desk.replay()

    async def _web(self, stack: AsyncExitStack) -> int | None:
        """Serve the webhook, health and numbers on one port, or health and numbers on their own; the webhook's port."""
        settings = self._settings
        path = (urlsplit(settings.webhook_url).path or "/") if settings.webhook_url else ""
        site = Site(self._desk, self._metrics, self.health, path=path, secret=settings.webhook_secret, pages=self._pages)
        apart = settings.health_port is not None
        if apart:
            await self._listen(stack, site, "BOT_HEALTH_PORT", settings.health_port or 0, webhook=False)
        if settings.web_port is None:
            return None
        return await self._listen(stack, site, "BOT_WEB_PORT", settings.web_port, health=not apart)

    @staticmethod
    async def _listen(stack: AsyncExitStack, site: Site, name: str, port: int, **what: bool) -> int:
        try:
            runner, taken = await site.start(port, **what)
        except OSError as error:
            raise CannotRun(f"{name} {port}: {error.strerror}; choose another") from None
        stack.push_async_callback(runner.cleanup)
        return taken

    def health(self) -> Health:
        """How the bot is now; brings the gauges up to date on the way."""
        desk, oldest = self._desk, self._desk.oldest
        health = Health(
            poll_age=self._last_poll.age(),
            oldest_age=None if oldest is None else time.time() - oldest,
            store_trouble=self._store.trouble,
            polls_away=self._last_poll.away(),
            sends_away=self._last_send.away(),
            backlog=desk.pending / desk.turns.a_second,
            lost_threads=self._handlers.lost_threads,
            index_trouble=self._service.trouble(),
        )
        self._metrics.look(health)
        self._metrics.pending.set(desk.pending)
        self._metrics.waiting.set(desk.turns.waiting)
        self._metrics.pace.set(desk.turns.pace)
        return health

    async def _tick(self) -> None:
        while True:
            try:
                await self._desk.tick(time.time())
            except Exception:
                log.exception("tick failed")
            await asyncio.sleep(TICK_SECONDS - time.time() % TICK_SECONDS)

    async def _keep_menus(self) -> None:
        """What people see of the service follows it, also after it was read again."""
        while True:
            self._handlers.learn_commands()
            await self._menus.bring_up_to_date()
            await asyncio.sleep(TICK_SECONDS)


async def _insist(call: Callable[[], Any]) -> None:
    failures = 0
    while True:
        try:
            await call()
            return
        except (InvalidToken, Conflict):
            raise
        except TelegramError as error:
            failures += 1
            log.warning("%s; trying again", error.message)
            await asyncio.sleep(backoff(failures))


def _start(work: Coroutine[Any, Any, Any]) -> asyncio.Future[Any]:
    return asyncio.get_running_loop().create_task(work)


async def _cancel(tasks: Sequence[asyncio.Future[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
