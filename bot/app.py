"""Runs the bot on a Bot API: builds the Application and everything around it, starts, waits, stops.

Settings, service and stop signal come from the caller: the same bot runs as a process and inside the demo.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram import BotCommand
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError
from telegram.ext import Application

from bot import inbox, outbox
from bot.answers import Service
from bot.desk import Desk
from bot.faults import StoreError
from bot.handlers import ALLOWED_UPDATES, App, Handlers, on_error
from bot.inbox import Inbox
from bot.limits import FREE, PAID, Limits
from bot.metrics import Health, Metrics, Pulse
from bot.polling import Poller
from bot.sending import Sender, backoff
from bot.store import Store, open_store
from bot.transport import AiohttpRequest
from bot.web import Site

log = logging.getLogger(__name__)

OnReady = Callable[[int | None], None]

STOP_SECONDS = 8.0  # of the ten that a container gets between SIGTERM and SIGKILL
TICK_SECONDS = 60.0
LANGUAGES = (("zh", None), ("zh", "zh"), ("en", "en"))  # wording, Telegram's code; None: all others


class Settings(Protocol):
    """What the edge needs to know; frozen."""

    @property
    def token(self) -> str: ...
    @property
    def api_base(self) -> str:
        """python-telegram-bot's base_url, ends in "/bot"."""

    @property
    def database_url(self) -> str: ...
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
    def workers(self) -> int:
        """How many updates are in hand at once; a crash repeats at most so many answers."""

    @property
    def paid(self) -> bool:
        """Paid broadcasts: 1000 messages a second instead of 30."""


class CannotRun(Exception):
    """The bot cannot start or go on; the text says why and what to do, without secrets."""


async def run(
    settings: Settings,
    service: Service,
    *,
    stop: asyncio.Event | None = None,
    on_ready: OnReady | None = None,
    limits: Limits | None = None,
) -> int:
    """Run until `stop` is set (default: SIGTERM or SIGINT); the exit status: 0 stopped, 1 could not run.

    on_ready is called once updates are being taken, with the port of the web server, if there is one.
    limits: Telegram's for free or paid broadcasts when None; a local Bot API may have others.
    """
    with _signals(stop) as stopping:
        try:
            await _until(stopping, _serve(settings, service, stopping, on_ready, limits))
        except (CannotRun, StoreError) as error:
            log.critical("%s", error)
            return 1
    return 0


async def _until(stop: asyncio.Event, work: Any) -> None:
    """Run the work; once `stop` is set it has STOP_SECONDS and a little to end by itself."""
    task = asyncio.ensure_future(work)
    stopper = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopper), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            await asyncio.wait((task,), timeout=STOP_SECONDS + 1.5)
            if not task.done():
                log.warning("stopping late")
                task.cancel()
        await task
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    finally:
        stopper.cancel()


async def _serve(
    settings: Settings,
    service: Service,
    stop: asyncio.Event,
    on_ready: OnReady | None,
    limits: Limits | None,
) -> None:
    _check(settings)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(_state(settings))
        transport, polls = AiohttpRequest(), AiohttpRequest()
        for request in (transport, polls):  # the library closes them only after a successful start
            stack.push_async_callback(request.shutdown)
        application = build(settings, transport, polls)
        if not await _initialized(application, stop):
            return
        stack.push_async_callback(application.shutdown)
        edge = _Edge(settings, service, application, store, polls, limits)
        await edge.serve(stop, on_ready)


def _check(settings: Settings) -> None:
    if not settings.token:
        raise CannotRun("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and set it")
    if settings.webhook_url and not settings.webhook_secret:
        raise CannotRun("BOT_WEBHOOK_SECRET is not set; the webhook needs 1-256 of A-Z a-z 0-9 _ -")
    if settings.webhook_url and settings.web_port is None:
        raise CannotRun("BOT_WEB_PORT is not set; the webhook needs the port that the proxy forwards to")


@asynccontextmanager
async def _state(settings: Settings) -> AsyncIterator[Store]:
    store = open_store(settings.database_url, (inbox.PART, outbox.PART))
    try:
        unlock = store.alone()
    except StoreError:
        store.close()
        raise
    try:
        yield store
    finally:
        await asyncio.to_thread(store.close)
        if unlock is not None:
            unlock()


def build(settings: Settings, transport: AiohttpRequest, polls: AiohttpRequest) -> App:
    """The library's Application without Updater, queue and JobQueue: updates come from the inbox."""
    application: App = (
        Application.builder()
        .token(settings.token)
        .base_url(settings.api_base)
        .base_file_url(settings.api_base.removesuffix("/bot") + "/file/bot")
        .request(transport)
        .get_updates_request(polls)
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_error_handler(on_error)
    return application


async def _initialized(application: App, stop: asyncio.Event) -> bool:
    """Ask Telegram who we are, for ever while the network is away; False when stopped meanwhile."""
    failures = 0
    while not stop.is_set():
        try:
            await application.initialize()
            return True
        except InvalidToken:
            # The library's message holds the token.
            raise CannotRun(
                "Telegram does not accept TELEGRAM_BOT_TOKEN; copy it again from @BotFather"
            ) from None
        except TelegramError as error:
            failures += 1
            log.warning("cannot reach the Bot API (%s); trying again", error.message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), backoff(failures))
    return False


class _Edge:
    """One running bot: the parts and how they are started and stopped."""

    def __init__(
        self,
        settings: Settings,
        service: Service,
        application: App,
        store: Store,
        polls: AiohttpRequest,
        limits: Limits | None,
    ) -> None:
        self._settings = settings
        self._service = service
        self._bot = application.bot
        self._metrics = Metrics()
        self._pulse = Pulse()
        self._polls = polls
        sender = Sender(self._bot, self._metrics)
        alone = settings.database_url.startswith("sqlite")
        self._desk = Desk(
            store,
            Inbox(store, uuid.uuid4().hex, alone=alone),
            Handlers(application, service, sender, store),
            sender,
            service,
            self._metrics,
            workers=settings.workers,
            limits=limits or (PAID if settings.paid else FREE),
            admins=settings.admins,
        )

    async def serve(self, stop: asyncio.Event, on_ready: OnReady | None) -> None:
        """Start everything, wait for a reason to stop, stop everything in the right order."""
        replayed = await self._desk.replay()
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._desk.close, STOP_SECONDS)
            port = await self._web(stack)
            tasks = [_start(self._tick()), _start(self._desk.stranger.wait())]
            stack.push_async_callback(_cancel, tasks)
            tasks.append(_start(self._take_updates()))
            stack.push_async_callback(_cancel, [_start(set_menus(self._bot, self._service))])
            log.info("ready as @%s", self._bot.username, extra={"replayed": replayed, "port": port})
            if on_ready is not None:
                on_ready(port)
            await self._wait(stop, tasks)

    async def _wait(self, stop: asyncio.Event, tasks: list[asyncio.Future[Any]]) -> None:
        stopper = asyncio.ensure_future(stop.wait())
        tasks.append(stopper)
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if stopper in done:
            log.info("stopping")
            return
        for task in done:
            error = task.exception()
            if isinstance(error, Conflict):
                raise CannotRun(
                    "another process fetches the updates of this bot; stop it, or use another token"
                ) from None
            if error is not None and not isinstance(error, (InvalidToken, EndPointNotFound)):
                raise error
        raise CannotRun("Telegram does not accept TELEGRAM_BOT_TOKEN any more; was it revoked?")

    async def _take_updates(self) -> None:
        settings = self._settings
        if settings.webhook_url:
            await _insist(lambda: self._bot.set_webhook(
                settings.webhook_url,
                secret_token=settings.webhook_secret,
                allowed_updates=list(ALLOWED_UPDATES),
            ))  # fmt: skip
            await asyncio.Event().wait()  # the web server does the rest
        await _insist(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        await Poller(self._bot, self._desk, self._pulse, self._metrics, self._polls.renew).run()

    async def _web(self, stack: AsyncExitStack) -> int | None:
        if self._settings.web_port is None:
            return None
        path = (urlsplit(self._settings.webhook_url).path or "/") if self._settings.webhook_url else ""
        site = Site(self._desk, self._metrics, self.health, path=path, secret=self._settings.webhook_secret)
        try:
            runner, port = await site.start(self._settings.web_port)
        except OSError as error:
            port = self._settings.web_port
            raise CannotRun(f"BOT_WEB_PORT {port}: {error.strerror}; choose another") from None
        stack.push_async_callback(runner.cleanup)
        return port

    def health(self) -> Health:
        """How the bot is now; brings the gauges up to date on the way."""
        oldest = self._desk.lanes.oldest()
        health = Health(
            self._pulse.age(), None if oldest is None else time.time() - oldest, self._service.ready()
        )
        self._metrics.pending.set(self._desk.lanes.pending)
        self._metrics.oldest.set(health.oldest_age or 0.0)
        self._metrics.waiting.set(self._desk.turns.waiting)
        self._metrics.poll_age.set(health.poll_age or 0.0)
        return health

    async def _tick(self) -> None:
        while True:
            try:
                await self._desk.tick(time.time())
            except Exception:
                log.exception("tick failed")
            await asyncio.sleep(TICK_SECONDS - time.time() % TICK_SECONDS)


async def set_menus(bot: Any, service: Service) -> None:
    """Command menus and descriptions in every language; a failure is logged, as the bot works without."""
    try:
        for wording, code in LANGUAGES:
            commands = [BotCommand(name, text) for name, text in service.commands(wording)]
            description, short = service.descriptions(wording)
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_description(description, language_code=code)
            await bot.set_my_short_description(short, language_code=code)
    except TelegramError as error:
        log.warning("menus are not set: %s", error.message)


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


@contextlib.contextmanager
def _signals(stop: asyncio.Event | None) -> Any:
    """The given event, or one that SIGTERM and SIGINT set."""
    if stop is not None:
        yield stop
        return
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # no such handlers on Windows
            loop.add_signal_handler(number, event.set)
    try:
        yield event
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
