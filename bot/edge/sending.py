"""The one place that sends: what a step means to Telegram, and what Telegram's answer means for the step.

An attempt never raises for what Telegram or the network did; it returns a `Verdict`.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import logging
from dataclasses import dataclass, replace
from typing import Any, Literal

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.contract.reply import Reply
from bot.edge.outgoing import message_of, upload_of
from bot.edge.transport import Interrupted
from bot.metrics import Metrics
from bot.queue.outbox import Step

log = logging.getLogger(__name__)

BACKOFF_SECONDS = 0.5  # doubled with every failure
LONGEST_BACKOFF_SECONDS = 30.0
UNCLEAR_TRIES = 12  # about four minutes; each of them may have shown the message once more
PROMPT_TRIES = 3  # answers to taps and inline queries are worth nothing later

SendOutcome = Literal["sent", "again", "gone", "moved", "refused", "stranger"]

# Telegram's words for what is normal life, not an error to report.
_SETTLED = ("message is not modified", "query is too old", "message to delete not found", "message can't be deleted", "message_id_invalid")
_NO_CARD = ("message to edit not found", "message can't be edited", "there is no text in the message")
_GONE = (
    "chat not found",
    "user is deactivated",
    "peer_id_invalid",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "bot was kicked",
    "group chat was deactivated",
    "topic_closed",
)


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of an attempt.

    sent: done, `message` is its id (0 for edits). again: after `seconds`, which Telegram named when `told`;
    `unclear` when the attempt may have had its effect. gone: the chat is closed to us. moved: to the chat
    `message`. refused: for good, `reason` says why. stranger: the token is not valid any more.
    """

    outcome: SendOutcome
    message: int = 0
    seconds: float = 0.0
    told: bool = False
    unclear: bool = False
    reason: str = ""


def verdict_on(error: TelegramError) -> SendResult:
    """What an error of python-telegram-bot means for the step that met it."""
    words = error.message.lower()
    if isinstance(error, RetryAfter):
        return SendResult("again", seconds=_seconds(error.retry_after), told=True)
    if isinstance(error, ChatMigrated):
        return SendResult("moved", message=error.new_chat_id)
    if isinstance(error, (InvalidToken, EndPointNotFound)):  # the latter for a method called by name
        return SendResult("stranger")
    if isinstance(error, Forbidden) or any(phrase in words for phrase in _GONE):
        return SendResult("gone", reason=error.message)
    if isinstance(error, BadRequest):
        settled = any(phrase in words for phrase in _SETTLED)
        return SendResult("sent") if settled else SendResult("refused", reason=error.message)
    if isinstance(error, (TimedOut, Interrupted)) or not isinstance(error, NetworkError):
        return SendResult("again", unclear=True, reason=type(error).__name__)
    return SendResult("again", reason=type(error).__name__)


def plain(reply: Reply) -> Reply:
    """The reply without formatting and buttons: what is left to try when Telegram refuses it."""
    return replace(reply, entities=(), buttons=())


def backoff(failures: int) -> float:
    """Seconds to wait after the nth failure in a row (from 1)."""
    return float(min(LONGEST_BACKOFF_SECONDS, BACKOFF_SECONDS * 2 ** (failures - 1)))


class Sender:
    """Carries out steps on a bot, one attempt at a time."""

    def __init__(self, bot: Bot, metrics: Metrics) -> None:
        self._bot = bot
        self._metrics = metrics

    async def attempt(self, step: Step) -> SendResult:
        """Try the step once; refused formatting is tried again without it, a lost card sent anew."""
        verdict = await self._once(step)
        if verdict.outcome == "refused" and step.kind == "edit" and step.to and _says(verdict, _NO_CARD):
            return await self._once(replace(step, kind="send"))
        if verdict.outcome == "refused" and step.reply and step.reply != plain(step.reply):
            log.warning("refused, sending plain text: %s", verdict.reason)
            return await self._once(replace(step, reply=plain(step.reply)))
        return verdict

    async def _once(self, step: Step) -> SendResult:
        with self._metrics.send_seconds.time():
            try:
                message = await self._call(step)
            except TelegramError as error:
                verdict = verdict_on(error)
            else:
                verdict = SendResult("sent", message=message)
        self._metrics.sends.labels(verdict.outcome).inc()
        return verdict

    async def _call(self, step: Step) -> int:
        """Make the step's request; return the id of a new message, else 0. Raises TelegramError."""
        if step.kind == "delete" or step.reply is None:
            await self._bot.delete_message(step.chat, step.to)
            return 0
        if step.kind == "edit":
            where = {"inline_message_id": step.inline} if step.inline else _card(step)
            await self._raw("EditMessageText", where | message_of(step.reply))
            return 0
        if step.reply.file is None:
            return _message_id(await self._raw("SendMessage", _place(step) | message_of(step.reply)))
        method = "SendPhoto" if step.reply.file.kind == "photo" else "SendDocument"
        return _message_id(await self._raw(method, _place(step) | upload_of(step.reply)))

    async def _raw(self, method: str, arguments: dict[str, Any]) -> Any:
        """Call a method for its plain JSON.

        `Bot.send_message` would build a `Message` of a hundred attributes that nobody reads: a quarter of the
        time an answer takes. The capital keeps the library from pointing to that method.
        """
        return await self._bot.do_api_request(method, arguments)

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


def _says(verdict: SendResult, phrases: tuple[str, ...]) -> bool:
    return any(phrase in verdict.reason.lower() for phrase in phrases)


def _seconds(value: float | dtm.timedelta) -> float:
    return value.total_seconds() if isinstance(value, dtm.timedelta) else float(value)
