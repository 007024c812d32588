"""Who asks: a person, or the chat in whose name somebody writes, and what they may do."""

from __future__ import annotations

from telegram import Bot, CallbackQuery, Chat, Message, User
from telegram.error import TelegramError

from bot.contract.response import Asker
from bot.edge.addressing import Command

OF_ADMINISTRATORS = frozenset({"settings", "daily"})  # group commands that look at the asker's rights


def writer_of(message: Message | None) -> int:
    """Whoever a message is from, 0 when unknown.

    Channels and anonymous administrators share one user id with all others of their kind; their chat tells them apart.
    """
    if message is None:
        return 0
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def asker_of(user: User | None, chat: Chat | None, *, person: int = 0, manages: bool | None = None, started_by: int = 0) -> Asker:
    """The service's view of somebody in a chat; without a chat of ours the chat is 0. person: the user's id unless given."""
    private = chat is None or chat.type == "private"
    return Asker(
        user_id=person or (user.id if user else 0),
        chat_id=chat.id if chat else 0,
        kind="private" if private else "group",
        language=(user.language_code or "") if user else "",
        manages_chat=private if manages is None else manages,
        started_by=started_by,
    )


def _started_by(question: Message | None) -> int:
    """Who asked what a card answers, 0 for everybody: a message below another card answers nobody alone."""
    if question is not None and question.sender_chat is None and question.from_user is not None and question.from_user.is_bot:
        return 0
    return writer_of(question)


class Askers:
    """Asks Telegram for somebody's rights where a command looks at them, and only there."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def of_message(self, message: Message, command: str = "") -> Asker:
        """Who wrote a message, maybe a command."""
        private = message.chat.type == "private"
        anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        manages = private or anonymous
        if not manages and command in OF_ADMINISTRATORS and message.from_user:
            manages = await self._administers(message.chat.id, message.from_user.id)
        return asker_of(message.from_user, message.chat, person=writer_of(message), manages=manages)

    async def of_tap(self, query: CallbackQuery, command: Command | None) -> Asker:
        """Who tapped on a card that answers `command`, if it answers one."""
        message = query.message
        if not isinstance(message, Message):
            return asker_of(query.from_user, message.chat if message else None)
        manages = message.chat.type == "private"
        if not manages and command and command.name in OF_ADMINISTRATORS:
            manages = await self._administers(message.chat.id, query.from_user.id)
        return asker_of(query.from_user, message.chat, manages=manages, started_by=_started_by(message.reply_to_message))

    async def _administers(self, chat: int, user: int) -> bool:
        try:
            member = await self._bot.get_chat_member(chat, user)
        except TelegramError:
            return False  # unknown is no right
        return member.status in ("creator", "administrator")
