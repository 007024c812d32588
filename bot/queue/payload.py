"""An update as text that every database keeps, and what of it the queue looks at."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]

CALLBACK_SECONDS = 150.0  # later answers are refused: "query is too old"
INLINE_SECONDS = 30.0

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")  # \u0000  but not \\u0000, a backslash before five signs


def as_stored(update: Payload) -> tuple[str, Payload]:
    """The update as JSON text, and as it is read from that again.

    What no database keeps becomes a replacement character: half a surrogate pair and NUL, which Telegram does not
    send. Raises ValueError, TypeError or RecursionError for what is no JSON.

    >>> as_stored({"update_id": 1, "text": "\\ud800问\\x00"})[1]
    {'update_id': 1, 'text': '�问�'}
    """
    text = json.dumps(update, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    else:
        if "\\u0000" not in text:
            return text, update
    text = _NUL.sub(r"\1" + "\N{REPLACEMENT CHARACTER}", text)
    return text, json.loads(text)


def lane_of(update: Payload) -> str:
    """Updates of one lane are answered in order: the chat, or the person when there is no chat of ours."""
    for kind, content in update.items():
        if not isinstance(content, dict):
            continue
        holder = content.get("message") if kind == "callback_query" else content
        chat = _id_in(holder, "chat")
        if chat is not None and kind not in ("inline_query", "guest_message"):
            return f"c{chat}"[:40]
        return f"u{_id_in(content, 'user' if kind == 'poll_answer' else 'from')}"[:40]
    return "none"


def _id_in(holder: object, name: str) -> int | None:
    inner = holder.get(name) if isinstance(holder, dict) else None
    number = inner.get("id") if isinstance(inner, dict) else None
    return number if isinstance(number, int) else None
