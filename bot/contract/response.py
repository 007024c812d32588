"""What passes between the edge (Telegram updates) and the service (what the bot knows and says)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Executable

from bot.contract.reply import Reply

ChatKind = Literal["private", "group"]
Write = tuple[Executable, Mapping[str, Any]]  # a statement, the same object each time, and its values


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, where: what the edge knows about one update.

    user_id: of the person, or of the chat in whose name somebody writes. chat_id: where an answer goes (0 for inline
    and guest queries, which have no chat of ours).
    language: the client's IETF tag or "". manages_chat: an administrator of the group (always in private).
    started_by: user id whose question the tapped card answers, 0 when unknown.
    """

    user_id: int
    chat_id: int
    kind: ChatKind = "private"
    language: str = ""
    manages_chat: bool = True
    started_by: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """What to do now.

    replies: new messages in order. edit: the new content of the tapped card. toast: the line shown over the
    chat after a tap (`alert`: as a box to dismiss). later: slow work (a picture) for a thread; its result is
    a further Response. memory: what the answer leaves behind, to be stored together with it. Nothing set: stay
    silent.
    """

    replies: tuple[Reply, ...] = ()
    edit: Reply | None = None
    toast: str = ""
    alert: bool = False
    later: Callable[[], Response] | None = None
    memory: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One row of an inline answer: id of 1-64 bytes, stable for the passage; `message` is what gets sent."""

    id: str
    title: str
    description: str
    message: Reply


@dataclass(frozen=True, slots=True)
class InlinePage:
    """At most 50 results; next_offset "" ends the list; the button leads to a private chat with the bot."""

    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    button_label: str = ""
    button_start: str = ""
    cache_seconds: int = 300  # Telegram's default


class Service(Protocol):
    """What the edge may call. Synchronous and quick (milliseconds), safe to call from several threads."""

    def introduce(self, username: str) -> None:
        """The bot's own username, told once it is known: deep links need it."""

    def question(self, asker: Asker, text: str) -> Response: ...
    def command(self, asker: Asker, name: str, argument: str) -> Response:
        """`/name argument`, without slash and without @bot; unknown names answer too; `s3_2` is a name."""

    def tap(self, asker: Asker, data: str) -> Response: ...
    def inline(self, asker: Asker, query: str, offset: str) -> InlinePage: ...
    def guest(self, asker: Asker, text: str) -> InlineResult | None: ...
    def not_text(self, asker: Asker) -> Response:
        """A photo, sticker, voice message ...: a hint in private, silence in groups."""

    def unwanted(self, asker: Asker, name: str, size: int) -> Response | None:
        """Why a file that somebody sends is not even fetched, told from its name and its bytes; None to fetch it."""

    def document(self, asker: Asker, name: str, content: bytes | None) -> Response:
        """A file that somebody sent, to be checked word for word; None when Telegram does not give it out."""

    def commands(self, language: str, kind: ChatKind = "private") -> tuple[tuple[str, str], ...]:
        """The command menu (name, description) for "zh" or "en", of a chat of that kind."""

    def descriptions(self, language: str) -> tuple[str, str]:
        """Description and short description of the bot."""

    def sorry(self, asker: Asker) -> Response:
        """Said when a question could not be answered after several tries."""

    def busy(self, asker: Asker) -> Response:
        """A kind word to somebody who waits long or asks very fast."""

    def trouble(self) -> str:
        """What keeps the service from looking questions up at present, for whoever runs the bot; "" when nothing does."""

    def blocked(self, chat_id: int) -> None:
        """The chat blocked the bot or is gone: forget its subscriptions."""

    def moved(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup with a new id: what is stored must follow."""

    def guessed(self, poll: str, person: int, name: str, option: int) -> None:
        """Somebody answered a quiz: the option from 0; name: what the chat calls them."""

    def due(self, now: float, stored: Collection[str] = ()) -> tuple[tuple[int, str, tuple[Reply, ...]], ...]:
        """Some daily quotes due at `now` (seconds UTC), already entered in the ledger: (chat id, key, replies).

        The key names the delivery (chat and day), so that it is sent once however often it is planned. stored: the
        keys of the last call, once they are stored for sending. To be called again until nothing comes.
        """
