"""Telegram updates ↔ calls of the service ↔ steps to send: one ordered list, no decisions on content."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from telegram import Bot, CallbackQuery, Chat, Message, Update, User
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.contract.response import Asker, Response, Service
from bot.edge.addressing import command_in, question_in, without_mention, written_by_a_person
from bot.edge.outgoing import article_of, page_of
from bot.edge.sending import Sender
from bot.edge.steps import card_steps, edits, sends
from bot.queue.outbox import Step, answers_to
from bot.queue.threads import Threads, TooSlow
from bot.state.store import Store

T = TypeVar("T")
App = Application[Any, Any, Any, Any, Any, Any]

QUICK_SECONDS = 10.0  # the service promises milliseconds; what takes this long will not end
SLOW_SECONDS = 60.0  # pictures and documents
TYPING_SECONDS = 1.0  # shorter waits need no sign
OF_ADMINISTRATORS = frozenset({"settings", "daily"})  # group commands that look at the asker's rights
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "guest_message",
    "my_chat_member",
)

_steps: ContextVar[list[Step]] = ContextVar("steps")


class HandlerFailed(Exception):
    """A handler raised; the cause is its exception."""


class Handlers:
    """Turns one update into the steps that answer it. Taps and inline queries are answered on the way."""

    def __init__(self, application: App, service: Service, sender: Sender, store: Store) -> None:
        self._application = application
        self._bot: Bot = application.bot
        self._service = service
        self._sender = sender
        self._store = store
        self._quick = Threads("service", 8, QUICK_SECONDS)
        self._slow = Threads("later", 2, SLOW_SECONDS)
        self._known = frozenset(name for language in ("zh", "en") for name, _ in service.commands(language)) | {"start", "help"}
        application.add_handlers([handler for handler, _reason in self.registered()])

    def registered(self) -> list[tuple[BaseHandler[Update, Any, Any], str]]:
        """Every handler in order, with the reason for its place; the first that fits takes the update."""
        text = (filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE) & filters.TEXT
        guest = filters.UpdateType.GUEST_MESSAGE
        other = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
        return [
            (CallbackQueryHandler(self.on_tap), "first: Telegram shows a spinner until then"),
            (InlineQueryHandler(self.on_inline), "inline queries expire soonest"),
            (MessageHandler(guest, self.on_guest), "before text: filters.TEXT would match guest messages too"),
            (MessageHandler(filters.StatusUpdate.MIGRATE, self.on_migration), "before anything is read"),
            (ChatMemberHandler(self.on_membership), "blocked or removed: its default is my_chat_member"),
            (MessageHandler(text, self.on_text), "questions, commands and their edits, everywhere"),
            (MessageHandler(other, self.on_other), "last: photos, stickers, voice in private get a hint"),
        ]

    async def steps(self, payload: dict[str, Any]) -> tuple[Step, ...]:
        """Handle one update; raises TooSlow, HandlerFailed."""
        update = Update.de_json(payload, self._bot)
        collected: list[Step] = []
        failures: list[Exception] = []
        token = _steps.set(collected)
        _failures_token = _failures.set(failures)
        try:
            await self._application.process_update(update)
        finally:
            _steps.reset(token)
            _failures.reset(_failures_token)
        if failures:
            if isinstance(failures[0], TooSlow):
                raise failures[0]
            raise HandlerFailed(str(payload.get("update_id"))) from failures[0]
        return tuple(collected)

    async def words_for(self, payload: dict[str, Any], words: Callable[[Asker], Response]) -> tuple[Step, ...]:
        """Steps of an apology or a kind word to whoever sent the update; () when there is no chat."""
        update = Update.de_json(payload, self._bot)
        chat = update.effective_chat
        if chat is None or update.inline_query or update.guest_message:
            return ()
        message = update.message or update.edited_message
        answer = await self._quick.call(partial(words, asker_of(update.effective_user, chat)))
        return tuple(sends(answer, chat.id, message))

    async def call(self, work: Callable[[], T]) -> T:
        """Run a quick call of the service in a thread; raises TooSlow."""
        return await self._quick.call(work)

    def close(self) -> None:
        """Let the threads go; what still runs in them is abandoned."""
        self._quick.close()
        self._slow.close()

    # -- one callback per kind of update

    async def on_text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A question or a command; an edited one edits its answer."""
        message = update.effective_message
        if message is None or not written_by_a_person(message, self._bot.id):
            return
        command = command_in(message, self._bot.username, self._known)
        question = None if command else question_in(message, self._bot.id, self._bot.username)
        if command is not None:
            asker = await self._asker(message, command.name)
            work = partial(self._service.command, asker, command.name, command.argument)
        elif question is not None:
            work = partial(self._service.question, await self._asker(message), question)
        else:
            return
        answer = await self._with_typing(message, work)
        if update.edited_message:
            question_of = (message.chat.id, message.message_id)
            known = await self._quick.call(partial(answers_to, self._store, *question_of))
            _steps.get().extend(edits(answer, message, known))
        else:
            _steps.get().extend(sends(answer, message.chat.id, message))

    async def on_other(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A message without text in a private chat."""
        message = update.message
        if message is None or not written_by_a_person(message, self._bot.id):
            return
        asker = await self._asker(message)
        answer = await self._quick.call(partial(self._service.not_text, asker))
        _steps.get().extend(sends(answer, message.chat.id, message))

    async def on_tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button: the toast at once, then what the card becomes."""
        query = update.callback_query
        if query is None:
            return
        asker = await self._tapper(query)
        answer = await self._quick.call(partial(self._service.tap, asker, query.data or ""))
        toast = {"text": answer.toast, "show_alert": answer.alert} if answer.toast else {}
        await self._sender.prompt("AnswerCallbackQuery", {"callback_query_id": query.id} | toast)
        answer = await self._finished(answer)
        _steps.get().extend(card_steps(answer, query))

    async def on_inline(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`@bot query` typed in any chat."""
        query = update.inline_query
        if query is None:
            return
        asker = asker_of(query.from_user, None)
        page = await self._quick.call(partial(self._service.inline, asker, query.query, query.offset))
        await self._sender.prompt("AnswerInlineQuery", {"inline_query_id": query.id} | page_of(page))

    async def on_guest(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`@bot question` in a chat that the bot is not in: one answer."""
        message = update.guest_message
        if message is None or not message.guest_query_id:
            return
        user = message.guest_bot_caller_user or message.from_user
        question, _mentions = without_mention(message.text or "", self._bot.username)
        result = await self._quick.call(partial(self._service.guest, asker_of(user, None), question))
        if result is not None:
            answer = {"guest_query_id": message.guest_query_id, "result": article_of(result)}
            await self._sender.prompt("AnswerGuestQuery", answer)

    async def on_migration(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup; both chats are told, the old one's message names the new id."""
        message = update.message
        if message is not None and message.migrate_to_chat_id:
            await self._quick.call(partial(self._service.moved, message.chat.id, message.migrate_to_chat_id))

    async def on_membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot was blocked, removed, or let in again."""
        change = update.my_chat_member
        if change is not None and change.new_chat_member.status in ("kicked", "left"):
            await self._quick.call(partial(self._service.blocked, change.chat.id))

    # -- how the service is asked

    async def _finished(self, answer: Response) -> Response:
        """The answer with its slow part done; what was there already comes first."""
        while answer.later is not None:
            more = await self._slow.call(answer.later)
            answer = Response((*answer.replies, *more.replies), more.edit or answer.edit, later=more.later)
        return answer

    async def _with_typing(self, message: Message, work: Callable[[], Response]) -> Response:
        """The finished answer; a typing indicator, once, when it takes long."""
        loop = asyncio.get_running_loop()
        shown: list[asyncio.Task[None]] = []
        timer = loop.call_later(TYPING_SECONDS, lambda: shown.append(loop.create_task(self._type(message))))
        try:
            return await self._finished(await self._quick.call(work))
        finally:
            timer.cancel()
            for task in shown:
                task.cancel()

    async def _type(self, message: Message) -> None:
        thread = message.message_thread_id if message.is_topic_message else None
        try:
            await self._bot.send_chat_action(message.chat.id, "typing", message_thread_id=thread)
        except TelegramError:
            return  # an ornament

    # -- who asks

    async def _asker(self, message: Message, command: str = "") -> Asker:
        asker = asker_of(message.from_user, message.chat)
        anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        manages = asker.manages_chat or anonymous
        if not manages and command in OF_ADMINISTRATORS:
            manages = await self._administers(message.chat.id, asker.user_id)
        return asker_of(message.from_user, message.chat, manages=manages)

    async def _tapper(self, query: CallbackQuery) -> Asker:
        """Who tapped; rights are looked up only on cards that answer an administrators' command."""
        message = query.message
        if not isinstance(message, Message):
            return asker_of(query.from_user, message.chat if message else None)
        question = message.reply_to_message
        person = question.from_user if question else None
        started_by = person.id if person and not person.is_bot else 0  # a message below a card is everybody's
        manages = message.chat.type == "private"
        command = command_in(question, self._bot.username, self._known) if question else None
        if not manages and command and command.name in OF_ADMINISTRATORS:
            manages = await self._administers(message.chat.id, query.from_user.id)
        return asker_of(query.from_user, message.chat, manages=manages, started_by=started_by)

    async def _administers(self, chat: int, user: int) -> bool:
        try:
            member = await self._bot.get_chat_member(chat, user)
        except TelegramError:
            return False  # unknown is no right
        return member.status in ("creator", "administrator")


_failures: ContextVar[list[Exception]] = ContextVar("failures")


async def on_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The one error handler: hands the exception to whoever counts the tries."""
    if context.error is not None:
        _failures.get().append(context.error)


def asker_of(user: User | None, chat: Chat | None, *, manages: bool | None = None, started_by: int = 0) -> Asker:
    """The service's view of a person in a chat; without a chat of ours the chat is 0."""
    private = chat is None or chat.type == "private"
    return Asker(
        user_id=user.id if user else 0,
        chat_id=chat.id if chat else 0,
        kind="private" if private else "group",
        language=(user.language_code or "") if user else "",
        manages_chat=private if manages is None else manages,
        started_by=started_by,
    )
