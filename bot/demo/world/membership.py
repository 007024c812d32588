"""Who is where: people, groups, and the bot's own status in them."""

from __future__ import annotations

import re

from bot.demo.world.telegram_state import MemberStatus, TelegramChat, User
from bot.demo.world.wire import user_json
from bot.demo.world.world import World

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")  # en  en-us  zh-hant-tw  ✗*
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)\b")  # zh-tw  zh-hant|-hk  ✗zh-cn


class Membership:
    """Makes people and chats and moves people and the bot in and out. All are given by their ids."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state

    def add_user(self, user_id: int, name: str, *, username: str = "", language: str = "zh-hans") -> User:
        """A new person; their chat with the bot has the same id."""
        user = User(user_id, name, username, language)
        self._state.add_user(user)
        return user

    def speak(self, user_id: int, accepted: str) -> None:
        """A person's client is set to the first language of an Accept-Language header; an empty one changes nothing."""
        tag = accepted.split(",")[0].split(";")[0].strip().lower()
        if _TAG.fullmatch(tag):
            self._state.users[user_id].language_code = _language_code(tag)

    def add_group(self, title: str, creator: int, *members: int, with_bot: bool = True, supergroup: bool = False) -> TelegramChat:
        """A new group; the bot is told when it is in it."""
        statuses: dict[int, MemberStatus] = {creator: "creator", **dict.fromkeys(members, "member")}
        chat = self._state.add_chat("supergroup" if supergroup else "group", title, statuses)
        self._world.journal.add("chat", chat.id)
        if with_bot:
            self.add_bot(creator, chat.id)
        return chat

    def add_direct(self, one: int, other: int) -> TelegramChat:
        """A chat of two people without the bot."""
        return self._state.add_chat("direct", "", {one: "member", other: "member"})

    def add_bot(self, by: int, chat_id: int, *, admin: bool = False) -> None:
        """Somebody adds the bot to a group."""
        chat = self._state.chats[chat_id]
        chat.known = True
        bot, user = self._state.bot, self._state.users[by]
        self._world.set_status(chat, bot, "administrator" if admin else "member", user)
        message = self._world.post(chat, user, service={"new_chat_members": [user_json(bot)]})
        self._world.tell_bot("message", message)

    def remove_bot(self, by: int, chat_id: int) -> None:
        """Somebody removes the bot from a group."""
        chat = self._state.chats[chat_id]
        self._world.set_status(chat, self._state.bot, "kicked", self._state.users[by])

    def set_status(self, by: int, chat_id: int, user_id: int, status: MemberStatus) -> None:
        """Somebody makes a member an administrator, or lets a person in or out."""
        user = self._state.users[user_id]
        self._world.set_status(self._state.chats[chat_id], user, status, self._state.users[by])

    def refuse(self, chat_id: int, kind: str, words: str) -> None:
        """The bot may not send messages of a kind (text, photo, document) any more; "" lifts it."""
        self._state.chats[chat_id].refuses[kind] = words

    def block(self, user_id: int) -> None:
        """A person blocks the bot."""
        chat = self._state.chats[user_id]
        self._world.set_status(chat, self._state.bot, "kicked", self._state.users[user_id])

    def unblock(self, user_id: int) -> None:
        """A person lets the bot write again."""
        chat = self._state.chats[user_id]
        chat.known = True
        self._world.set_status(chat, self._state.bot, "member", self._state.users[user_id])

    def migrate(self, by: int, chat_id: int) -> TelegramChat:
        """A group becomes a supergroup with a new id; sending to the old id is refused with the new one."""
        old, user = self._state.chats[chat_id], self._state.users[by]
        new = self._state.add_chat("supergroup", old.title, old.members)
        goodbye = self._world.post(old, user, service={"migrate_to_chat_id": new.id})
        self._world.tell_bot("message", goodbye)
        old.moved_to = new.id
        hello = self._world.post(new, user, service={"migrate_from_chat_id": old.id})
        self._world.tell_bot("message", hello)
        self._world.journal.add("chat", new.id)
        return new


def _language_code(tag: str) -> str:
    """As Telegram's clients write it: zh-hans, zh-hant, en."""
    if tag.startswith("zh"):
        return "zh-hant" if _TRADITIONAL.match(tag) else "zh-hans"
    return tag.split("-")[0]
