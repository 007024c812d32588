"""What a person sees, as JSON for the chat page and for tests in other processes."""

from __future__ import annotations

from typing import Any

from bot.demo.world.bot_profile import PROFILE_LIMITS
from bot.demo.world.inline_results import InlineAnswer
from bot.demo.world.journal import Event
from bot.demo.world.telegram_state import Json, Message, TelegramChat
from bot.demo.world.wire import message_json, user_json
from bot.demo.world.world import World


def message_view(message: Message, world: World) -> Json:
    """A Message of the Bot API, plus seq, reactions and who has chosen what in its poll."""
    extra = {"seq": message.seq, "reactions": message.reactions}
    chosen = {"chosen": {str(person): options for person, options in message.poll.chosen.items()}} if message.poll else {}
    return message_json(message, world.state) | extra | chosen


def chat_view(chat: TelegramChat, user_id: int, world: World) -> Json:
    """A chat as this person sees it: title, members, newest message, menu of commands."""
    user = world.state.users[user_id]
    others = [world.state.users[member] for member in chat.members if member != user_id]
    title = chat.title if chat.is_group else others[0].first_name
    if chat.kind == "private":
        title = world.menus.about("name", user.language_code) or title
    newest = next(reversed(chat.messages.values()), None)
    bot = world.state.bot
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": title,
        "bot": chat.members.get(bot.id, "left"),
        "members": sum(1 for member in chat.members if chat.has(member)),
        "newest": message_view(newest, world) if newest else None,
        "commands": world.menus.shown(chat, user_id, user.language_code) if chat.has(bot.id) else [],
    }


def state_view(user_id: int, world: World) -> Json:
    """Everything the page needs before it follows the events after `seq`."""
    user = world.state.users[user_id]
    bot = world.state.bot
    about = {what: world.menus.about(what, user.language_code) for what in PROFILE_LIMITS}
    return {
        "seq": world.journal.seq,
        "user": user_json(user),
        "users": [user_json(other) for other in world.state.users.values() if not other.is_bot],
        "bot": user_json(bot) | about,
        "chats": [chat_view(chat, user_id, world) for chat in world.state.chats_of(user_id)],
    }


def results_view(answer: InlineAnswer) -> Json:
    """Inline results to choose from."""
    return {
        "results": [
            {
                "id": result.id,
                "kind": result.kind,
                "title": result.title,
                "description": result.description,
                "file_id": result.attachment.file_id if result.attachment else "",
            }
            for result in answer.results
        ],
        "next_offset": answer.next_offset,
        "button": {"text": answer.button[0], "start": answer.button[1]} if answer.button else None,
    }


def event_view(event: Event, world: World) -> Json:
    """An event with its value in the forms above."""
    value: Any = event.value
    if isinstance(value, Message):
        value = message_view(value, world) | {"seq": event.seq}
    elif isinstance(value, InlineAnswer):
        value = results_view(value)
    return {
        "seq": event.seq,
        "kind": event.kind,
        "chat": event.chat_id,
        "subject": event.subject,
        "value": value,
        "by_bot": event.by_bot,
    }
