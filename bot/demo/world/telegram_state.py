"""Users, chats and messages of the little Telegram: plain values with their numbers, no network."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.demo.world.message_text import FormattedText

if TYPE_CHECKING:
    from bot.demo.world.polls import Poll  # which is written in the same JSON

Json = dict[str, Any]
TelegramChatKind = Literal["private", "direct", "group", "supergroup"]
MemberStatus = Literal["creator", "administrator", "member", "left", "kicked"]

MAX_MESSAGES = 2_000  # kept per chat, chosen, to bound memory; older ones are as if deleted
FIRST_SUPERGROUP, FIRST_GROUP = 1_000_000_000_000, 4_000  # ids as Telegram's look
NO_TEXT = FormattedText()
PRESENT: frozenset[MemberStatus] = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "zh-hans"
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a message: its kind is the Bot API's field name (photo, document, sticker, voice)."""

    kind: str
    file_id: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Message:
    """One message of a chat.

    id: unique in its chat. markup: an inline keyboard or None. inline_id: set when the bot knows the message
    only by this id. service: fields of a service message (new members, migration ...). seq: number of the
    event that showed it.
    """

    id: int
    chat_id: int
    sender: User
    date: int
    text: FormattedText = NO_TEXT
    attachment: Attachment | None = None
    poll: Poll | None = None
    markup: Json | None = None
    reply_to: int | None = None
    edited: int = 0
    via_bot: bool = False
    inline_id: str = ""
    guest_query: str = ""
    guest_caller: User | None = None
    service: Json = field(default_factory=dict)
    reactions: tuple[str, ...] = ()
    seq: int = 0


@dataclass(slots=True)
class TelegramChat:
    """A chat and who is in it. `private` is one with the bot, `direct` one between two people without it.

    known: the bot may write here (somebody spoke to it, or it was added). moved_to: id of the supergroup it
    became. refuses: kinds of messages (text, photo, document, poll) that the bot may not send, with Telegram's words.
    """

    id: int
    kind: TelegramChatKind
    title: str
    members: dict[int, MemberStatus]
    known: bool = False
    moved_to: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    last_id: int = 0

    def has(self, user_id: int) -> bool:
        return self.members.get(user_id) in PRESENT

    @property
    def is_group(self) -> bool:
        return self.kind in ("group", "supergroup")


class TelegramState:
    """All users, chats and messages, and the numbers handed out to them."""

    def __init__(self, bot: User, *, max_messages: int = MAX_MESSAGES) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, TelegramChat] = {}
        self.inline_messages: OrderedDict[str, Message] = OrderedDict()
        self._max_messages = max_messages
        self._last_message = 0
        self._last_group = 0

    def add_user(self, user: User) -> TelegramChat:
        """Adds a person and their still silent private chat with the bot."""
        self.users[user.id] = user
        chat = TelegramChat(user.id, "private", user.first_name, {user.id: "member", self.bot.id: "member"})
        self.chats[chat.id] = chat
        return chat

    def add_chat(self, kind: TelegramChatKind, title: str, members: dict[int, MemberStatus]) -> TelegramChat:
        """Adds a group, a supergroup or a direct chat; the id has the form Telegram gives such chats."""
        self._last_group += 1
        chat_id = -(FIRST_SUPERGROUP + self._last_group) if kind == "supergroup" else -(FIRST_GROUP + self._last_group)
        chat = TelegramChat(chat_id, kind, title, dict(members))
        chat.known = chat.has(self.bot.id)
        self.chats[chat_id] = chat
        return chat

    def next_message_id(self, chat: TelegramChat) -> int:
        """Supergroups count for themselves, all other chats of the bot share one counter."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._last_message += 1
        return self._last_message

    def keep(self, message: Message) -> None:
        """Puts a message into its chat; the oldest beyond the limit go."""
        messages = self.chats[message.chat_id].messages
        messages[message.id] = message
        if message.inline_id:
            self.inline_messages[message.inline_id] = message
        while len(messages) > self._max_messages:
            _, old = messages.popitem(last=False)
            self.inline_messages.pop(old.inline_id, None)

    def chats_of(self, user_id: int) -> list[TelegramChat]:
        """The chats a person sees: those they are in that did not become another one."""
        return [
            chat
            for chat in self.chats.values()
            if chat.has(user_id) and not chat.moved_to and (chat.kind != "private" or chat.id == user_id)
        ]
