"""Tells Telegram the bot's command menu and descriptions, in every language."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats
from telegram.error import TelegramError

from bot.contract.response import Service

log = logging.getLogger(__name__)

LANGUAGES = (("zh", None), ("zh", "zh"), ("en", "en"))  # wording, Telegram's code; None: all others


async def set_menus(bot: Bot, service: Service) -> None:
    """Command menus and descriptions in every language; a failure is logged, as the bot works without."""
    try:
        for wording, code in LANGUAGES:
            commands = [BotCommand(name, text) for name, text in service.commands(wording)]
            description, short = service.descriptions(wording)
            await bot.set_my_commands(commands, language_code=code)
            in_groups = [BotCommand(name, text) for name, text in service.commands(wording, "group")]
            await bot.set_my_commands(in_groups, BotCommandScopeAllGroupChats(), language_code=code)
            await bot.set_my_description(description, language_code=code)
            await bot.set_my_short_description(short, language_code=code)
    except TelegramError as error:
        log.warning("menus are not set: %s", error.message)
