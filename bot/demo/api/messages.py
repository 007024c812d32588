"""Methods about messages: send, edit, delete, react."""

from __future__ import annotations

from typing import Literal

from bot.demo.world.keyboard import parse_markup
from bot.demo.world.message_text import FormattedText
from bot.demo.world.parameters import Parameters
from bot.demo.world.polls import Poll, parse_poll
from bot.demo.world.refusal import bad_request
from bot.demo.world.request_fields import NOT_MODIFIED, find_own_message, find_writable_chat, parse_caption, parse_reply, parse_text
from bot.demo.world.telegram_state import NO_TEXT, Attachment, Json, Message, TelegramChat
from bot.demo.world.wire import message_json
from bot.demo.world.world import World

ACTION_NAMES = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
ACTIONS = frozenset(ACTION_NAMES.split())
# https://core.telegram.org/bots/api#reactiontypeemoji
REACTION_SIGNS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 "
    "🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 "
    "🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = frozenset(REACTION_SIGNS.split())
EDITABLE_FOR = 48 * 3600  # s in which a bot may delete a message, Telegram's


def send_message(world: World, fields: Parameters) -> Json:
    """sendMessage."""
    text = parse_text(fields)
    return _send(world, find_writable_chat(world, fields), fields, text, None)


def send_photo(world: World, fields: Parameters) -> Json:
    """sendPhoto."""
    return _send_file(world, fields, "photo")


def send_document(world: World, fields: Parameters) -> Json:
    """sendDocument."""
    return _send_file(world, fields, "document")


def send_poll(world: World, fields: Parameters) -> Json:
    """sendPoll."""
    poll = parse_poll(fields)
    return _send(world, find_writable_chat(world, fields), fields, NO_TEXT, None, poll)


def _send_file(world: World, fields: Parameters, kind: Literal["photo", "document"]) -> Json:
    caption = parse_caption(fields)
    chat = find_writable_chat(world, fields)
    return _send(world, chat, fields, caption, _parse_file(world, fields, kind))


def _parse_file(world: World, fields: Parameters, kind: str) -> Attachment:
    upload = fields.upload(kind)
    if upload:
        return world.storage.add(kind, upload)
    file_id = fields.text(kind)
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    attachment = world.storage.find(file_id)
    if attachment is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if attachment.kind != kind:
        raise bad_request(f"can't use file of type {attachment.kind.title()} as {kind.title()}")
    return attachment


def _send(
    world: World, chat: TelegramChat, fields: Parameters, text: FormattedText, attachment: Attachment | None, poll: Poll | None = None
) -> Json:
    refused = chat.refuses.get("poll" if poll else attachment.kind if attachment else "text")
    if refused:
        raise bad_request(refused)
    message = world.post(
        chat,
        world.state.bot,
        reply_to=parse_reply(chat, fields),
        markup=_parse_markup(fields, chat),
        text=text,
        attachment=attachment,
        poll=poll,
    )
    return message_json(message, world.state)


def _parse_markup(fields: Parameters, chat: TelegramChat | None) -> Json | None:
    """chat: of a message that the bot has sent there, None for one of somebody's."""
    private = chat is not None and chat.kind == "private"
    return parse_markup(fields.json("reply_markup", what="reply keyboard markup"), private=private)


def edit_message_text(world: World, fields: Parameters) -> Json | bool:
    """editMessageText."""
    text = parse_text(fields)
    message = find_own_message(world, fields)
    if message.attachment or message.poll:
        raise bad_request("there is no text in the message to edit")
    markup = _parse_markup(fields, None if message.inline_id else world.state.chats[message.chat_id])
    return _edit(world, message, text, markup)


def edit_message_reply_markup(world: World, fields: Parameters) -> Json | bool:
    """editMessageReplyMarkup."""
    message = find_own_message(world, fields)
    markup = _parse_markup(fields, None if message.inline_id else world.state.chats[message.chat_id])
    return _edit(world, message, message.text, markup)


def _edit(world: World, message: Message, text: FormattedText, markup: Json | None) -> Json | bool:
    if (text, markup) == (message.text, message.markup):
        raise bad_request(NOT_MODIFIED)
    if text != message.text:
        message.edited = int(world.now())
    message.text, message.markup = text, markup
    world.show_edit(message)
    return True if message.inline_id else message_json(message, world.state)


def delete_message(world: World, fields: Parameters) -> bool:
    """deleteMessage."""
    chat = find_writable_chat(world, fields)
    message = chat.messages.get(fields.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    own_or_private = message.sender is world.state.bot or not chat.is_group
    manages = chat.members.get(world.state.bot.id) == "administrator"
    if not (own_or_private or manages) or message.date < world.now() - EDITABLE_FOR:
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    world.state.inline_messages.pop(message.inline_id, None)
    world.journal.add("delete", chat.id, message.id, by_bot=True)
    return True


def set_message_reaction(world: World, fields: Parameters) -> bool:
    """setMessageReaction: at most one emoji for a bot; none takes it back."""
    chat = find_writable_chat(world, fields)
    message = chat.messages.get(fields.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    values = fields.array("reaction", what="ReactionType") or []
    emoji = [value.get("emoji", "") if isinstance(value, dict) else "" for value in values]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not REACTIONS.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions = tuple(emoji)
    world.journal.add("reaction", chat.id, message.id, message.reactions, by_bot=True)
    return True


def send_chat_action(world: World, fields: Parameters) -> bool:
    """sendChatAction."""
    chat = find_writable_chat(world, fields)
    action = fields.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.journal.add("action", chat.id, value=action, by_bot=True)
    return True
