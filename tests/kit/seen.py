"""What a person sees of a reply, and what must hold for every one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.contract.callback import decode
from bot.contract.reply import Button, Reply, from_json, to_json
from bot.contract.response import Response
from bot.demo.world.message_text import BECOMES_BLANK, VANISHES, clean
from bot.demo.world.message_text import TextEntity as Cleaned
from bot.edge.outgoing import message_of
from bot.settings.library import Library

ADMIN = 99
KEPT = {**BECOMES_BLANK, **dict.fromkeys(VANISHES)}
QUOTED = ("blockquote", "expandable_blockquote")


@dataclass
class Clock:
    """A clock that stands still until it is moved; seconds UTC."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


def replies(answer: Response) -> tuple[Reply, ...]:
    """Everything that an answer shows."""
    return ((answer.edit,) if answer.edit else ()) + answer.replies


def only(answer: Response) -> Reply:
    """The one reply of an answer."""
    (reply,) = replies(answer)
    return reply


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def data(reply: Reply, label: str) -> str:
    """The callback data of the first button whose label holds the words."""
    return next(b.data for b in buttons(reply) if label in b.label and b.data)


def quoted(reply: Reply) -> list[str]:
    """The words in block quotes."""
    return [reply.text[e.start : e.end] for e in reply.entities if e.kind in QUOTED]


def as_kept(text: str) -> str:
    """What Telegram makes of words inside a message."""
    return text.translate(KEPT)


@dataclass
class Inspector:
    """Checks that replies are acceptable to Telegram and that their quotes are the speeches' own words."""

    library: Library
    checked: int = 0
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = [as_kept(text) for text in self.library.corpus.texts.values()]

    def check(self, reply: Reply, *, verbatim: bool = True) -> None:
        self.checked += 1
        assert from_json(to_json(reply)) == reply
        limit = 1024 if reply.file else 4096
        assert reply.text.strip() or reply.file
        assert len(reply.text) <= limit, len(reply.text)
        if reply.quiz:
            assert 1 <= len(reply.quiz.question) <= 300
            assert 2 <= len(reply.quiz.options) <= 10
            assert all(1 <= len(option) <= 100 for option in reply.quiz.options)
            assert len(set(reply.quiz.options)) == len(reply.quiz.options) > reply.quiz.right >= 0
            assert 1 <= len(reply.quiz.explanation) <= 200
            assert reply.quiz.explanation.count("\n") <= 2
        body = message_of(reply)
        entities = [Cleaned(e["type"], e["offset"], e["length"]) for e in body.get("entities", ())]
        kept = clean(reply.text, entities, detect=False)
        assert kept.content == as_kept(reply.text).strip(" \n")
        assert len(entities) < 100
        for entity in kept.entities:
            words = kept.content[entity.offset : entity.end]
            if entity.kind in QUOTED and verbatim:
                assert words, reply
                assert any(words in text for text in self.texts), words
        self._check_buttons(reply)

    def _check_buttons(self, reply: Reply) -> None:
        assert len(reply.buttons) <= 10
        for row in reply.buttons:
            assert 1 <= len(row) <= 8
            for button in row:
                assert button.label.strip()
                assert sum(t is not None for t in (button.data, button.url, button.copy, button.share, button.web_app)) == 1
                if button.data is not None:
                    assert 1 <= len(button.data.encode()) <= 64
                    decode(button.data)
                if button.copy is not None:
                    assert 1 <= len(button.copy) <= 256
                if button.url is not None:
                    assert re.fullmatch(r"https://t\.me/\w+\?start(=[A-Za-z0-9_-]{1,64}|app=[A-Za-z0-9_-]{1,512})", button.url)
                if button.web_app is not None:
                    assert re.fullmatch(r"https://[a-z.]+/read/\d+\?q=\d+\.\d+\.\d+(,\d+\.\d+\.\d+)*&lang=(zh|en)", button.web_app)
                    assert len(button.web_app) <= 2048
