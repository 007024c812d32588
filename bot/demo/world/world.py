"""The little Telegram as one thing: state, queue, journal, and the acts that both sides share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from bot.demo.world.bot_profile import Menus
from bot.demo.world.journal import Journal
from bot.demo.world.queries import Queries
from bot.demo.world.storage import Storage
from bot.demo.world.telegram_state import Json, MemberStatus, Message, TelegramChat, TelegramState, User
from bot.demo.world.updates import Updates
from bot.demo.world.webhook import Deliverer, Hook
from bot.demo.world.wire import chat_json, member_json, message_json, user_json


class World:
    """Everything one local Bot API holds. now: seconds since 1970; webhook_retry: as in `start`."""

    def __init__(self, bot: User, *, now: Callable[[], float] = time.time, webhook_retry: float = 1.0) -> None:
        self.now = now
        self.state = TelegramState(bot)
        self.journal = Journal()
        self.updates = Updates(now)
        self.storage = Storage()
        self.queries = Queries(now)
        self.menus = Menus()
        self.deliverer: Deliverer | None = None
        self._webhook_retry = webhook_retry

    async def set_hook(self, hook: Hook | None) -> None:
        """Delivers updates to this webhook from now on; None: back to polling."""
        if self.deliverer:
            await self.deliverer.close()
        self.deliverer = Deliverer(hook, self.updates, self._webhook_retry) if hook else None
        if self.deliverer:
            self.deliverer.start()

    def post(self, chat: TelegramChat, sender: User, **content: object) -> Message:
        """A new message in the chat, seen by everybody in it; `content` are fields of Message."""
        message_id = self.state.next_message_id(chat)
        message = Message(message_id, chat.id, sender, int(self.now()), **content)  # type: ignore[arg-type]
        self.state.keep(message)
        event = self.journal.add("message", chat.id, message_id, replace(message), by_bot=sender.is_bot)
        message.seq = event.seq
        return message

    def show_edit(self, message: Message, *, by_bot: bool = True) -> None:
        """Tells everybody in the chat that the message looks different now."""
        self.journal.add("edit", message.chat_id, message.id, replace(message), by_bot=by_bot)

    def tell_bot(self, kind: str, message: Message) -> None:
        """Queues an update that carries this message."""
        self.updates.add(kind, message_json(message, self.state), message.chat_id)

    def set_status(self, chat: TelegramChat, user: User, status: MemberStatus, by: User) -> None:
        """Changes who somebody is in a chat (or that a person blocked the bot) and tells the bot."""
        old = chat.members.get(user.id, "left")
        chat.members[user.id] = status
        body: Json = {
            "chat": chat_json(chat, self.state),
            "from": user_json(by),
            "date": int(self.now()),
            "old_chat_member": member_json(user, old),
            "new_chat_member": member_json(user, status),
        }
        kind = "my_chat_member" if user is self.state.bot else "chat_member"
        self.updates.add(kind, body, chat.id)
        self.journal.add("chat", chat.id)
