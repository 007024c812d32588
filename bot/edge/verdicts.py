"""What Telegram's answers mean for the step that met them: an ordered table of rules, the first that fits wins. Pure."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

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

from bot.edge.transport import Interrupted
from bot.queue.outbox import Step

SendOutcome = Literal["sent", "again", "otherwise", "gone", "muted", "moved", "refused", "stranger"]


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of an attempt; `because` names the rule that said so.

    sent: done, `message` is its id (0 for edits), `poll` that of the poll in it. again: after `seconds`, which Telegram named when `told`;
    `unclear` when the attempt may have had its effect. otherwise: try `step` instead. gone: the chat is closed to
    us. muted: we may not say this there, but the chat is there. moved: to the chat `message`. refused: for good,
    `reason` says why. stranger: the token is not valid any more.
    """

    outcome: SendOutcome
    message: int = 0
    seconds: float = 0.0
    told: bool = False
    unclear: bool = False
    reason: str = ""
    because: str = ""
    step: Step | None = None
    poll: str = ""


# Telegram's words, in lower case, as they stand in its server's sources and in what it answers.
SETTLED = ("message is not modified", "query is too old", "message to delete not found", "message can't be deleted", "message_id_invalid")
NO_CARD = ("message to edit not found", "message can't be edited", "there is no text in the message")
NOT_HERE = (
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
)
GONE = (
    "bot was blocked",
    "bot was kicked",
    "user is deactivated",
    "group chat was deactivated",
    "group chat was deleted",
    "bot is not a member",
    "chat not found",
    "peer_id_invalid",
    "can't initiate conversation",
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning: its name, which errors it is about, and what becomes of the step."""

    because: str
    fits: Callable[[TelegramError], bool]
    outcome: SendOutcome
    unclear: bool = False


def _kind(*kinds: type[TelegramError]) -> Callable[[TelegramError], bool]:
    return lambda error: isinstance(error, kinds)


def _words(phrases: tuple[str, ...]) -> Callable[[TelegramError], bool]:
    return lambda error: isinstance(error, (BadRequest, Forbidden)) and any(p in error.message.lower() for p in phrases)


MEANINGS = (
    Meaning("told to wait", _kind(RetryAfter), "again"),
    Meaning("the group has another id", _kind(ChatMigrated), "moved"),
    Meaning("the token is unknown", _kind(InvalidToken, EndPointNotFound), "stranger"),  # the latter for a method called by name
    Meaning("nothing to do", _words(SETTLED), "sent"),
    Meaning("not allowed in this chat", _words(NOT_HERE), "muted"),
    Meaning("the chat is gone", _words(GONE), "gone"),
    Meaning("refused", _kind(BadRequest, Forbidden), "refused"),
    Meaning("no answer in time", _kind(TimedOut), "again", unclear=True),
    Meaning("the connection broke", _kind(Interrupted), "again", unclear=True),
    Meaning("not reached", _kind(NetworkError), "again"),
    Meaning("no Bot API's answer", _kind(TelegramError), "again", unclear=True),
)


def verdict_on(error: TelegramError) -> SendResult:
    """What an error of python-telegram-bot means for the step that met it.

    >>> verdict_on(Forbidden("Forbidden: bot was blocked by the user")).because
    'the chat is gone'
    >>> verdict_on(BadRequest("Not enough rights to send photos to the chat")).outcome
    'muted'
    """
    meaning = next(meaning for meaning in MEANINGS if meaning.fits(error))
    told = isinstance(error, RetryAfter)
    return SendResult(
        meaning.outcome,
        message=error.new_chat_id if isinstance(error, ChatMigrated) else 0,
        seconds=_seconds(error.retry_after) if isinstance(error, RetryAfter) else 0.0,
        told=told,
        unclear=meaning.unclear,
        reason=error.message if meaning.outcome in ("refused", "gone", "muted") else type(error).__name__,
        because=meaning.because,
    )


def says(verdict: SendResult, phrases: tuple[str, ...]) -> bool:
    """Whether Telegram's reason holds one of the phrases."""
    return any(phrase in verdict.reason.lower() for phrase in phrases)


def _seconds(value: float | dtm.timedelta) -> float:
    return value.total_seconds() if isinstance(value, dtm.timedelta) else float(value)
