"""All methods of the Bot API that exist here, by lower-case name; the smaller ones themselves."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from bot.demo.api import messages
from bot.demo.world.bot_profile import PROFILE_LIMITS, parse_commands, parse_language, parse_scope
from bot.demo.world.inline_results import parse_result, parse_results
from bot.demo.world.parameters import Parameters
from bot.demo.world.refusal import Refusal, bad_request, conflict
from bot.demo.world.request_fields import find_chat
from bot.demo.world.storage import MAX_DOWNLOAD
from bot.demo.world.telegram_state import Json
from bot.demo.world.updates import KINDS, WEBHOOK_SET
from bot.demo.world.webhook import Hook
from bot.demo.world.wire import chat_json, member_json, user_json
from bot.demo.world.world import World

Method = Callable[[World, Parameters], Any | Awaitable[Any]]
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
# Telegram's.
LONGEST_POLL = 50  # s
MOST_UPDATES, MOST_CONNECTIONS, USUAL_CONNECTIONS = 100, 100, 40
MAX_TOAST = 200  # characters


def get_me(world: World, _: Parameters) -> Json:
    """getMe."""
    return user_json(world.state.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": True,
    }


def _parse_kinds(fields: Parameters) -> list[str] | None:
    values = fields.array("allowed_updates", what="String")
    return None if values is None else [kind for kind in values if kind in KINDS]


async def get_updates(world: World, fields: Parameters) -> list[Json]:
    """getUpdates."""
    if world.deliverer:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(_parse_kinds(fields))
    limit = fields.integer("limit", MOST_UPDATES)
    timeout = min(max(fields.integer("timeout"), 0), LONGEST_POLL)
    return await world.updates.fetch(fields.integer("offset"), limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES, timeout)


async def set_webhook(world: World, fields: Parameters) -> bool:
    """setWebhook; an empty URL takes it away."""
    url = fields.text("url")
    connections = min(max(fields.integer("max_connections", USUAL_CONNECTIONS), 1), MOST_CONNECTIONS)
    hook = Hook(url, fields.text("secret_token"), connections) if url else None
    if fields.truth("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(_parse_kinds(fields))
    world.updates.interrupt(conflict(WEBHOOK_SET))
    await world.set_hook(hook)
    return True


async def delete_webhook(world: World, fields: Parameters) -> bool:
    """deleteWebhook."""
    if fields.truth("drop_pending_updates"):
        world.updates.clear()
    await world.set_hook(None)
    return True


def get_webhook_info(world: World, _: Parameters) -> Json:
    """getWebhookInfo."""
    pending = {"has_custom_certificate": False, "pending_update_count": len(world.updates)}
    return pending | (world.deliverer.info() if world.deliverer else {"url": ""})


def answer_callback_query(world: World, fields: Parameters) -> bool:
    """answerCallbackQuery."""
    text = fields.text("text")
    query = world.queries.check(fields.text("callback_query_id"), "callback")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    world.queries.close(query)
    answer = {"text": text, "alert": fields.truth("show_alert")}
    world.journal.add("answer", query.chat_id, query.id, answer, by_bot=True)
    return True


def answer_inline_query(world: World, fields: Parameters) -> bool:
    """answerInlineQuery."""
    query = world.queries.check(fields.text("inline_query_id"), "inline")
    answer = parse_results(world, fields)
    world.queries.close(query)
    world.journal.add("results", query.chat_id, query.id, answer, by_bot=True)
    return True


def answer_guest_query(world: World, fields: Parameters) -> Json:
    """answerGuestQuery: the one message of a guest."""
    query = world.queries.check(fields.text("guest_query_id"), "guest")
    result = parse_result(world, fields.json("result", what="InlineQueryResult"))
    world.queries.close(query)
    message = world.post(
        world.state.chats[query.chat_id],
        world.state.bot,
        text=result.text,
        markup=result.markup,
        attachment=result.attachment,
        reply_to=query.message_id,
        inline_id=uuid.uuid4().hex,
        guest_caller=world.state.users[query.user_id],
    )
    return {"inline_message_id": message.inline_id}


def set_my_commands(world: World, fields: Parameters) -> bool:
    """setMyCommands."""
    commands = parse_commands(fields.array("commands", what="BotCommand"))
    world.menus.commands[parse_scope(fields), parse_language(fields)] = commands
    world.journal.add("menu", 0)
    return True


def get_my_commands(world: World, fields: Parameters) -> list[Json]:
    """getMyCommands."""
    return world.menus.commands.get((parse_scope(fields), parse_language(fields)), [])


def delete_my_commands(world: World, fields: Parameters) -> bool:
    """deleteMyCommands."""
    world.menus.commands.pop((parse_scope(fields), parse_language(fields)), None)
    world.journal.add("menu", 0)
    return True


def _set_profile(what: str) -> Method:
    """setMyName, setMyDescription or setMyShortDescription."""
    limit = PROFILE_LIMITS[what]

    def method(world: World, fields: Parameters) -> bool:
        content = fields.text(what)
        if len(content) > limit:
            raise bad_request(f"bot {what.replace('_', ' ')} length must not exceed {limit}")
        world.menus.profile[what, parse_language(fields)] = content
        if what == "name" and content and not parse_language(fields):
            world.state.bot.first_name = content
        world.journal.add("menu", 0)
        return True

    return method


def get_file(world: World, fields: Parameters) -> Json:
    """getFile."""
    if not fields.text("file_id"):
        raise bad_request("file_id not specified")
    attachment = world.storage.find(fields.text("file_id"))
    if attachment is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if attachment.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": attachment.file_id,
        "file_unique_id": attachment.file_id[-12:],
        "file_size": attachment.size,
        "file_path": f"{attachment.kind}s/{attachment.file_id}",
    }


def get_chat(world: World, fields: Parameters) -> Json:
    """getChat."""
    chat = find_chat(world, fields)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat_json(chat, world.state) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(world: World, fields: Parameters) -> Json:
    """getChatMember."""
    chat = find_chat(world, fields)
    user = world.state.users.get(fields.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified")
    if user.id not in chat.members and not chat.is_group:
        raise bad_request("member not found")
    return member_json(user, chat.members.get(user.id, "left"))


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": messages.send_message,
    "sendphoto": messages.send_photo,
    "senddocument": messages.send_document,
    "sendpoll": messages.send_poll,
    "sendchataction": messages.send_chat_action,
    "editmessagetext": messages.edit_message_text,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "setmessagereaction": messages.set_message_reaction,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "answerguestquery": answer_guest_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _set_profile("name"),
    "setmydescription": _set_profile("description"),
    "setmyshortdescription": _set_profile("short_description"),
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
}


def find_method(name: str) -> Method:
    """The method of this name in any case. Raises Refusal (404)."""
    method = METHODS.get(name.lower())
    if method is None:
        raise Refusal(404, "Not Found: method not found")
    return method
