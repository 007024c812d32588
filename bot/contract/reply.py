"""What the bot says to a person: text, its formatting, its buttons, at most one file.

Everything here is a frozen value that survives JSON, so that a planned message can be stored before it is sent.
Offsets count code points of `text`; the edge turns them into Telegram's UTF-16 units.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, Literal

EntityKind = Literal["bold", "italic", "underline", "strikethrough", "blockquote", "expandable_blockquote", "code", "text_link"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Formatting of `text[start:end]` (code points, half-open)."""

    kind: EntityKind
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; exactly one of the targets is set.

    data: callback data, 1-64 bytes. url: a link. copy: text for the clipboard, at most 256 characters.
    share: an inline query that the person sends to a chat of their choice. web_app: the address of a page that opens inside Telegram, in
    private chats only.
    """

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    share: str | None = None
    web_app: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A document or a photo with the bytes to upload; the text of its Reply becomes the caption.

    instead: what is said where a chat does not allow files; "" for the caption.
    """

    kind: Literal["document", "photo"]
    name: str
    content: bytes
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question with 2 to 10 options of which `right` (from 0) is right; `explanation` is told to who has answered.

    At most 300 characters of question, 100 of an option, 200 of explanation, Telegram's.
    """

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: at most 4096 code points of text (1024 with a file), buttons in rows.

    quiz: shown as a poll instead of the text; that is what is said where a chat allows no polls.
    """

    text: str
    entities: tuple[Entity, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None
    quiz: Quiz | None = None


def to_json(reply: Reply) -> dict[str, Any]:
    """The reply as plain JSON values; `from_json(to_json(r)) == r`."""
    out: dict[str, Any] = {"text": reply.text}
    if reply.entities:
        out["entities"] = [[e.kind, e.start, e.end, e.url] for e in reply.entities]
    if reply.buttons:
        out["buttons"] = [[_button_json(button) for button in row] for row in reply.buttons]
    if reply.file:
        content = base64.b64encode(reply.file.content).decode("ascii")
        out["file"] = [reply.file.kind, reply.file.name, content, *([reply.file.instead] if reply.file.instead else [])]
    if reply.quiz:
        out["quiz"] = [reply.quiz.question, list(reply.quiz.options), reply.quiz.right, reply.quiz.explanation]
    return out


def _button_json(button: Button) -> list[str | None]:
    values = [button.label, button.data, button.url, button.copy, button.share]
    return [*values, button.web_app] if button.web_app else values


def from_json(value: dict[str, Any]) -> Reply:
    """The inverse of `to_json`."""
    file, quiz = value.get("file"), value.get("quiz")
    return Reply(
        text=value["text"],
        entities=tuple(Entity(*e) for e in value.get("entities", ())),
        buttons=tuple(tuple(Button(*b) for b in row) for row in value.get("buttons", ())),
        file=File(file[0], file[1], base64.b64decode(file[2]), *file[3:]) if file else None,
        quiz=Quiz(quiz[0], tuple(quiz[1]), quiz[2], quiz[3]) if quiz else None,
    )
