"""Inline results: what the bot offers for a query, and the message that a chosen one becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.demo.world.keyboard import parse_markup
from bot.demo.world.message_text import FormattedText
from bot.demo.world.parameters import Parameters
from bot.demo.world.refusal import bad_request
from bot.demo.world.request_fields import parse_caption, parse_text
from bot.demo.world.telegram_state import Attachment, Json
from bot.demo.world.world import World

# Telegram's.
MAX_RESULTS = 50
MAX_ID = 64  # bytes
MAX_OFFSET = 64  # bytes
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class OfferedResult:
    """One offered result: what the list shows, and the content of the message."""

    id: str
    kind: str
    title: str
    description: str
    text: FormattedText
    markup: Json | None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What the bot answered to an inline query.

    button: (label, start parameter) above the results, or None.
    """

    results: tuple[OfferedResult, ...]
    next_offset: str
    button: tuple[str, str] | None


def parse_results(world: World, fields: Parameters) -> InlineAnswer:
    """The answer of a request. Raises Refusal."""
    values = fields.array("results", what="InlineQueryResult")
    if values is None:
        raise bad_request("can't parse inline query results: results are not specified")
    if len(values) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(parse_result(world, value) for value in values)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = fields.text("next_offset")
    if len(next_offset.encode()) > MAX_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    return InlineAnswer(results, next_offset, _parse_button(fields))


def _parse_button(fields: Parameters) -> tuple[str, str] | None:
    value = fields.json("button", what="InlineQueryResultsButton")
    if value is None:
        return None
    if not isinstance(value, dict) or not value.get("text"):
        raise bad_request("can't parse InlineQueryResultsButton: text must be non-empty")
    start = str(value.get("start_parameter", ""))
    if not START_PARAMETER.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return str(value["text"]), start


def parse_result(world: World, value: Any) -> OfferedResult:
    """One result of the kinds article, photo and document (the latter two by file_id). Raises Refusal."""
    if not isinstance(value, dict):
        raise bad_request("can't parse inline query result: InlineQueryResult must be an Object")
    kind = value.get("type")
    if kind not in ("article", "photo", "document"):
        raise bad_request("RESULT_TYPE_INVALID")
    result_id = value.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= MAX_ID:
        raise bad_request("RESULT_ID_INVALID")
    title = str(value.get("title", ""))
    if kind != "photo" and not title:
        raise bad_request("ARTICLE_TITLE_EMPTY" if kind == "article" else "DOCUMENT_TITLE_EMPTY")
    text, attachment = _parse_content(world, kind, value)
    markup = parse_markup(value.get("reply_markup"), private=False)
    return OfferedResult(result_id, kind, title, str(value.get("description", "")), text, markup, attachment)


def _parse_content(world: World, kind: str, value: Json) -> tuple[FormattedText, Attachment | None]:
    content = value.get("input_message_content")
    if isinstance(content, dict):
        fields = {
            "text": content.get("message_text", ""),
            "entities": content.get("entities"),
            "parse_mode": content.get("parse_mode", ""),
        }
        return parse_text(Parameters(fields)), None
    if kind == "article":
        raise bad_request("can't parse inline query result: Can't find field \"input_message_content\"")
    attachment = world.storage.find(str(value.get(f"{kind}_file_id", "")))
    if attachment is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return parse_caption(Parameters(value)), attachment
