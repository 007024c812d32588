"""The bot's command menus and what it says about itself, per scope and language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.demo.world.parameters import Parameters
from bot.demo.world.refusal import bad_request
from bot.demo.world.telegram_state import Json, TelegramChat

COMMAND = re.compile(r"[a-z0-9_]+")
MAX_COMMANDS = 100  # Telegram's
PROFILE_LIMITS = {"name": 64, "description": 512, "short_description": 120}  # characters, Telegram's
COMMAND_LIMITS = {"command": 32, "command description": 256}  # characters, Telegram's
SCOPE_NAMES = "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member"
SCOPES = frozenset(SCOPE_NAMES.split())

MenuScope = tuple[str, int, int]  # type, chat id, user id


@dataclass(slots=True)
class Menus:
    """Commands by scope and language; name and descriptions by language ("" is every other language)."""

    commands: dict[tuple[MenuScope, str], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)

    def shown(self, chat: TelegramChat, user_id: int, language: str) -> list[Json]:
        """The menu a person sees: the narrowest scope that has one, in their language first."""
        for scope in _scopes(chat, user_id):
            for code in (language[:2], ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return []

    def about(self, what: str, language: str) -> str:
        """Name, description or short description as a person with this language sees it; "" when unset."""
        return self.profile.get((what, language[:2])) or self.profile.get((what, ""), "")


def _scopes(chat: TelegramChat, user_id: int) -> list[MenuScope]:
    """Scopes from narrow to wide, as https://core.telegram.org/bots/api#botcommandscope orders them."""
    if not chat.is_group:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    manages = chat.members.get(user_id) in ("creator", "administrator")
    narrow: list[MenuScope] = [("chat_member", chat.id, user_id)]
    if manages:
        narrow.append(("chat_administrators", chat.id, 0))
    narrow.append(("chat", chat.id, 0))
    if manages:
        narrow.append(("all_chat_administrators", 0, 0))
    return [*narrow, ("all_group_chats", 0, 0), ("default", 0, 0)]


def parse_scope(fields: Parameters) -> MenuScope:
    """The scope of a request. Raises Refusal for an unknown one."""
    value = fields.json("scope", what="BotCommandScope") or {"type": "default"}
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    try:
        return str(kind), int(value.get("chat_id", 0)), int(value.get("user_id", 0))
    except (TypeError, ValueError):
        raise bad_request("can't parse BotCommandScope: Expected an Integer") from None


def parse_language(fields: Parameters) -> str:
    """A two-letter code or "". Raises Refusal for anything else."""
    code = fields.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def parse_commands(values: list[Any] | None) -> list[Json]:
    """The commands of a request. Raises Refusal for lengths and signs that Telegram refuses."""
    if values is None:
        raise bad_request("can't parse BotCommand: Expected an Array of BotCommand")
    if len(values) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_parse_command(value) for value in values]


def _parse_command(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: Expected an Object")
    name = str(value.get("command", "")).strip().removeprefix("/")
    description = str(value.get("description", "")).strip()
    for (what, limit), content in zip(COMMAND_LIMITS.items(), (name, description), strict=True):
        if not content:
            raise bad_request(f"{what} must be non-empty")
        if len(content) > limit:
            raise bad_request(f"{what} length must not exceed {limit}")
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}
