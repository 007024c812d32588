"""Tells Telegram the bot's command menu and descriptions, in every language, whenever they have changed."""

from __future__ import annotations

import logging
from typing import TypeAlias

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats
from telegram.error import TelegramError

from bot.contract.response import Service

log = logging.getLogger(__name__)

LANGUAGES = (("zh", None), ("zh", "zh"), ("en", "en"))  # wording, Telegram's code; None: all others

Commands: TypeAlias = tuple[tuple[str, str], ...]  # name, description
Menu: TypeAlias = tuple[Commands, Commands, tuple[str, str]]  # everywhere, in groups; description and short description of the bot


class MenuPublisher:
    """Remembers what Telegram was told."""

    def __init__(self, bot: Bot, service: Service) -> None:
        self._bot = bot
        self._service = service
        self._told: dict[str | None, Menu] = {}

    async def bring_up_to_date(self) -> None:
        """Tell Telegram what is new; a failure is logged and made good the next time, as the bot works without."""
        for wording, code in LANGUAGES:
            menu = (self._service.commands(wording), self._service.commands(wording, "group"), self._service.descriptions(wording))
            if self._told.get(code) == menu:
                continue
            try:
                await self._tell(menu, code)
            except TelegramError as error:
                log.warning("menus are not set: %s", error.message)
                return
            self._told[code] = menu

    async def _tell(self, menu: Menu, code: str | None) -> None:
        commands, in_groups, (description, short) = menu
        await self._bot.set_my_commands(_listed(commands), language_code=code)
        await self._bot.set_my_commands(_listed(in_groups), BotCommandScopeAllGroupChats(), language_code=code)
        await self._bot.set_my_description(description, language_code=code)
        await self._bot.set_my_short_description(short, language_code=code)


def _listed(commands: Commands) -> list[BotCommand]:
    return [BotCommand(name, text) for name, text in commands]
