"""Users, chats and messages as the Bot API writes them."""

from __future__ import annotations

from bot.demo.world.telegram_state import Attachment, Json, MemberStatus, Message, TelegramChat, TelegramState, User


def user_json(user: User) -> Json:
    """User."""
    out: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        out["username"] = user.username
    if not user.is_bot:
        out["language_code"] = user.language_code
    return out


def chat_json(chat: TelegramChat, state: TelegramState) -> Json:
    """Chat; a direct chat between people looks like a private one."""
    if chat.is_group:
        out: Json = {"id": chat.id, "type": chat.kind, "title": chat.title}
        return out | {"all_members_are_administrators": False} if chat.kind == "group" else out
    out = {"id": chat.id, "type": "private", "first_name": chat.title}
    user = state.users.get(chat.id)
    if user and user.username:
        out["username"] = user.username
    return out


def member_json(user: User, status: MemberStatus) -> Json:
    """ChatMember."""
    out: Json = {"user": user_json(user), "status": status}
    if status == "creator":
        out["is_anonymous"] = False
    if status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
            "can_edit_stories can_delete_stories"
        )
        out |= dict.fromkeys(rights.split(), False) | {"can_manage_chat": True, "can_delete_messages": True}
    if status == "kicked":
        out["until_date"] = 0
    return out


def message_json(message: Message, state: TelegramState, *, nested: bool = False) -> Json:
    """Message; what it replies to is nested one deep, as Telegram does."""
    chat = state.chats[message.chat_id]
    out: Json = {
        "message_id": message.id,
        "from": user_json(message.sender),
        "chat": chat_json(chat, state),
        "date": message.date,
        **message.service,
    }
    _add_content(out, message)
    _add_origin(out, message, state)
    replied = chat.messages.get(message.reply_to or 0)
    if replied and not nested:
        out["reply_to_message"] = message_json(replied, state, nested=True)
    return out


def _add_content(out: Json, message: Message) -> None:
    text, entities = ("caption", "caption_entities") if message.attachment else ("text", "entities")
    if message.text.content:
        out[text] = message.text.content
    if message.text.entities:
        out[entities] = message.text.entities_json()
    if message.attachment:
        out[message.attachment.kind] = _attachment_json(message.attachment)
    if message.poll:
        out["poll"] = message.poll.to_json()
    if message.markup:
        out["reply_markup"] = message.markup
    if message.edited:
        out["edit_date"] = message.edited


def _add_origin(out: Json, message: Message, state: TelegramState) -> None:
    if message.via_bot:
        out["via_bot"] = user_json(state.bot)
    if message.guest_query:
        out["guest_query_id"] = message.guest_query
    if message.guest_caller:
        out["guest_bot_caller_user"] = user_json(message.guest_caller)


def _attachment_json(attachment: Attachment) -> Json | list[Json]:
    out: Json = {
        "file_id": attachment.file_id,
        "file_unique_id": attachment.file_id[-12:],
        "file_size": attachment.size,
    }
    if attachment.kind == "photo":
        return [out | {"width": attachment.width, "height": attachment.height}]
    if attachment.kind == "sticker":
        kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": attachment.name}
        return out | kind | {"width": 512, "height": 512}
    if attachment.kind == "voice":
        return out | {"duration": 1, "mime_type": attachment.mime}
    return out | {"file_name": attachment.name, "mime_type": attachment.mime}
