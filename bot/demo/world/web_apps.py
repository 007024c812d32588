"""Pages that open inside: which address a button or a link opens, and what Telegram tells the page about who opened it.

https://core.telegram.org/bots/webapps
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from bot.demo.world.telegram_state import Json, Message, User

MAIN_PAGE = "/read"  # what the bot's owner would tell BotFather
VERSION = "9.1"  # of the pages' interface
SIGNATURE_BYTES = 64  # of the signature that only Telegram can write, an Ed25519 one
_START = re.compile(r"[A-Za-z0-9_-]{1,512}")


def page_of_button(message: Message, url: str) -> str:
    """The address on one of a message's buttons. Raises ValueError when none has it."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    if not any(button.get("web_app", {}).get("url") == url for row in rows for button in row):
        raise ValueError(f"no button opens {url}")
    return url


def main_page(start: str) -> str:
    """The address that a link with `startapp` opens. Raises ValueError."""
    if not _START.fullmatch(start):
        raise ValueError(f"startapp is {start!r}; expected 1-512 of A-Z a-z 0-9 _ -")
    return f"{MAIN_PAGE}?{urlencode({'tgWebAppStartParam': start})}"


def app_address(page: str, user: User, token: str, now: float, theme: Json, *, start: str = "") -> str:
    """A page's address with who opens it, in which colours; a fragment that it has already stays in front."""
    values = {
        "tgWebAppData": _init_data(user, token, now, start),
        "tgWebAppVersion": VERSION,
        "tgWebAppPlatform": "weba",
        "tgWebAppThemeParams": json.dumps(theme),
    }
    told = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())
    return page + ("&" if "#" in page else "#") + told


def _init_data(user: User, token: str, now: float, start: str) -> str:
    person = {
        "id": user.id,
        "first_name": user.first_name,
        "last_name": "",
        "language_code": user.language_code,
        "allows_write_to_pm": True,
    }
    if user.username:
        person["username"] = user.username
    # A link says where it was opened, a button can be answered.
    way = {"chat_type": "sender", "start_param": start} if start else {"query_id": secrets.token_urlsafe(18)}
    fields = {
        **way,
        "user": json.dumps(person, ensure_ascii=False),
        "auth_date": str(int(now)),
        "signature": secrets.token_urlsafe(SIGNATURE_BYTES),
    }
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in (fields | {"hash": _hash(fields, token)}).items())


def _hash(fields: Mapping[str, str], token: str) -> str:
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    return hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
