"""What a person does on the reader's pages: the favourites and settings of their private chat, under the same limits."""

from __future__ import annotations

import threading
from typing import Any, get_args

from bot.contract.reader_person import ReaderDeclined, ReaderPerson
from bot.contract.response import Asker
from bot.service.context import Context
from bot.service.pace import Pace
from bot.service.speech_service import SpeechService
from bot.service.traditional import Script
from bot.settings.wording import LANGUAGES
from bot.state import chats, saved
from retrieval import Quote, UnknownReference, by_id

A_MINUTE = 120  # of one person, chosen: a star every half second


class ReaderWishes:
    """What `bot.contract.reader_person.ReaderService` promises."""

    def __init__(self, service: SpeechService) -> None:
        self._service = service
        self._pace = Pace()
        self._writing = threading.Lock()  # a chat's updates come one after another, a page's requests at once

    def person(self, asker: Asker) -> ReaderPerson:
        """What is known of somebody."""
        return _known(self._context(asker))

    def save(self, asker: Asker, quote: str) -> ReaderPerson:
        """Put a quote among the favourites."""
        context = self._context(asker)
        found = _quote(context, quote)
        with self._writing, context.store.quick() as memory:
            if not saved.add(memory, asker.user_id, found.id, found.text, context.now):
                raise ReaderDeclined("full", context.say("saved.full", most=saved.MOST))
        return _known(context)

    def unsave(self, asker: Asker, quote: str) -> ReaderPerson:
        """Take a quote out, also one that stands nowhere any more."""
        context = self._context(asker)
        with self._writing, context.store.quick() as memory:
            saved.remove(memory, asker.user_id, quote)
        return _known(context)

    def choose(self, asker: Asker, *, language: str = "", script: str | None = None) -> ReaderPerson:
        """Change the private chat's language or characters; what is not known is not chosen."""
        context = self._context(asker)
        if language not in ("", *LANGUAGES) or script not in (None, *get_args(Script)):
            raise ReaderDeclined("unknown", context.say("tap.unknown"))
        changes: dict[str, Any] = {"language": language} if language else {}
        if script is not None:
            changes |= {"script": script, "script_offered": True}
        if changes:
            with self._writing, context.store.quick() as memory:
                chats.change(memory, asker.chat_id, **changes)
        return _known(self._service.context_of(asker))

    def _context(self, asker: Asker) -> Context:
        context = self._service.context_of(asker)
        if self._pace.step(asker.user_id, context.now, A_MINUTE) != "allow":
            raise ReaderDeclined("too fast", context.say("ask.slower"))
        return context


def _known(context: Context) -> ReaderPerson:
    with context.store.reading() as memory:
        kept = saved.of(memory, context.asker.user_id)
    return ReaderPerson(context.say.language, context.chat.script, tuple(one.quote for one in kept), context.username)


def _quote(context: Context, identity: str) -> Quote:
    try:
        return by_id(context.library.corpus, identity)
    except UnknownReference:
        raise ReaderDeclined("unknown", context.say("tap.unknown")) from None
