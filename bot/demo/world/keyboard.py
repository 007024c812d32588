"""Inline keyboards: what Telegram refuses and what it keeps of them."""

from __future__ import annotations

import re
from typing import Any

from bot.demo.world.refusal import bad_request
from bot.demo.world.telegram_state import Json

# Telegram's.
MAX_BUTTONS = 100
MAX_COPY = 256  # characters
MAX_DATA = 64  # bytes
TARGETS = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "web_app",
)
_PAGE = re.compile(r"(https://[^\s/?#]+|http://(127\.0\.0\.1|localhost)(:[0-9]{1,5})?)([/?#]\S*)?$")
MAY_BE_EMPTY = ("switch_inline_query", "switch_inline_query_current_chat")


def parse_markup(value: Any, *, private: bool) -> Json | None:
    """The inline keyboard as it is kept, None for none or an empty one. Raises Refusal.

    private: of a message that the bot sends to a private chat, where alone a button may open a page.
    Reply keyboards, their removal and forced replies are accepted and, as they are no part of a message, not
    kept.
    """
    if not value:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in value:
        return None
    rows = value["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    kept = [[_parse_button(button) for button in _row(row)] for row in rows]
    kept = [row for row in kept if row]
    if not private and any("web_app" in button for row in kept for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard button: InlineKeyboard must be an Array of Arrays")
    return row


def _parse_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise bad_request("can't parse inline keyboard button: inline button text is empty")
    targets = [name for name in TARGETS if name in button and button[name] not in (None, "")]
    targets += [name for name in MAY_BE_EMPTY if button.get(name) == ""]
    if not targets:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    target = targets[0]
    _check_target(target, button[target])
    return {"text": label, target: button[target]}


def _check_target(target: str, value: Any) -> None:
    if target == "callback_data" and not (isinstance(value, str) and len(value.encode()) <= MAX_DATA):
        raise bad_request("BUTTON_DATA_INVALID")
    if target == "url" and not re.match(r"(https?|tg)://[^\s/]+", str(value)):
        wrong = "Unsupported URL protocol" if "://" in str(value) else "Wrong HTTP URL"
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}")
    if target == "copy_text" and not (isinstance(value, dict) and 1 <= len(str(value.get("text", ""))) <= MAX_COPY):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if target == "switch_inline_query_chosen_chat" and not isinstance(value, dict):
        raise bad_request("can't parse inline keyboard button: SwitchInlineQueryChosenChat must be an Object")
    if target == "web_app":
        _check_page(value)


def _check_page(value: Any) -> None:
    """The address of a page that opens inside; http only for what runs on this machine, where nobody listens in."""
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"url\"")
    url = value["url"]
    if not _PAGE.match(url):
        wrong = "Only HTTPS links are allowed" if "://" in url else "Wrong HTTP URL"
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: {wrong}")
