"""The smallest service: every question comes back as a block quote."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from bot.cli.database import SCHEMAS
from bot.contract.reply import Button, Entity, File, Reply
from bot.contract.response import Asker, ChatKind, InlinePage, InlineResult, Response, Service
from bot.edge.app import run
from bot.state import figures
from bot.state.store import Store, open_store


@dataclass(frozen=True)
class EdgeSettings:
    """What `bot.edge.app.run` reads, where the database is, and which chats get a daily quote."""

    token: str
    api_base: str
    database_url: str
    admins: tuple[int, ...] = ()
    webhook_url: str = ""
    webhook_secret: str = ""
    web_port: int | None = None
    health_port: int | None = None
    workers: int = 8
    daily: tuple[int, ...] = ()
    public_url: str = ""


async def run_alone(settings: EdgeSettings, service: Service, **how: Any) -> int:
    """`bot.edge.app.run` on the settings' own database, opened and closed. Raises StoreError when it cannot be opened."""
    with closing(open_store(settings.database_url, SCHEMAS, serving=True)) as store:
        if isinstance(service, Echo):
            service.store = store
        return await run(settings, service, store, **how)


def quoted(text: str) -> Reply:
    """The text as a block quote with one button."""
    text = text or "·"
    return Reply(text, (Entity("blockquote", 0, len(text)),), ((Button("更多", data="more"),),))


@dataclass
class Echo:
    """Answers at once, unless the question names something special:

    raise · slow SECONDS · hang · kill · parts N · file · file in words · later · silent · 记, which is counted in the
    database

    Of a file it says name and content, later; a .pdf it does not want.
    store: where it is counted; without one it is not.
    """

    asked: list[tuple[Asker, str]] = field(default_factory=list)
    blocked_chats: list[int] = field(default_factory=list)
    moved_chats: list[tuple[int, int]] = field(default_factory=list)
    guesses: list[tuple[str, int, str, int]] = field(default_factory=list)
    deliveries: list[tuple[int, str, tuple[Reply, ...]]] = field(default_factory=list)
    store: Store | None = None

    def question(self, asker: Asker, text: str) -> Response:
        self.asked.append((asker, text))
        if text.startswith("记") and self.store:
            with self.store.quick() as connection:
                figures.add(connection, time.time(), "asked", "noted")
        return _special(text) or Response((quoted(text),))

    def command(self, asker: Asker, name: str, argument: str) -> Response:
        self.asked.append((asker, f"/{name} {argument}".strip()))
        return Response((quoted(f"{name}|{argument}|{asker.manages_chat}"),))

    def tap(self, asker: Asker, data: str) -> Response:
        self.asked.append((asker, data))
        return Response(edit=Reply(f"card {data} {asker.started_by}"), toast="好")

    def inline(self, asker: Asker, query: str, offset: str) -> InlinePage:
        self.asked.append((asker, query))
        result = InlineResult("r1", "title", "description", quoted(query + offset))
        return InlinePage((result,), "2", "问我", "hi")

    def guest(self, asker: Asker, text: str) -> InlineResult | None:
        self.asked.append((asker, text))
        return InlineResult("g1", "title", "description", quoted(text))

    def introduce(self, username: str) -> None:
        self.username = username

    def unwanted(self, asker: Asker, name: str, size: int) -> Response | None:
        self.asked.append((asker, f"{name} {size}"))
        return Response((quoted(f"unwanted {name} {size}"),)) if name.endswith(".pdf") else None

    def document(self, asker: Asker, name: str, content: bytes | None) -> Response:
        self.asked.append((asker, name))
        if content is None:
            return Response((quoted(f"{name} gone"),))
        said = quoted(f"{name} {content.decode()}")
        return Response(later=lambda: Response((said,)))

    def not_text(self, asker: Asker) -> Response:
        return Response((Reply("文字"),)) if asker.kind == "private" else Response()

    def commands(self, language: str, kind: ChatKind = "private") -> tuple[tuple[str, str], ...]:
        everywhere = (("help", "帮助" if language == "zh" else "help"), ("settings", "设置"), ("daily", "每日"))
        return everywhere if kind == "group" else (*everywhere, ("saved", "收藏"))

    def descriptions(self, language: str) -> tuple[str, str]:
        return (f"long {language}", f"short {language}")

    def trouble(self) -> str:
        return ""

    def sorry(self, asker: Asker) -> Response:  # noqa: ARG002
        return Response((Reply("抱歉"),))

    def busy(self, asker: Asker) -> Response:  # noqa: ARG002
        return Response((Reply("稍等"),))

    def blocked(self, chat_id: int) -> None:
        self.blocked_chats.append(chat_id)

    def moved(self, old_chat_id: int, new_chat_id: int) -> None:
        self.moved_chats.append((old_chat_id, new_chat_id))

    def guessed(self, poll: str, person: int, name: str, option: int) -> None:
        self.guesses.append((poll, person, name, option))

    def due(self, now: float, stored: Collection[str] = ()) -> tuple[tuple[int, str, tuple[Reply, ...]], ...]:  # noqa: ARG002
        return tuple(self.deliveries)


def _special(text: str) -> Response | None:
    word, _, rest = text.partition(" ")
    special: dict[str, Callable[[], Response]] = {
        "raise": _raise,
        "slow": lambda: _slow(float(rest)),
        "hang": lambda: _slow(10_000.0),
        "kill": _kill,
        "parts": lambda: Response(tuple(quoted(f"part {n}") for n in range(int(rest)))),
        "file": lambda: Response((Reply("说明", file=File("document", "全文.txt", b"text", "同样的话" if rest else "")),)),
        "later": lambda: Response((quoted("first"),), later=lambda: Response((quoted("second"),))),
        "silent": Response,
    }
    return special[word]() if word in special else None


def _raise() -> Response:
    raise ValueError("the question holds 秘密 text")


def _slow(seconds: float) -> Response:
    time.sleep(seconds)
    return Response((quoted("slow"),))


def _kill() -> Response:
    os.kill(os.getpid(), signal.SIGKILL)
    return Response()
