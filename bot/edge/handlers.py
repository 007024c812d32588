"""Telegram updates ↔ calls of the service ↔ steps to send: one ordered list, no decisions on content."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from telegram import Bot, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

from bot.contract.response import Asker, Response, Service, Write
from bot.edge.addressing import Command, command_in, question_in, without_mention, written_by_a_person
from bot.edge.askers import Askers, asker_of, writer_of
from bot.edge.outgoing import article_of, page_of
from bot.edge.sending import Sender
from bot.edge.steps import card_steps, edits, sends
from bot.queue.outbox import Step, answers_to
from bot.queue.threads import Threads, TooSlow
from bot.state.store import Store

T = TypeVar("T")
App = Application[Any, Any, Any, Any, Any, Any]

QUICK_THREADS = 16  # one works at a time; the others are for when it does not end
QUICK_SECONDS = 10.0  # the service promises milliseconds; what takes this long will not end
SLOW_SECONDS = 60.0  # pictures and documents
TYPING_SECONDS = 1.0  # shorter waits need no sign
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "guest_message",
    "my_chat_member",
    "poll_answer",
)


@dataclass(slots=True)
class Handled:
    """What became of an update: the steps that answer it, and what the answer leaves in the memory.

    leave: to be called as soon as the service has answered, for what follows waits for Telegram. failures: what
    its handler raised.
    """

    leave: Callable[[], None]
    steps: list[Step] = field(default_factory=list)
    memory: list[Write] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)


_handled: ContextVar[Handled] = ContextVar("handled")


class HandlerFailed(Exception):
    """A handler raised; the cause is its exception."""


class Handlers:
    """Turns one update into the steps that answer it. Taps and inline queries are answered on the way."""

    def __init__(self, application: App, service: Service, sender: Sender, store: Store) -> None:
        self._application = application
        self._bot: Bot = application.bot
        self._askers = Askers(application.bot)
        self._service = service
        self._sender = sender
        self._store = store
        self._quick = Threads("service", QUICK_THREADS, QUICK_SECONDS)
        self._slow = Threads("later", 2, SLOW_SECONDS)
        self._known: frozenset[str] = frozenset()
        self.learn_commands()
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
            (PollAnswerHandler(self.on_guess), "answers to quizzes are only noted"),
            (ChatMemberHandler(self.on_membership), "blocked or removed: its default is my_chat_member"),
            (MessageHandler(text, self.on_text), "questions, commands and their edits, everywhere"),
            (MessageHandler(other, self.on_other), "last: photos, stickers, voice in private get a hint"),
        ]

    async def handle(self, payload: dict[str, Any], leave: Callable[[], None] = lambda: None) -> Handled:
        """Handle one update; raises TooSlow, HandlerFailed."""
        update = Update.de_json(payload, self._bot)
        handled = Handled(leave)
        token = _handled.set(handled)
        try:
            await self._application.process_update(update)
        finally:
            _handled.reset(token)
        if handled.failures:
            if isinstance(handled.failures[0], TooSlow):
                raise handled.failures[0]
            raise HandlerFailed(str(payload.get("update_id"))) from handled.failures[0]
        return handled

    async def words_for(self, payload: dict[str, Any], words: Callable[[Asker], Response]) -> tuple[Step, ...]:
        """Steps of an apology or a kind word to whoever sent the update; () when there is no chat."""
        update = Update.de_json(payload, self._bot)
        chat = update.effective_chat
        if chat is None or update.inline_query or update.guest_message:
            return ()
        message = update.message or update.edited_message
        asker = asker_of(update.effective_user, chat, person=writer_of(message))
        answer = await self._quick.call(partial(words, asker))
        return tuple(sends(answer, chat.id, message))

    async def call(self, work: Callable[[], T]) -> T:
        """Run a quick call of the service in a thread; raises TooSlow."""
        return await self._quick.call(work)

    async def call_slowly(self, work: Callable[[], T]) -> T:
        """Run a longer call of the service in a thread of its own kind; raises TooSlow."""
        return await self._slow.call(work)

    async def turn_away(self, payload: dict[str, Any]) -> None:
        """End the spinner of a tap, or an inline query, that nobody will handle."""
        tap, query = payload.get("callback_query"), payload.get("inline_query")
        if tap:
            await self._sender.prompt("AnswerCallbackQuery", {"callback_query_id": tap["id"]})
        if query:
            await self._sender.prompt("AnswerInlineQuery", {"inline_query_id": query["id"], "results": [], "cache_time": 0})

    def learn_commands(self) -> None:
        """The service's commands may have changed: in groups it hears only those."""
        names = {name for language in ("zh", "en") for name, _ in self._service.commands(language)}
        self._known = frozenset(names | {"start", "help"})

    @property
    def lost_threads(self) -> int:
        """Calls of the service that did not end in time and have not ended since."""
        return self._quick.lost + self._slow.lost

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
            asker = await self._askers.of_message(message, command.name)
            work = partial(self._service.command, asker, command.name, command.argument)
        elif question is not None:
            work = partial(self._service.question, await self._askers.of_message(message), question)
        else:
            return
        answer = await self._with_typing(message, work)
        if update.edited_message:
            question_of = (message.chat.id, message.message_id)
            known = await self._quick.call(partial(answers_to, self._store, *question_of))
            _handled.get().steps += edits(answer, message, known)
        else:
            _handled.get().steps += sends(answer, message.chat.id, message)

    async def on_other(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A message without text in a private chat."""
        message = update.message
        if message is None or not written_by_a_person(message, self._bot.id):
            return
        asker = await self._askers.of_message(message)
        answer = await self._ask(partial(self._service.not_text, asker))
        _handled.get().steps += sends(answer, message.chat.id, message)

    async def on_tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button: the toast at once, then what the card becomes."""
        query = update.callback_query
        if query is None:
            return
        asker = await self._askers.of_tap(query, self._command_of(query.message))
        answer = await self._ask(partial(self._service.tap, asker, query.data or ""))
        toast = {"text": answer.toast, "show_alert": answer.alert} if answer.toast else {}
        self._sender.prompt_soon("AnswerCallbackQuery", {"callback_query_id": query.id} | toast)
        answer = await self._finished(answer)
        _handled.get().steps += card_steps(answer, query)

    def _command_of(self, card: object) -> Command | None:
        """The command that a card answers."""
        question = card.reply_to_message if isinstance(card, Message) else None
        return command_in(question, self._bot.username, self._known) if question else None

    async def on_inline(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`@bot query` typed in any chat."""
        query = update.inline_query
        if query is None:
            return
        asker = asker_of(query.from_user, None)
        page = await self._quick.call(partial(self._service.inline, asker, query.query, query.offset))
        _handled.get().leave()
        await self._sender.prompt("AnswerInlineQuery", {"inline_query_id": query.id} | page_of(page))

    async def on_guest(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`@bot question` in a chat that the bot is not in: one answer."""
        message = update.guest_message
        if message is None or not message.guest_query_id:
            return
        user = message.guest_bot_caller_user or message.from_user
        question, _mentions = without_mention(message.text or "", self._bot.username)
        result = await self._quick.call(partial(self._service.guest, asker_of(user, None), question))
        _handled.get().leave()
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

    async def on_guess(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody answered a quiz; without an option they took the answer back."""
        answer = update.poll_answer
        if answer is not None and answer.user and answer.option_ids:
            guess = partial(self._service.guessed, answer.poll_id, answer.user.id, answer.user.first_name, answer.option_ids[0])
            await self._quick.call(guess)

    # -- how the service is asked

    async def _ask(self, work: Callable[[], Response]) -> Response:
        """The service's answer at once; its place among the handlers is another's from then on."""
        answer = await self._quick.call(work)
        handled = _handled.get()
        handled.memory += answer.memory
        handled.leave()
        return answer

    async def _finished(self, answer: Response) -> Response:
        """The answer with its slow part done; what was there already comes first."""
        while answer.later is not None:
            more = await self._slow.call(answer.later)
            _handled.get().memory += more.memory
            answer = Response((*answer.replies, *more.replies), more.edit or answer.edit, later=more.later)
        return answer

    async def _with_typing(self, message: Message, work: Callable[[], Response]) -> Response:
        """The finished answer; a typing indicator, once, when its slow part takes long."""
        answer = await self._ask(work)
        if answer.later is None:
            return answer
        loop = asyncio.get_running_loop()
        shown: list[asyncio.Task[None]] = []
        timer = loop.call_later(TYPING_SECONDS, lambda: shown.append(loop.create_task(self._type(message))))
        try:
            return await self._finished(answer)
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


async def on_error(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The one error handler: hands the exception to whoever counts the tries."""
    if context.error is not None:
        _handled.get().failures.append(context.error)
