"""A `Reply` as the Bot API's JSON: entities in UTF-16 units, keyboards, files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from telegram import InputFile

from bot.contract.reply import Button, Reply
from bot.contract.response import InlinePage, InlineResult

EVERYWHERE = {
    "allow_user_chats": True,
    "allow_bot_chats": False,
    "allow_group_chats": True,
    "allow_channel_chats": True,
}


def message_of(reply: Reply) -> dict[str, Any]:
    """What `sendMessage`, `editMessageText` and an inline result's content share; no link previews."""
    return _dressed(reply, {"text": reply.text, "link_preview_options": {"is_disabled": True}}, "entities")


def upload_of(reply: Reply) -> dict[str, Any]:
    """Arguments of `sendDocument` or `sendPhoto` for a reply with a file; the text is its caption."""
    if reply.file is None:
        raise ValueError("the reply has no file")
    upload = InputFile(reply.file.content, filename=reply.file.name)
    arguments: dict[str, Any] = {reply.file.kind: upload}
    if reply.text:
        arguments["caption"] = reply.text
    return _dressed(reply, arguments, "caption_entities")


def poll_of(reply: Reply) -> dict[str, Any]:
    """Arguments of `sendPoll` for a reply with a quiz; not anonymous, or nobody would be told who answered what."""
    if reply.quiz is None:
        raise ValueError("the reply has no quiz")
    arguments: dict[str, Any] = {
        "question": reply.quiz.question,
        "options": [{"text": option} for option in reply.quiz.options],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [reply.quiz.right],
        "explanation": reply.quiz.explanation,
    }
    return _dressed(replace(reply, entities=()), arguments, "question_entities")


def article_of(result: InlineResult) -> dict[str, Any]:
    """One inline result that sends its reply as a message."""
    content = message_of(result.message)
    keyboard = content.pop("reply_markup", None)
    article = {
        "type": "article",
        "id": result.id,
        "title": result.title,
        "description": result.description,
        "input_message_content": content | {"message_text": content.pop("text")},
    }
    return article | ({"reply_markup": keyboard} if keyboard else {})


def page_of(page: InlinePage) -> dict[str, Any]:
    """What `answerInlineQuery` needs besides the id of the query."""
    arguments: dict[str, Any] = {
        "results": [article_of(result) for result in page.results],
        "cache_time": page.cache_seconds,
        "next_offset": page.next_offset,
    }
    if page.button_label:
        start = page.button_start or "start"
        arguments["button"] = {"text": page.button_label, "start_parameter": start}
    return arguments


def _dressed(reply: Reply, arguments: dict[str, Any], entities: str) -> dict[str, Any]:
    if reply.entities:
        arguments[entities] = _entities(reply)
    if reply.buttons:
        arguments["reply_markup"] = {"inline_keyboard": [[_button(b) for b in row] for row in reply.buttons]}
    return arguments


def _entities(reply: Reply) -> list[dict[str, Any]]:
    units = _units_before(reply.text)
    return [
        {"type": e.kind, "offset": units[e.start], "length": units[e.end] - units[e.start]} | ({"url": e.url} if e.url else {})
        for e in reply.entities
    ]


def _units_before(text: str) -> Sequence[int]:
    """For every position the UTF-16 units before it.

    >>> list(_units_before("a😀b"))
    [0, 1, 3, 4]
    """
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    return [0, *accumulate(2 if sign > "\uffff" else 1 for sign in text)]


def _button(button: Button) -> dict[str, Any]:
    target: dict[str, Any]
    if button.data is not None:
        target = {"callback_data": button.data}
    elif button.url is not None:
        target = {"url": button.url}
    elif button.copy is not None:
        target = {"copy_text": {"text": button.copy}}
    elif button.web_app is not None:
        target = {"web_app": {"url": button.web_app}}
    else:
        target = {"switch_inline_query_chosen_chat": {"query": button.share or "", **EVERYWHERE}}
    return {"text": button.label, **target}
