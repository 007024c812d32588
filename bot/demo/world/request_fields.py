"""What requests have in common: the chat, the text, the message they speak of; Refusal when one is wrong."""

from __future__ import annotations

from bot.demo.world.message_text import FormattedText, clean, is_blank, parse_entities
from bot.demo.world.parameters import Parameters
from bot.demo.world.refusal import bad_request, forbidden
from bot.demo.world.telegram_state import Message, TelegramChat
from bot.demo.world.world import World

# Telegram's.
MAX_TEXT = 4096  # code points of a message
MAX_CAPTION = 1024  # code points
MAX_RAW = 1 << 15  # bytes before cleaning
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def parse_text(fields: Parameters) -> FormattedText:
    """The text of a message."""
    text = _parse(fields, "text", "entities")
    if is_blank(text.content):
        raise bad_request("message text is empty")
    if len(text.content) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def parse_caption(fields: Parameters) -> FormattedText:
    """The caption of a file, which may be empty."""
    text = _parse(fields, "caption", "caption_entities")
    if len(text.content) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text


def _parse(fields: Parameters, text: str, entities: str) -> FormattedText:
    if fields.text("parse_mode"):
        raise bad_request("unsupported parse_mode")  # the project sends entities, never markup
    raw = fields.text(text)
    if len(raw.encode()) > MAX_RAW:
        raise bad_request("text is too long")
    return clean(raw, parse_entities(fields.array(entities, what="MessageEntity") or ()))


def find_chat(world: World, fields: Parameters) -> TelegramChat:
    """The chat of a request, as far as the bot may know it."""
    if not fields.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.state.chats.get(fields.integer("chat_id"))
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    return chat


def find_chat_id(world: World, fields: Parameters) -> int:
    """The chat that a request would change, also when it names an inline message."""
    message = world.state.inline_messages.get(fields.text("inline_message_id"))
    return message.chat_id if message else find_chat(world, fields).id


def find_writable_chat(world: World, fields: Parameters) -> TelegramChat:
    """The chat of a request, when the bot may write there."""
    chat = find_chat(world, fields)
    status = chat.members.get(world.state.bot.id, "left")
    if chat.moved_to:
        words = "group chat was upgraded to a supergroup chat"
        raise bad_request(words, migrate_to_chat_id=chat.moved_to)
    if status == "kicked":
        where = f"kicked from the {chat.kind} chat" if chat.is_group else "blocked by the user"
        raise forbidden(f"bot was {where}")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def parse_reply(chat: TelegramChat, fields: Parameters) -> int | None:
    """The message to reply to; None when there is none, or it is gone and the bot does not mind."""
    value = fields.json("reply_parameters", what="ReplyParameters")
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("message_id"), int):
        raise bad_request("can't parse reply parameters: Can't find field \"message_id\"")
    replied = chat.messages.get(value["message_id"])
    if replied is None:
        if value.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    if value.get("quote") and value["quote"] not in replied.text.content:
        raise bad_request("QUOTE_TEXT_INVALID")
    return replied.id


def find_own_message(world: World, fields: Parameters) -> Message:
    """The bot's message that a request wants to edit, by chat and number or by inline id."""
    inline_id = fields.text("inline_message_id")
    if inline_id:
        message = world.state.inline_messages.get(inline_id)
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    chat = find_writable_chat(world, fields)
    if not fields.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(fields.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.state.bot:
        raise bad_request("message can't be edited")
    return message
