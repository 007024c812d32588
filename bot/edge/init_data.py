"""Who opened a page inside Telegram: what Telegram tells the page, verified with the bot's token.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

LONGEST = 4096  # bytes, chosen: of a person with the longest names and a group's title 1 300
OLDEST = 24 * 3600  # seconds, chosen: a page that stays open over a day is opened anew; who steals the data has it no longer
AHEAD = 60  # seconds that Telegram's clock may be ahead of ours, chosen
MOST_FIELDS = 20  # chosen; Telegram has named ten
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[1-9][0-9]{0,11}")
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]")  # a percent sign alone, blanks, controls, anything that is not ASCII
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # a line feed in a value would look like two fields


class InitDataRefused(Exception):
    """The data is not Telegram's, or too old; `why` names the rule, for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class AppPerson:
    """Who opened the page. language: the client's IETF tag or "". start_param: of the link that led here, or ""."""

    user_id: int
    language: str = ""
    start_param: str = ""


def verified(init_data: str, token: str, now: float) -> AppPerson:
    """Who Telegram says it is, `now` in seconds UTC. Raises InitDataRefused for anything forged, altered, too old or not well formed."""
    fields = _fields(init_data)
    given = fields.pop("hash", "")
    if not _HASH.fullmatch(given) or not hmac.compare_digest(given, _signature(fields, token)):
        raise InitDataRefused("hash")
    date = fields.get("auth_date", "")
    if not _DATE.fullmatch(date) or not now - OLDEST <= int(date) <= now + AHEAD:
        raise InitDataRefused("auth_date")
    return _person(fields)


def _fields(init_data: str) -> dict[str, str]:
    if len(init_data) > LONGEST or _BROKEN.search(init_data):
        raise InitDataRefused("encoding")
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:  # no UTF-8, no pairs, too many
        raise InitDataRefused("encoding") from None
    fields = dict(pairs)
    if len(fields) < len(pairs) or any(map(_CONTROL.search, (*fields, *fields.values()))):
        raise InitDataRefused("fields")
    return fields


def _signature(fields: Mapping[str, str], token: str) -> str:
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.digest(key, lines.encode(), hashlib.sha256).hex()


def _person(fields: Mapping[str, str]) -> AppPerson:
    try:
        user: Any = json.loads(fields["user"])
        number, language = user["id"], user.get("language_code", "")
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise InitDataRefused("user") from None
    if type(number) is not int or number <= 0 or not isinstance(language, str):
        raise InitDataRefused("user")
    return AppPerson(number, language, fields.get("start_param", ""))
