"""The conductor: every command, question and tap → the function that answers it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from bot.contract.actions import Action
from bot.contract.callback import decode
from bot.contract.response import Asker, ChatKind, InlinePage, InlineResult, Response
from bot.contract.text_builder import TextBuilder
from bot.library.intake import intake_of
from bot.service import admin, asking, bringing, cards, characters, conversations, inline, refusals, sent_files, welcome, writing
from bot.service.content import Content
from bot.service.context import Context, Declined, beside_others, style_in
from bot.service.daily_delivery import DailyPlanner, Messages
from bot.service.outdated import is_current, tapped_late
from bot.service.pace import Pace
from bot.service.personal import PERSONAL
from bot.service.routes import COMMANDS, TAPS
from bot.service.sweeping import DAY, sweep
from bot.settings.config import Settings
from bot.settings.library import Library
from bot.state import chats, personal_data, quizzes, subscriptions
from bot.state.asker_state import AskerState, asker_state
from bot.state.store import Store
from retrieval import material_theme

GONE_ON_WITH = frozenset({"saved", "daily", "quiz", "cloud"})  # commands after which a message may be about them: 改成七点


class SpeechService:
    """What `bot.contract.response.Service` promises. Safe to call from several threads."""

    def __init__(
        self,
        content: Content,
        store: Store,
        *,
        admins: Sequence[int] = (),
        reread: Callable[[], Content] | None = None,
        clock: Callable[[], float] = time.time,
        choose: Callable[[Sequence[str]], str] = random.choice,
        secret: bytes = b"",
        public_url: str = "",
        settings: Settings | None = None,
        remembers: bool = True,
    ) -> None:
        """reread: opens everything anew for /reload; raises ConfigError. choose: picks one at random.

        secret: makes the keys on buttons unguessable. public_url: of the reader. settings: where speeches are brought in to.
        remembers: whether what an answer leaves behind is stored at once; otherwise it is handed over in `Response.memory`, to be
        stored together with the answer.
        """
        self._content = content
        self._store = store
        self._admins = tuple(admins)
        self._reread = reread
        self._clock = clock
        self._choose = choose
        self._secret, self._public_url = secret, public_url
        self._intake = intake_of(settings, self.renew) if settings else None
        self._remembers = remembers
        self._pace, self._daily = Pace(), DailyPlanner()
        self._reloading, self._swept = threading.Lock(), 0.0
        self._username = ""
        self._note_version()

    def introduce(self, username: str) -> None:
        """Tell the service the bot's own name, which links need."""
        self._username = username

    # -- what people do

    def question(self, asker: Asker, text: str) -> Response:
        """Free text."""
        return self._paced(asker, lambda context: self._question(context, text))

    def command(self, asker: Asker, name: str, argument: str) -> Response:
        """`/name argument`."""
        return self._paced(asker, lambda context: self._command(context, name, argument))

    def tap(self, asker: Asker, data: str) -> Response:
        """A button, maybe of an old card, maybe forged."""
        context = self.context_of(asker)
        return characters.shown(context, self._tapped(context, data))

    def _tapped(self, context: Context, data: str) -> Response:
        def done(context: Context) -> Response:
            action, mark = decode(data)
            answer = _tap(context, action) if is_current(context, action, mark) else tapped_late(context, action, mark, _tap)
            return self._settled(beside_others(context, answer))

        return refusals.of_tap(context, done)

    def inline(self, asker: Asker, query: str, offset: str) -> InlinePage:
        """`@bot query` in any chat."""
        context = self.context_of(asker)
        found = refusals.of_page(context, lambda context: inline.page(context, writing.in_chinese(context, query), offset))
        return characters.page_shown(context, found)

    def guest(self, asker: Asker, text: str) -> InlineResult | None:
        """`@bot question` in a chat that the bot is not in; silence for who asks too fast."""
        if self._pace.step(asker.user_id, self._clock(), self._content.behaviour.questions_a_minute) != "allow":
            return None
        context = self.context_of(asker)
        found = refusals.of_guest(
            context, lambda context: writing.guest_headed(context, text, inline.guest(context, writing.in_chinese(context, text)))
        )
        return characters.result_shown(context, found)

    def unwanted(self, asker: Asker, name: str, size: int) -> Response | None:
        """A file that is not even fetched; no file of somebody who asks too fast is."""
        context = self.context_of(asker)
        refused = sent_files.unwanted(context, name, size)
        return self._too_fast(asker) or (characters.shown(context, refused) if refused else None)

    def document(self, asker: Asker, name: str, content: bytes | None) -> Response:
        """A file that was fetched."""
        return self._answered(asker, lambda context: sent_files.checked(context, name, content))

    def not_text(self, asker: Asker) -> Response:
        """A photo, a voice message."""
        if asker.kind != "private":
            return Response()
        context = self.context_of(asker)
        return characters.shown(context, Response((cards.examples_card(context, context.say("ask.not_text")),)))

    # -- what the edge needs

    def commands(self, language: str, kind: ChatKind = "private") -> tuple[tuple[str, str], ...]:
        """The command menu; in groups without what is answered in private only."""
        menu = self._content.phrases(language).below("commands")
        return tuple(row for row in menu if kind == "private" or row[0] not in PERSONAL)

    def descriptions(self, language: str) -> tuple[str, str]:
        """Description and short description."""
        say = self._content.phrases(language)
        return say("description.long"), say("description.short")

    def sorry(self, asker: Asker) -> Response:
        """An apology."""
        return self._sentence(self.context_of(asker), "edge.sorry")

    def busy(self, asker: Asker) -> Response:
        """A request for patience."""
        return self._sentence(self.context_of(asker), "edge.busy")

    def trouble(self) -> str:
        """Why questions cannot be looked up at present, "" when they can."""
        candidates = self._content.library.engine.candidates
        return candidates.trouble if candidates else ""

    def _sentence(self, context: Context, key: str) -> Response:
        return characters.shown(context, Response((TextBuilder().line(context.say(key)).reply(),)))

    def blocked(self, chat_id: int) -> None:
        """No more daily quotes for a chat that is gone."""
        with self._store.quick() as memory:
            subscriptions.stop(memory, chat_id)

    def moved(self, old_chat_id: int, new_chat_id: int) -> None:
        """What is stored follows the group."""
        with self._store.quick() as memory:
            personal_data.move(memory, old_chat_id, new_chat_id)

    def guessed(self, poll: str, person: int, name: str, option: int) -> None:
        """An answer to a quiz."""
        with self._store.quick() as memory:
            quizzes.guess(memory, poll, person, name, option, self._clock())

    def due(self, now: float, stored: Collection[str] = ()) -> Messages:
        """A portion of daily quotes; once a day the memory is swept on the way."""
        if now - self._swept > DAY:
            sweep(self._store, now, self._content.behaviour.questions_days)
            self._swept = now

        def context_for(memory: Connection, chat: int) -> Context:
            kind = Asker(chat if chat > 0 else 0, chat, "private" if chat > 0 else "group")
            return self._made(kind, chats.chat_of(memory, chat), now)

        return self._daily.due(context_for, self._store, now, stored)

    # -- how it is answered

    def context_of(self, asker: Asker) -> Context:
        """What an answer to somebody is made with."""
        with self._store.reading() as memory:
            chat = chats.chat_of(memory, asker.chat_id or asker.user_id)
        return self._made(asker, chat, self._clock())

    def _with_talk(self, asker: Asker) -> Context:
        now = self._clock()
        kept = asker_state(self._store, asker.chat_id, asker.user_id, now - conversations.FRESH)
        return self._made(asker, kept.chat, now, kept)

    def _made(self, asker: Asker, chat: chats.ChatState, now: float, kept: AskerState | None = None) -> Context:
        content = self._content
        client = asker.language if asker.kind == "private" else ""  # a group speaks one language to all
        say = content.phrases(chat.language or client[:2].lower())
        return Context(
            asker,
            content.library,
            self._store,
            content.behaviour,
            content.wording,
            style_in(chat.script, say, content.wording.exceptions),
            chat,
            now,
            self._choose,
            self._admins,
            self._username,
            self._public_url,
            self._secret,
            self._intake,
            kept,
        )

    def _paced(self, asker: Asker, work: Callable[[Context], Response]) -> Response:
        return self._too_fast(asker) or self._answered(asker, work)

    def _too_fast(self, asker: Asker) -> Response | None:
        """A kind word to who asks too fast, once, then silence; None for everybody else."""
        step = self._pace.step(asker.user_id, self._clock(), self._content.behaviour.questions_a_minute)
        if step == "allow":
            return None
        return Response() if step == "ignore" else self._sentence(self.context_of(asker), "ask.slower")

    def _answered(self, asker: Asker, work: Callable[[Context], Response]) -> Response:
        context = self._with_talk(asker)
        return characters.shown(context, self._told(context, work)) if context.chat.script else self._told(context, work)

    def _told(self, context: Context, work: Callable[[Context], Response]) -> Response:
        return refusals.of_message(context, lambda context: self._settled(work(context)))

    def _settled(self, answer: Response) -> Response:
        """The answer, with what it leaves behind stored if that is this service's part."""
        if not answer.memory or not self._remembers:
            return answer
        with self._store.quick() as memory:
            conversations.keep(memory, answer.memory)
        return replace(answer, memory=())

    def _question(self, context: Context, text: str) -> Response:
        retitled = bringing.retitled(context, text) if context.asker.user_id in self._admins else None
        return retitled or writing.answered(context, text, lambda asked: self._asked(context, asked))

    def _asked(self, context: Context, typed: str) -> Response:
        text = asking.calmed(typed)
        theme = material_theme(text, context.library.engine.reader.words)
        if theme is not None:
            return self._command(context, "material", theme)
        another = asking.wants_another(context, text)
        spoken = "" if conversations.of_opened(context, text) else context.behaviour.spoken.command(text)
        command = "" if another is False else "random" if another else spoken
        return self._command(context, command, "") if command else asking.question(context, text)

    def _command(self, context: Context, name: str, argument: str) -> Response:
        look_up = welcome.looked_up(context, name)
        if look_up:
            return Response((look_up,))
        work = self._reload if name == "reload" else COMMANDS.get(name)
        if work is None:
            raise Declined("command.unknown")
        answer = work(context, writing.argument_of(context, name, argument[: asking.LONGEST].strip()))
        if name in GONE_ON_WITH:
            conversations.wishes(context, name)
        return answer

    def renew(self) -> Library:
        """Take up what is on disk now, in one step, and return it; what is answered meanwhile is answered as before. Raises ConfigError."""
        with self._reloading:
            if self._reread is not None:
                self._content = self._reread()
                self._note_version()
            return self._content.library

    def _reload(self, context: Context, _argument: str) -> Response:
        """Reads everything again in a thread; on any problem the present state stays."""
        return admin.reload(context, self.renew, lambda: self._reread is None or self._reloading.locked())

    def _note_version(self) -> None:
        if self._intake:
            self._intake.versions.note(self._content.library.corpus)


def _tap(context: Context, action: Action) -> Response:
    return TAPS[type(action)](context, action)
