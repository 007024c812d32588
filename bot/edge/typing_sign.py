"""The typing indicator over a chat while an answer takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from telegram import Bot, Message
from telegram.error import TelegramError

T = TypeVar("T")
TYPING_SECONDS = 1.0  # shorter waits need no sign


async def with_typing(bot: Bot, message: Message, work: Awaitable[T]) -> T:
    """The result; the indicator is shown, once, when it takes long."""
    loop = asyncio.get_running_loop()
    shown: list[asyncio.Task[None]] = []
    timer = loop.call_later(TYPING_SECONDS, lambda: shown.append(loop.create_task(_type(bot, message))))
    try:
        return await work
    finally:
        timer.cancel()
        for task in shown:
            task.cancel()


async def _type(bot: Bot, message: Message) -> None:
    thread = message.message_thread_id if message.is_topic_message else None
    try:
        await bot.send_chat_action(message.chat.id, "typing", message_thread_id=thread)
    except TelegramError:
        return  # an ornament
