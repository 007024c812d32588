"""What Telegram tells a page that somebody opened, signed as Telegram signs it; written apart from what verifies it."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import quote

TOKEN = "7000000001:AAGtokenOfTheTests_0123456789-abcde"
NOW = 1_795_000_000.0
PERSON = {"id": 7, "first_name": "甲 & 乙=丙", "username": "user_a", "language_code": "zh-hans", "allows_write_to_pm": True}


def fields(**changes: str) -> dict[str, str]:
    """Those of a person who opens a page from a button, changed; "" leaves one out."""
    usual = {
        "query_id": "AAHdF6IQAAAAAN0XohDhrOrc",
        "user": json.dumps(PERSON, ensure_ascii=False),
        "auth_date": str(int(NOW) - 5),
        "signature": "6fbdaab833d39f54518bd5c3eb3f511d035e68cb",
    }
    return {name: value for name, value in (usual | changes).items() if value}


def sign(values: dict[str, str], token: str = TOKEN) -> str:
    """The hash over all of them."""
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={values[name]}" for name in sorted(values))
    return hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()


def written(values: dict[str, str]) -> str:
    """As it stands in a page's address."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())


def init_data(token: str = TOKEN, **changes: str) -> str:
    """Signed data."""
    values = fields(**changes)
    return written(values | {"hash": sign(values, token)})
