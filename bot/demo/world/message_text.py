"""What Telegram makes of a text: cleaned, trimmed, with the entities it finds in it.

Offsets are UTF-16 code units, as everywhere in the Bot API. The rules are those of TDLib
(`clean_input_string`, `fix_formatted_text`, `find_entities`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.demo.world.refusal import bad_request

MAX_ENTITIES = 100  # as met on Telegram: more are dropped silently, with the formatting they carried

KIND_NAMES = (
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
    "blockquote expandable_blockquote code pre text_link text_mention custom_emoji"
)
KINDS = frozenset(KIND_NAMES.split())
OPAQUE_KINDS = frozenset({"code", "pre", "text_link", "text_mention"})  # nothing is detected inside them

# Word boundaries are Unicode's: 问 is a word character, so `@bot问` is no mention and `@bot，问` is one.
MENTION = r"(?<!\w)@(?P<mention>[a-zA-Z0-9_]{2,32})(?!\w)"  # @quotes_bot
BOT_COMMAND = r"(?<![\w/<>])/(?P<bot_command>[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?)(?![\w/<>])"  # /s3_2
HASHTAG = r"(?<![\w#])#(?P<hashtag>\w*[^\W\d]\w*)"  # #劳模
URL = r"(?P<url>https?://[^\s<>\"，。；、！？（）「」]+)"  # https://example.org/a
DETECTED = re.compile("|".join((URL, BOT_COMMAND, MENTION, HASHTAG)))

BECOMES_BLANK = {code: " " for code in range(33) if code not in (10, 13)}
VANISHES = {13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A}
CHANGES_OFFSETS = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a\U00010000-\U0010ffff]")
LOOKS_EMPTY = dict.fromkeys(
    [0x1680, 0x180E, *range(0x2000, 0x2010), 0x202E, 0x202F, 0x205F, 0x2800, 0x3000, 0xFFFC, 0xFEFF, 0xA0],
    " ",
)


@dataclass(frozen=True, slots=True)
class TextEntity:
    """Formatting of `length` UTF-16 units from `offset`; url only for text_link, language only for pre."""

    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def to_json(self) -> dict[str, Any]:
        """The Bot API's MessageEntity."""
        out: dict[str, Any] = {"type": self.kind, "offset": self.offset, "length": self.length}
        if self.url:
            out["url"] = self.url
        if self.language:
            out["language"] = self.language
        return out


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as Telegram keeps it, with its entities in order."""

    content: str = ""
    entities: tuple[TextEntity, ...] = ()

    def entities_json(self) -> list[dict[str, Any]]:
        return [entity.to_json() for entity in self.entities]


def units(text: str) -> int:
    """Length in UTF-16 code units: `units("a😀") == 3`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """True when Telegram shows nothing: blanks of all kinds, zero-width signs, an empty string."""
    return not text.translate(LOOKS_EMPTY).strip(" \n")


def parse_entities(values: Iterable[Any]) -> list[TextEntity]:
    """Entities from a request. Raises Refusal for wrong shapes, kinds and negative numbers."""
    return [_parse_entity(value) for value in values]


def _parse_entity(value: Any) -> TextEntity:
    if not isinstance(value, dict):
        raise bad_request("can't parse MessageEntity: Expected an Object")
    kind = value.get("type")
    if kind not in KINDS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    offset, length = _number(value, "offset"), _number(value, "length")
    url = str(value.get("url", ""))
    if kind == "text_link":
        _check_url(url)
    return TextEntity(str(kind), offset, length, url, str(value.get("language", "")))


def _number(value: dict[str, Any], name: str) -> int:
    number = value.get(name)
    if not isinstance(number, int):
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    if number < 0:
        raise bad_request(f"receive an entity with incorrect {name} {number}")
    return number


def _check_url(url: str) -> None:
    if not url:
        raise bad_request("entity URL '' is invalid: URL host is empty")
    if not re.match(r"(https?|tg)://[^\s/]+", url):
        raise bad_request(f"entity URL '{url}' is invalid: Wrong HTTP URL")


def clean(raw: str, entities: Iterable[TextEntity] = (), *, detect: bool = True) -> FormattedText:
    """The text as it is kept. Raises Refusal when an entity lies outside it or cuts a UTF-16 pair.

    `clean("\\ta\\r\\n ").content == "a"`; U+3000 stays.
    """
    content, moved = _clean_signs(raw)
    placed = [_place(entity, moved) for entity in _checked(entities, moved, units(raw))]
    kept = content.rstrip(" \n")
    lead = len(kept) - len(kept.lstrip(" \n"))
    trimmed = FormattedText(kept[lead:], tuple(_shift(placed, units(kept[:lead]), units(kept))))
    found = _detect(trimmed) if detect else ()
    ordered = sorted((*trimmed.entities, *found), key=lambda e: (e.offset, -e.length))
    return replace(trimmed, entities=tuple(ordered[:MAX_ENTITIES]))


Offsets = range | dict[int, int]  # old UTF-16 offset -> new one; the middles of pairs are no keys


def _clean_signs(raw: str) -> tuple[str, Offsets]:
    """The text of the signs that stay, and where each offset went."""
    if not CHANGES_OFFSETS.search(raw):
        return raw.translate(BECOMES_BLANK), range(len(raw) + 1)
    signs: list[str] = []
    moved: dict[int, int] = {}
    before = after = 0
    for sign in raw:
        moved[before] = after
        width = 2 if ord(sign) > 0xFFFF else 1
        before += width
        if ord(sign) not in VANISHES:
            signs.append(BECOMES_BLANK.get(ord(sign), sign))
            after += width
    moved[before] = after
    return "".join(signs), moved


def _checked(entities: Iterable[TextEntity], moved: Offsets, end: int) -> Iterator[TextEntity]:
    for entity in entities:
        if entity.offset > end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        start = f"entity beginning at UTF-16 offset {entity.offset} ends"
        if entity.end > end:
            raise bad_request(f"{start} after the end of the text at UTF-16 offset {entity.end}")
        if entity.offset not in moved:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {entity.offset}")
        if entity.end not in moved:
            raise bad_request(f"{start} in a middle of a UTF-16 symbol at offset {entity.end}")
        yield entity


def _place(entity: TextEntity, moved: Offsets) -> TextEntity:
    start = moved[entity.offset]
    return replace(entity, offset=start, length=moved[entity.end] - start)


def _shift(entities: Iterable[TextEntity], lead: int, end: int) -> Iterator[TextEntity]:
    """Entities once `lead` units are cut off the front, all beyond `end` off the back. None is empty."""
    for entity in entities:
        start, stop = max(entity.offset, lead), min(entity.end, end)
        if stop > start:
            yield replace(entity, offset=start - lead, length=stop - start)


def _detect(text: FormattedText) -> Iterator[TextEntity]:
    taken = [entity for entity in text.entities if entity.kind in OPAQUE_KINDS]
    for match in DETECTED.finditer(text.content):
        start = units(text.content[: match.start()])
        found = TextEntity(str(match.lastgroup), start, units(match.group()))
        if not any(other.offset < found.end and found.offset < other.end for other in taken):
            yield found
