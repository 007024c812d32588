"""Runs the bot on a Bot API: builds the Application and everything around it, starts, waits, stops.

Settings, service, database and stop signal come from the caller: the same bot runs as a process and inside the demo.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.contract.response import Service
from bot.edge.handlers import App, on_error
from bot.edge.lifecycle import STOP_SECONDS, CannotRun, Edge, EdgeSettings, OnReady
from bot.edge.sending import backoff
from bot.edge.transport import AiohttpRequest
from bot.edge.web import AddPages
from bot.queue.budget import Limits
from bot.state.store import Store
from bot.state.store_error import StoreError

log = logging.getLogger(__name__)

# An update is a hundred short-lived objects; Python's 700 collects all the time. 850 → 1180 answers a second.
GARBAGE_THRESHOLDS = (20_000, 20, 50)


async def run(
    settings: EdgeSettings,
    service: Service,
    store: Store,
    *,
    stop: asyncio.Event | None = None,
    on_ready: OnReady | None = None,
    limits: Limits | None = None,
    pages: AddPages | None = None,
) -> int:
    """Run until `stop` is set (default: SIGTERM or SIGINT); the exit status: 0 stopped, 1 could not run.

    store: opened for serving, with the tables of processes, inbox and outbox; whoever opened it closes it.
    on_ready is called once updates are being taken, with the port of the web server, if there is one.
    limits: Telegram's when None; a local Bot API may have others. pages: adds pages of its own to the web server.
    """
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    with _signals(stop) as stopping:
        try:
            await _until(stopping, _serve(settings, service, store, stopping, on_ready, limits, pages))
        except (CannotRun, StoreError) as error:
            log.critical("%s", error)
            return 1
    return 0


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
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
    settings: EdgeSettings,
    service: Service,
    store: Store,
    stop: asyncio.Event,
    on_ready: OnReady | None,
    limits: Limits | None,
    pages: AddPages | None,
) -> None:
    check(settings)
    async with AsyncExitStack() as stack:
        transport, polls = AiohttpRequest(), AiohttpRequest()
        for request in (transport, polls):  # the library closes them only after a successful start
            stack.push_async_callback(request.shutdown)
        application = build(settings, transport, polls)
        if not await _initialized(application, stop):
            return
        stack.push_async_callback(application.shutdown)
        service.introduce(application.bot.username)
        edge = Edge(settings, service, application, store, polls, limits, pages)
        await edge.serve(stop, on_ready)


def check(settings: EdgeSettings) -> None:
    """Raise CannotRun when something is not set."""
    if not settings.token:
        raise CannotRun("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and set it")
    if settings.webhook_url and not settings.webhook_secret:
        raise CannotRun("BOT_WEBHOOK_SECRET is not set; the webhook needs 1-256 of A-Z a-z 0-9 _ -")
    if settings.webhook_url and settings.web_port is None:
        raise CannotRun("BOT_WEB_PORT is not set; the webhook needs the port that the proxy forwards to")


def build(settings: EdgeSettings, transport: BaseRequest, polls: BaseRequest) -> App:
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
            raise CannotRun("Telegram does not accept TELEGRAM_BOT_TOKEN; copy it again from @BotFather") from None
        except TelegramError as error:
            failures += 1
            log.warning("cannot reach the Bot API (%s); trying again", error.message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), backoff(failures))
    return False


@contextlib.contextmanager
def _signals(stop: asyncio.Event | None) -> Iterator[asyncio.Event]:
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
