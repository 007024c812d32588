"""A `Reply` as the arguments of python-telegram-bot's methods: UTF-16 entities, keyboards, files."""

from __future__ import annotations

from typing import Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    SwitchInlineQueryChosenChat,
)

from bot.answers import InlineResult
from bot.reply import Button, Reply

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def entities_of(reply: Reply) -> list[MessageEntity] | None:
    """The formatting in Telegram's units, None when there is none."""
    if not reply.entities:
        return None
    entities = [MessageEntity(e.kind, e.start, e.end - e.start, url=e.url) for e in reply.entities]
    return list(MessageEntity.adjust_message_entities_to_utf_16(reply.text, entities))


def keyboard_of(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons, None when there are none."""
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in reply.buttons])


def message_of(reply: Reply) -> dict[str, Any]:
    """Arguments that `send_message` and `edit_message_text` share."""
    return {
        "text": reply.text,
        "entities": entities_of(reply),
        "reply_markup": keyboard_of(reply),
        "link_preview_options": NO_PREVIEW,
    }


def upload_of(reply: Reply) -> dict[str, Any]:
    """Arguments of `send_document` or `send_photo` for a reply with a file."""
    if reply.file is None:
        raise ValueError("the reply has no file")
    return {
        reply.file.kind: InputFile(reply.file.content, filename=reply.file.name),
        "caption": reply.text or None,
        "caption_entities": entities_of(reply),
        "reply_markup": keyboard_of(reply),
    }


def article_of(result: InlineResult) -> InlineQueryResultArticle:
    """One inline result that sends its reply as a message."""
    content = InputTextMessageContent(
        result.message.text, entities=entities_of(result.message), link_preview_options=NO_PREVIEW
    )
    return InlineQueryResultArticle(
        result.id,
        result.title,
        content,
        reply_markup=keyboard_of(result.message),
        description=result.description,
    )


def _button(button: Button) -> InlineKeyboardButton:
    if button.data is not None:
        return InlineKeyboardButton(button.label, callback_data=button.data)
    if button.url is not None:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copy is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    everywhere = SwitchInlineQueryChosenChat(
        button.share or "",
        allow_user_chats=True,
        allow_bot_chats=False,
        allow_group_chats=True,
        allow_channel_chats=True,
    )
    return InlineKeyboardButton(button.label, switch_inline_query_chosen_chat=everywhere)
