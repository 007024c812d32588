"""Fetches a file that somebody sent: what it is called, its bytes, however long Telegram is away."""

from __future__ import annotations

import asyncio
import logging
import mimetypes

from telegram import Bot, Document
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.edge.sending import backoff
from bot.edge.transport import UPLOAD_SECONDS
from bot.edge.verdicts import verdict_on

log = logging.getLogger(__name__)

TRIES = 4  # of what Telegram refuses: its "temporarily unavailable" may be true, and the path of a file expires; 3.5 s in all


def name_of(document: Document) -> str:
    """The file's name; where the sender's program gave none, one with the ending of its kind."""
    return document.file_name or f"file{mimetypes.guess_extension(document.mime_type or '') or ''}"


async def content_of(bot: Bot, document: Document) -> bytes | None:
    """The bytes; None when Telegram does not give the file out. Waits while Telegram cannot be reached: fetching twice does no harm."""
    refused = failures = 0
    while True:
        try:
            file = await bot.get_file(document.file_id)
            content = bytes(await file.download_as_bytearray(read_timeout=UPLOAD_SECONDS))
            if len(content) == (file.file_size or len(content)):
                return content
            raise NetworkError("a part of the file is missing")
        except (BadRequest, Forbidden, InvalidToken) as error:  # the latter is what the library makes of an unknown path
            refused += 1
            if refused == TRIES:
                log.warning("a file is not given out", extra={"why": type(error).__name__})
                return None
            await asyncio.sleep(backoff(refused))
        except TelegramError as error:
            failures += 1
            await asyncio.sleep(verdict_on(error).seconds if isinstance(error, RetryAfter) else backoff(failures))
