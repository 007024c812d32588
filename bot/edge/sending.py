"""The one place that sends: a step as a request, one attempt at a time.

An attempt never raises for what Telegram or the network did; it returns a `SendResult`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.contract.reply import Reply
from bot.edge.outgoing import message_of, poll_of, upload_of
from bot.edge.transport import plain_data
from bot.edge.verdicts import NO_CARD, SendResult, says, verdict_on
from bot.health import LastAnswer
from bot.metrics import Metrics
from bot.queue.outbox import Step

log = logging.getLogger(__name__)

BACKOFF_SECONDS = 0.5  # doubled with every failure
LONGEST_BACKOFF_SECONDS = 2.0  # so long nothing moves after Telegram is back; a request every 2 s is no burden
UNCLEAR_BACKOFF_SECONDS = 30.0
UNCLEAR_TRIES = 12  # about four minutes; each of them may have shown the message once more
PROMPT_TRIES = 3  # answers to taps and inline queries are worth nothing later


def plain(reply: Reply) -> Reply:
    """The reply without formatting and buttons: what is left to try when Telegram refuses it."""
    return replace(reply, entities=(), buttons=())


def without_file(reply: Reply) -> Reply | None:
    """The reply as text, for chats that allow no pictures, documents or polls; None when there is no text."""
    if reply.quiz:
        return replace(reply, quiz=None)
    if reply.file is None or not (reply.file.instead or reply.text):
        return None
    entities = () if reply.file.instead else reply.entities
    return replace(reply, file=None, text=reply.file.instead or reply.text, entities=entities)


def backoff(failures: int, longest: float = LONGEST_BACKOFF_SECONDS) -> float:
    """Seconds to wait after the nth failure in a row (from 1)."""
    return float(min(longest, BACKOFF_SECONDS * 2 ** min(failures - 1, 10)))


class Sender:
    """Carries out steps on a bot, one attempt at a time. pulse: learns whether Telegram answers."""

    def __init__(self, bot: Bot, metrics: Metrics, last_send: LastAnswer) -> None:
        self._bot = bot
        self._metrics = metrics
        self._last_send = last_send
        self._prompts: set[asyncio.Task[bool]] = set()

    async def attempt(self, step: Step) -> SendResult:
        """Try the step once; "otherwise" names what to try instead of a step that was refused."""
        verdict = await self._once(step)
        instead = _instead(step, verdict)
        if instead is None:
            return verdict
        log.info("trying otherwise: %s", verdict.reason)
        return replace(verdict, outcome="otherwise", step=instead)

    async def _once(self, step: Step) -> SendResult:
        began = time.monotonic()
        try:
            message, poll = await self._call(step)
        except TelegramError as error:
            verdict = verdict_on(error)
        else:
            verdict = SendResult("sent", message=message, poll=poll)
        self._metrics.send_seconds.observe(time.monotonic() - began)
        self._metrics.send_with(verdict.outcome).inc()
        (self._last_send.answered if verdict.outcome != "again" or verdict.told else self._last_send.failed)()
        return verdict

    async def _call(self, step: Step) -> tuple[int, str]:
        """Make the step's request; the id of a new message, else 0, and of the poll in it, else "". Raises TelegramError."""
        if step.kind == "delete" or step.reply is None:
            await self._bot.delete_message(step.chat, step.to)
            return 0, ""
        if step.kind == "edit":
            where = {"inline_message_id": step.inline} if step.inline else _card(step)
            await self._raw("EditMessageText", where | message_of(step.reply))
            return 0, ""
        if step.reply.quiz:
            shown = await self._raw("SendPoll", _place(step) | poll_of(step.reply))
            return _message_id(shown), str(shown.get("poll", {}).get("id", ""))
        return await self._new_message(step, step.reply), ""

    async def _new_message(self, step: Step, reply: Reply) -> int:
        """Send a text or a file; the message's id."""
        if reply.file is None:
            return _message_id(await self._raw("SendMessage", _place(step) | message_of(reply)))
        method = "SendPhoto" if reply.file.kind == "photo" else "SendDocument"  # no capital would mean the library's own
        return _message_id(await self._bot.do_api_request(method, _place(step) | upload_of(reply)))

    async def _raw(self, method: str, arguments: dict[str, Any]) -> Any:
        """Call a method with plain JSON for its plain JSON.

        `Bot.send_message` would build a `Message` of a hundred attributes that nobody reads, and look through all
        arguments for objects to translate: together a third of what the event loop does for an answer.
        """
        return await self._bot.request.post(f"{self._bot.base_url}/{method}", plain_data(arguments))

    async def prompt(self, method: str, arguments: dict[str, Any]) -> bool:
        """Answer a tap or an inline query: a few quick tries, then let it be; True when it arrived."""
        for failures in range(1, PROMPT_TRIES + 1):
            try:
                await self._raw(method, arguments)
            except TelegramError as error:
                verdict = verdict_on(error)
                if verdict.outcome != "again":
                    return verdict.outcome == "sent"
                await asyncio.sleep(verdict.seconds if verdict.told else backoff(failures))
            else:
                return True
        return False

    def prompt_soon(self, method: str, arguments: dict[str, Any]) -> None:
        """The same without waiting: nothing that follows depends on it."""
        task = asyncio.get_running_loop().create_task(self.prompt(method, arguments))
        self._prompts.add(task)
        task.add_done_callback(self._prompts.discard)

    async def close(self, seconds: float) -> None:
        """Let what is on its way arrive within `seconds`."""
        if self._prompts:
            _, late = await asyncio.wait(self._prompts, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _instead(step: Step, verdict: SendResult) -> Step | None:
    """What may still be tried: a lost card is sent anew, a file that is not allowed as text, refused formatting plain."""
    if verdict.outcome == "refused" and step.kind == "edit" and step.to and says(verdict, NO_CARD):
        return replace(step, kind="send")
    if verdict.outcome == "muted" and step.reply and (text := without_file(step.reply)):
        return replace(step, reply=text)
    if verdict.outcome == "refused" and step.reply and step.reply != plain(step.reply):
        return replace(step, reply=plain(step.reply))
    return None


def _card(step: Step) -> dict[str, Any]:
    return {"chat_id": step.chat, "message_id": step.to}


def _place(step: Step) -> dict[str, Any]:
    place: dict[str, Any] = {"chat_id": step.chat}
    if step.to:
        place["reply_parameters"] = {"message_id": step.to, "allow_sending_without_reply": True}
    if step.thread:
        place["message_thread_id"] = step.thread
    return place


def _message_id(result: Any) -> int:
    """The id in a sent message; raises TelegramError when the answer is not a message."""
    if isinstance(result, dict) and isinstance(result.get("message_id"), int):
        return int(result["message_id"])
    raise TelegramError("Invalid server response")
