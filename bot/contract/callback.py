"""Actions as callback data of at most 64 bytes, and back.

    q1f3a:2.1a.3z:?Ab3dE_-9.0:1
    │└┬─┘ └──────┬──────────┘ └ fields of the action, in order; numbers in base 36
    │ first characters of the corpus's fingerprint
    letter of the kind of action

Whoever taps controls these bytes: `decode` accepts only what `encode` writes; whether ids exist and rights
suffice is checked by whoever carries the action out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from bot.contract import bringing_actions as bringing_actions  # their kinds are known once they are loaded
from bot.contract import place_actions as place_actions
from bot.contract import reading_actions as reading_actions
from bot.contract import theme_actions as theme_actions
from bot.contract.actions import Action, Asked, AskedWords, AtPlace, Drawn, Key, Origin, PartPath, QuoteId

LIMIT = 64  # bytes, Telegram's
MARK = 4  # characters of the fingerprint: one of 65 536 other corpora is taken for this one; ids are checked all the same
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST = 36**6 - 1  # six digits, 2 176 782 335: more than a file has characters

_NUMBER = re.compile(r"0|[1-9a-z][0-9a-z]{0,5}")  # 2s
_KEY = re.compile(r"[A-Za-z0-9_-]{8}")  # Ab3dE_-9
_WORDS = re.compile(r"[^\s:]{1,19}")  # 工会怎么服务职工  GDP
_ZONE = re.compile(r"[A-Za-z0-9_/+-]{1,36}")  # America/Argentina/Buenos_Aires


class ForeignData(Exception):
    """`data` was not written by `encode`."""

    def __init__(self, data: str) -> None:
        super().__init__(data)
        self.data = data


class FieldCodec(NamedTuple):
    """How a type of field is written and read; both raise ValueError for what does not fit."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def encode(action: Action, fingerprint: str) -> str:
    """The callback data of an action on a card made from the corpus of that fingerprint.

    Raises ValueError for numbers outside 0..LARGEST and data over 64 bytes.
    """
    written = [codec.write(getattr(action, name)) for name, codec in _codecs(action.letter)]
    data = ":".join([action.letter + fingerprint[:MARK].ljust(MARK, "0"), *written])
    if len(data.encode()) > LIMIT:
        raise ValueError(f"{action} takes more than {LIMIT} bytes")
    return data


def decode(data: str) -> tuple[Action, str]:
    """The action, and the first characters of the fingerprint it was made for. Raises ForeignData."""
    head, *written = data.split(":")
    kind = Action.kinds.get(head[:1])
    if kind is None or not re.fullmatch(r"[0-9a-f]{4}", head[1:]):
        raise ForeignData(data)
    try:
        if len(data.encode()) > LIMIT:  # half a surrogate pair has no bytes: a ValueError too
            raise ForeignData(data)
        action = kind(*(codec.read(text) for (_, codec), text in zip(_codecs(kind.letter), written, strict=True)))
        if encode(action, head[1:]) != data:
            raise ForeignData(data)
    except ValueError:
        raise ForeignData(data) from None
    return action, head[1:]


def quote_id(text: str) -> QuoteId:
    """The id that the engine writes, as an action holds it. Raises ValueError."""
    speech, start, end = map(int, text.split("."))
    return QuoteId(speech, start, end)


@cache
def _codecs(letter: str) -> tuple[tuple[str, FieldCodec], ...]:
    """Name and codec of each field of a kind of action, in order."""
    kind = Action.kinds[letter]
    hints = get_type_hints(kind)
    return tuple((field.name, _CODECS[hints[field.name]]) for field in fields(kind))


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} does not fit")
    return text


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


def _numbers(values: tuple[int, ...]) -> str:
    return ".".join(map(_number, values))


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(map(_read_number, text.split("."))) if text else ()


def _read_quote(text: str) -> QuoteId:
    speech, start, end = _read_numbers(text)
    return QuoteId(speech, start, end)


def _key(key: str) -> str:
    return _matching(_KEY, key)


def _read_key(text: str) -> Key:
    return Key(_key(text))


def _words(words: str) -> str:
    return _matching(_WORDS, words)


def _zone(name: str) -> str:
    return _matching(_ZONE, name)


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _read_flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(f"{text!r} is neither 0 nor 1")
    return text == "1"


def _origin(origin: Origin) -> str:
    if isinstance(origin, Asked):
        return f"?{_key(origin.question)}.{_number(origin.skip)}"
    if isinstance(origin, AtPlace):
        return f"!{_placed(origin)}"
    return f"~{_drawn(origin)}" if origin else ""


def _read_origin(text: str) -> Origin:
    if text.startswith("?"):
        key, _, skip = text[1:].partition(".")
        return Asked(_read_key(key), _read_number(skip))
    if text.startswith("!"):
        return _read_placed(text[1:])
    if text.startswith("~"):
        return _read_drawn(text[1:])
    if text:
        raise ValueError(text)
    return None


def _drawn(drawn: Drawn) -> str:
    return _number(drawn.speech) + (_key(drawn.word) if drawn.word else "")


def _read_drawn(text: str) -> Drawn:
    head, key = (text[:-8], text[-8:]) if len(text) > 8 else (text, "")
    return Drawn(_read_number(head), _key(key) if key else "")


def _placed(placed: AtPlace) -> str:
    return _key(placed.wording) + (_key(placed.question) if placed.question else "") + f".{_number(placed.at)}"


def _read_placed(text: str) -> AtPlace:
    keys, _, at = text.rpartition(".")
    return AtPlace(_read_key(keys[:8]), _read_number(at), str(_key(keys[8:])) if keys[8:] else "")


_CODECS: dict[Any, FieldCodec] = {
    int: FieldCodec(_number, _read_number),
    bool: FieldCodec(_flag, _read_flag),
    str: FieldCodec(_zone, _zone),
    Key: FieldCodec(_key, _read_key),
    AskedWords: FieldCodec(_words, lambda text: AskedWords(_words(text))),
    QuoteId: FieldCodec(_numbers, _read_quote),
    QuoteId | None: FieldCodec(lambda quote: _numbers(quote or ()), lambda text: _read_quote(text) if text else None),
    PartPath: FieldCodec(_numbers, _read_numbers),
    Drawn: FieldCodec(_drawn, _read_drawn),
    AtPlace: FieldCodec(_placed, _read_placed),
    Origin: FieldCodec(_origin, _read_origin),
}
