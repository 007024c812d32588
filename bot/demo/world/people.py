"""The people on the other side: what they write, tap and choose."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from bot.demo.world.bot_acts import WAIT_SECONDS, BotActs
from bot.demo.world.inline_results import InlineAnswer
from bot.demo.world.membership import Membership
from bot.demo.world.message_text import FormattedText, clean, is_blank
from bot.demo.world.parameters import Upload
from bot.demo.world.queries import Query, QueryKind
from bot.demo.world.telegram_state import Json, Message, TelegramChat
from bot.demo.world.wire import message_json, user_json
from bot.demo.world.world import World

MAX_QUERY = 256  # characters of an inline query, Telegram's
MAX_TEXT = 4096  # code points, Telegram's; clients send longer texts as several messages


class People(Membership, BotActs):
    """Everything that users of Telegram can do here. Users and chats are given by their ids."""

    def __init__(self, world: World) -> None:
        Membership.__init__(self, world)
        BotActs.__init__(self, world.journal)

    def send(self, user_id: int, text: str, *, chat_id: int | None = None, reply_to: int | None = None) -> Message:
        """A person sends a text, to the bot when no chat is given; over 4 096 it becomes several messages.

        Returns the first. Raises ValueError for a text that Telegram would not send.
        """
        parts = [text[i : i + MAX_TEXT] for i in range(0, len(text), MAX_TEXT)]
        cleaned = [part for part in map(clean, parts) if not is_blank(part.content)]
        if not cleaned:
            raise ValueError("text is blank; expected something to read")
        sent = [self._post(user_id, chat_id, text=part, reply_to=reply_to) for part in cleaned]
        return sent[0]

    def send_file(self, user_id: int, kind: str, upload: Upload, *, chat_id: int | None = None, caption: str = "") -> Message:
        """A person sends a photo, document, sticker or voice message."""
        attachment = self._world.storage.add(kind, upload)
        return self._post(user_id, chat_id, attachment=attachment, text=clean(caption))

    def edit(self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Message:
        """A person edits their own text. Raises KeyError for a message that is not theirs."""
        message = self._state.chats[chat_id or user_id].messages[message_id]
        if message.sender.id != user_id:
            raise KeyError(message_id)
        message.text, message.edited = clean(text), int(self._world.now())
        self._world.show_edit(message, by_bot=False)
        if self._bot_sees(self._state.chats[message.chat_id], message):
            self._world.tell_bot("edited_message", message)
        return message

    def _post(self, user_id: int, chat_id: int | None, **content: Any) -> Message:
        chat, user = self._state.chats[chat_id or user_id], self._state.users[user_id]
        if not chat.has(user_id):
            raise ValueError(f"user {user_id} is not in chat {chat.id}; add them first")
        if chat.kind == "private" and chat.members.get(self._state.bot.id) == "kicked":
            self.unblock(user_id)
        message = self._world.post(chat, user, **content)
        if chat.kind == "private":
            chat.known = True
        if self._bot_sees(chat, message):
            self._world.tell_bot("message", message)
        elif not chat.has(self._state.bot.id) and self._mentions_bot(message.text):
            self._ask_guest(chat, message)
        return message

    def _ask_guest(self, chat: TelegramChat, message: Message) -> None:
        query = self._open("guest", message.sender.id, chat.id, message.id)
        message.guest_query = query.id
        self._world.tell_bot("guest_message", message)

    def _bot_sees(self, chat: TelegramChat, message: Message) -> bool:
        """Privacy mode: in groups only commands, mentions and replies to the bot, unless it is an admin."""
        bot = self._state.bot
        if not chat.has(bot.id):
            return False
        if chat.kind == "private" or chat.members[bot.id] == "administrator" or message.via_bot:
            return True
        replied = chat.messages.get(message.reply_to or 0)
        if replied and replied.sender is bot:
            return True
        return self._commands_bot(message.text) or self._mentions_bot(message.text)

    def _commands_bot(self, text: FormattedText) -> bool:
        """True for `/ask` and `/ask@this_bot`, at the start of the text; not for another bot's command."""
        if not text.entities or (text.entities[0].kind, text.entities[0].offset) != ("bot_command", 0):
            return False
        name = text.content[: text.entities[0].length].partition("@")[2].lower()
        return name in ("", self._state.bot.username.lower())

    def _mentions_bot(self, text: FormattedText) -> bool:
        encoded = text.content.encode("utf-16-le")
        wanted = f"@{self._state.bot.username}".lower()
        return any(encoded[2 * e.offset : 2 * e.end].decode("utf-16-le").lower() == wanted for e in text.entities if e.kind == "mention")

    def tap(self, user_id: int, message: Message, button: str) -> Query:
        """A person taps a button, given by its label or its callback data.

        Raises KeyError when there is none.
        """
        rows = (message.markup or {}).get("inline_keyboard", ())
        for pressed in (pressed for row in rows for pressed in row):
            if button in (pressed["text"], pressed.get("callback_data")) and "callback_data" in pressed:
                return self.send_callback(user_id, message, pressed["callback_data"])
        raise KeyError(button)

    def send_callback(self, user_id: int, message: Message, data: str) -> Query:
        """A callback with any data, as a forged client may send it."""
        query = self._open("callback", user_id, message.chat_id, message.id)
        body: Json = {
            "id": query.id,
            "from": user_json(self._state.users[user_id]),
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        if message.inline_id:
            body["inline_message_id"] = message.inline_id
        else:
            body["message"] = self._callback_message(message)
        self._world.journal.add("tap", message.chat_id, query.id)
        self._world.updates.add("callback_query", body, message.chat_id)
        return query

    def _callback_message(self, message: Message) -> Json:
        current = self._state.chats[message.chat_id].messages.get(message.id)
        if current:
            return message_json(current, self._state)
        gone = message_json(replace(message, text=FormattedText(), markup=None), self._state)
        return {"message_id": message.id, "chat": gone["chat"], "date": 0}

    def choose_option(self, user_id: int, message: Message, option: int) -> None:
        """A person answers a poll. Raises KeyError for a message without one, ValueError for no option or a second answer to a quiz."""
        poll, user = message.poll, self._state.users[user_id]
        if poll is None:
            raise KeyError(message.id)
        poll.choose(user_id, option)
        self._world.updates.add("poll", poll.to_json(), message.chat_id)
        if not poll.anonymous:
            body = {"poll_id": poll.id, "user": user_json(user), "option_ids": [option], "option_persistent_ids": [str(option)]}
            self._world.updates.add("poll_answer", body, user_id)
        self._world.show_edit(message, by_bot=False)

    def type_inline(self, user_id: int, query_text: str, *, offset: str = "", chat_type: str = "sender") -> Query:
        """A person types `@bot query_text`; the results come by `results`."""
        query = self._open("inline", user_id, user_id)
        body = {
            "id": query.id,
            "from": user_json(self._state.users[user_id]),
            "query": query_text[:MAX_QUERY],
            "offset": offset,
            "chat_type": chat_type,
        }
        self._world.updates.add("inline_query", body, user_id)
        return query

    def choose(self, user_id: int, answer: InlineAnswer, result_id: str, *, query_text: str, chat_id: int) -> Message:
        """A person sends one of the results to a chat. Raises KeyError for an unknown result."""
        result = {offered.id: offered for offered in answer.results}[result_id]
        inline_id = uuid.uuid4().hex if result.markup else ""
        content = {"text": result.text, "markup": result.markup, "attachment": result.attachment}
        message = self._post(user_id, chat_id, via_bot=True, inline_id=inline_id, **content)
        body = {
            "result_id": result_id,
            "from": user_json(self._state.users[user_id]),
            "query": query_text[:MAX_QUERY],
        }
        if inline_id:
            body["inline_message_id"] = inline_id
        self._world.updates.add("chosen_inline_result", body, user_id)
        return message

    def _open(self, kind: QueryKind, user_id: int, chat_id: int, message_id: int = 0) -> Query:
        return self._world.queries.open(kind, user_id, chat_id, message_id, seq=self.mark)

    async def ask(self, user_id: int, text: str, *, chat_id: int | None = None, within: float = WAIT_SECONDS) -> Message:
        """Sends a text and returns the bot's next message in that chat. Raises TimeoutError."""
        sent = self.send(user_id, text, chat_id=chat_id)
        return await self.message(sent.chat_id, after=sent.seq, within=within)

    def messages(self, chat_id: int) -> list[Message]:
        """All messages of a chat that are kept, oldest first."""
        return list(self._state.chats[chat_id].messages.values())

    def messages_by_id(self, chat_id: int) -> dict[int, Message]:
        """The same by their numbers."""
        return dict(self._state.chats[chat_id].messages)
