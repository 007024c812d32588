"""Actions as callback data of at most 64 bytes, and back.

    q1f3a:2.1a.3z:?Ab3dE_-9.0:1
    │└┬─┘ └──────┬──────────┘ └ fields of the action, in order; numbers in base 36
    │ first characters of the corpus's fingerprint
    kind of action

Whoever taps controls these bytes: `decode` accepts only what `encode` writes; whether ids exist and rights
suffice is checked by whoever carries the action out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

from bot.contract import actions
from bot.contract.actions import Action, Asked, Drawn, Key, Origin, Path, QuoteId

LIMIT = 64  # bytes, Telegram's
MARK = 4  # characters of the fingerprint
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST = 36**6 - 1

_NUMBER = re.compile(r"0|[1-9a-z][0-9a-z]{0,5}")  # 2s
_KEY = re.compile(r"[A-Za-z0-9_-]{8}")  # Ab3dE_-9
_ZONE = re.compile(r"[A-Za-z0-9_/+-]{1,36}")  # America/Argentina/Buenos_Aires


class ForeignData(Exception):
    """`data` was not written by `encode`."""

    def __init__(self, data: str) -> None:
        super().__init__(data)
        self.data = data


_KINDS: dict[str, type[Action]] = {
    "a": actions.Found,
    "q": actions.Single,
    "c": actions.Around,
    "t": actions.Tools,
    "y": actions.Styles,
    "m": actions.Same,
    "s": actions.Star,
    "j": actions.Unstar,
    "i": actions.Picture,
    "v": actions.Vote,
    "r": actions.Again,
    "l": actions.Listing,
    "o": actions.Outline,
    "p": actions.Part,
    "f": actions.FullText,
    "w": actions.Cloud,
    "k": actions.Compare,
    "e": actions.Example,
    "u": actions.Tour,
    "b": actions.Saved,
    "d": actions.Drop,
    "x": actions.Export,
    "D": actions.Daily,
    "S": actions.DailySwitch,
    "H": actions.DailyHours,
    "M": actions.DailyAt,
    "Z": actions.DailyZones,
    "z": actions.DailyZone,
    "C": actions.DailyScopes,
    "P": actions.DailyScope,
    "n": actions.Preferences,
    "L": actions.Speak,
    "N": actions.Quotes,
    "T": actions.Traditional,
    "X": actions.Forget,
}
_CODES = {kind: code for code, kind in _KINDS.items()}


def encode(action: Action, fingerprint: str) -> str:
    """The callback data of an action on a card made from the corpus of that fingerprint.

    Raises ValueError for numbers outside 0..LARGEST and data over 64 bytes.
    """
    kind = type(action)
    written = [_FIELDS[hint][0](getattr(action, name)) for name, hint in _hints(kind)]
    data = ":".join([_CODES[kind] + fingerprint[:MARK].ljust(MARK, "0"), *written])
    if len(data.encode()) > LIMIT:
        raise ValueError(f"{action} takes more than {LIMIT} bytes")
    return data


def decode(data: str) -> tuple[Action, str]:
    """The action, and the first characters of the fingerprint it was made for. Raises ForeignData."""
    head, *written = data.split(":")
    kind = _KINDS.get(head[:1])
    if kind is None or not re.fullmatch(r"[0-9a-f]{4}", head[1:]) or len(data) > LIMIT:
        raise ForeignData(data)
    hints = _hints(kind)
    if len(hints) != len(written):
        raise ForeignData(data)
    try:
        values = [_FIELDS[hint][1](text) for (_, hint), text in zip(hints, written, strict=True)]
        action = kind(*values)
        if encode(action, head[1:]) != data:
            raise ForeignData(data)
    except ValueError:
        raise ForeignData(data) from None
    return action, head[1:]


def codes() -> dict[type[Action], str]:
    """The letter of every kind of action."""
    return dict(_CODES)


def quote_id(text: str) -> QuoteId:
    """The id that the engine writes, as an action holds it. Raises ValueError."""
    speech, start, end = map(int, text.split("."))
    return QuoteId(speech, start, end)


def _hints(kind: type[Action]) -> list[tuple[str, Any]]:
    if kind not in _HINTS:
        hints = get_type_hints(kind)
        _HINTS[kind] = [(field.name, hints[field.name]) for field in fields(kind)]
    return _HINTS[kind]


_HINTS: dict[type[Action], list[tuple[str, Any]]] = {}


def _number(value: int) -> str:
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} is no number from 0 to {LARGEST}")
    digits = ""
    while value >= 36:
        value, digit = divmod(value, 36)
        digits = DIGITS[digit] + digits
    return DIGITS[value] + digits


def _read_number(text: str) -> int:
    return int(_matching(_NUMBER, text), 36)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} does not fit")
    return text


def _numbers(values: tuple[int, ...]) -> str:
    return ".".join(map(_number, values))


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(map(_read_number, text.split("."))) if text else ()


def _read_quote(text: str) -> QuoteId:
    speech, start, end = _read_numbers(text)
    return QuoteId(speech, start, end)


def _origin(origin: Origin) -> str:
    if isinstance(origin, Asked):
        return f"?{_matching(_KEY, origin.question)}.{_number(origin.skip)}"
    return f"~{_drawn(origin)}" if origin else ""


def _read_origin(text: str) -> Origin:
    if text.startswith("?"):
        key, _, skip = text[1:].partition(".")
        return Asked(_read_key(key), _read_number(skip))
    if text.startswith("~"):
        return _read_drawn(text[1:])
    if text:
        raise ValueError(text)
    return None


def _drawn(drawn: Drawn) -> str:
    return _number(drawn.speech) + (_matching(_KEY, drawn.word) if drawn.word else "")


def _read_drawn(text: str) -> Drawn:
    head, key = (text[:-8], text[-8:]) if len(text) > 8 else (text, "")
    return Drawn(_read_number(head), _matching(_KEY, key) if key else "")


def _read_key(text: str) -> Key:
    return Key(_matching(_KEY, text))


def _read_flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(text)
    return text == "1"


_FIELDS: dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    int: (_number, _read_number),
    bool: (lambda value: str(int(value)), _read_flag),
    str: (lambda value: _matching(_ZONE, value), lambda text: _matching(_ZONE, text)),
    Key: (lambda value: _matching(_KEY, value), _read_key),
    QuoteId: (_numbers, _read_quote),
    QuoteId | None: (lambda v: _numbers(v) if v else "", lambda text: _read_quote(text) if text else None),
    Path: (_numbers, _read_numbers),
    Drawn: (_drawn, _read_drawn),
    Origin: (_origin, _read_origin),
}  # fmt: skip
