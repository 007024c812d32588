"""Delivery of updates to the bot's webhook: in order per chat, again until the bot says 2xx."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.demo.world.refusal import bad_request
from bot.demo.world.telegram_state import Json
from bot.demo.world.updates import Update, Updates

SECRET = re.compile(r"[A-Za-z0-9_-]*")
PORTS = frozenset({80, 88, 443, 8443})  # Telegram's
LONGEST_SECRET = 256  # characters, Telegram's
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
TIMEOUT = 60  # s for the bot to answer, chosen
SLOWEST_RETRY = 30.0  # s, chosen; the first pause doubles up to it


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates go; on loopback also by http. Raises Refusal for what Telegram refuses."""

    url: str
    secret: str = ""
    max_connections: int = 40  # Telegram's default

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if not parts.hostname:
            raise bad_request("invalid webhook URL specified")
        if not _is_loopback(parts.hostname):
            _check_public(parts.scheme, parts.port or 443)
        if len(self.secret) > LONGEST_SECRET:
            raise bad_request("secret token is too long")
        if not SECRET.fullmatch(self.secret):
            raise bad_request("secret token contains unallowed characters")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_public(scheme: str, port: int) -> None:
    if scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


class Deliverer:
    """Posts waiting updates to one hook until it is closed; what was not confirmed by then stays queued."""

    def __init__(self, hook: Hook, updates: Updates, first_retry: float) -> None:
        self.hook = hook
        self.last_error = ""
        self.last_error_date = 0
        self._updates = updates
        self._first_retry = first_retry
        self._queues: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(hook.max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))

    def start(self) -> None:
        """Takes what waits, then whatever comes."""
        for update in self._updates.waiting():
            self._enqueue(update)
        self._updates.listener = self._enqueue

    async def close(self) -> None:
        """Breaks off all deliveries."""
        self._updates.listener = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()

    def info(self) -> Json:
        """The fields of WebhookInfo that a set webhook has."""
        out: Json = {
            "url": self.hook.url,
            "max_connections": self.hook.max_connections,
            "allowed_updates": self._updates.allowed,
        }
        if self.last_error:
            out |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        return out

    def _enqueue(self, update: Update) -> None:
        """One queue per chat, drained by one task."""
        queue = self._queues.get(update.order_key)
        if queue is not None:
            queue.append(update)
            return
        self._queues[update.order_key] = deque([update])
        task = asyncio.create_task(self._drain(update.order_key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, order_key: int) -> None:
        queue = self._queues[order_key]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._queues[order_key]

    async def _deliver(self, update: Update) -> None:
        pause = self._first_retry
        while not await self._post(update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, SLOWEST_RETRY)
        self._updates.confirm(update.id)

    async def _post(self, update: Update) -> bool:
        """True when the bot said 2xx."""
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        try:
            async with (
                self._slots,
                self._session.post(self.hook.url, json=update.body, headers=headers) as response,
            ):
                if 200 <= response.status < 300:
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = str(error) or type(error).__name__
        self.last_error, self.last_error_date = problem, int(update.created)
        return False
