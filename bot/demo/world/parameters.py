"""The parameters of one Bot API request, whatever the body was: form, JSON, multipart or query string."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.world.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values, each a string or (from JSON) any JSON value, and the uploaded files."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; "" when missing. Raises Refusal for strings that are not UTF-8 text."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return _encodable(value, name)
        return json.dumps(value) if isinstance(value, dict | list) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number, `default` when missing or no number (Telegram's own leniency)."""
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def truth(self, name: str) -> bool:
        """True for true, yes and 1 in any case, as Telegram reads them."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str, *, what: str) -> Any:
        """A JSON value, None when missing. `what` names it in the refusal, with Telegram's words."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def array(self, name: str, *, what: str) -> list[Any] | None:
        """A JSON array, None when missing."""
        value = self.json(name, what=what)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {what}")
        return value

    def upload(self, name: str) -> Upload | None:
        """The file of a parameter: the part of that name, or the one that `attach://part` points to."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


def _encodable(value: str, name: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request(f"{name} must be encoded in UTF-8") from None
    return value
