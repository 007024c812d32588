"""Polls as Telegram keeps them: what a request may ask for, who has chosen what."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from bot.demo.world.message_text import FormattedText, clean, parse_entities
from bot.demo.world.parameters import Parameters
from bot.demo.world.refusal import bad_request
from bot.demo.world.telegram_state import Json

# Telegram's, https://core.telegram.org/bots/api#sendpoll
MAX_QUESTION, MAX_OPTION, MAX_EXPLANATION = 300, 100, 200  # characters
MAX_LINE_FEEDS = 2  # in an explanation
MIN_OPTIONS, MAX_OPTIONS = 2, 12
KINDS = ("regular", "quiz")


@dataclass(slots=True)
class Poll:
    """A poll in a message. right: the correct options of a quiz, from 0. chosen: options by person."""

    question: FormattedText
    options: tuple[FormattedText, ...]
    kind: str
    anonymous: bool
    right: tuple[int, ...] = ()
    explanation: FormattedText = field(default_factory=FormattedText)
    id: str = field(default_factory=lambda: str(uuid.uuid4().int % 10**19))
    chosen: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def to_json(self) -> Json:
        """Poll of the Bot API, as the bot that sent it sees it."""
        options = [
            {"persistent_id": str(n), **_with_entities(option, "text"), "voter_count": self._votes(n)}
            for n, option in enumerate(self.options)
        ]
        out: Json = {
            "id": self.id,
            **_with_entities(self.question, "question"),
            "options": options,
            "total_voter_count": len(self.chosen),
            "is_closed": False,
            "is_anonymous": self.anonymous,
            "type": self.kind,
            "allows_multiple_answers": False,
            "allows_revoting": self.kind != "quiz",
            "members_only": False,
        }
        if self.kind == "quiz":
            out["correct_option_ids"] = list(self.right)
        if self.explanation.content:
            out |= _with_entities(self.explanation, "explanation")
        return out

    def choose(self, person: int, option: int) -> None:
        """A person chooses. Raises ValueError for no option, or a second answer to a quiz, which counts the first time only."""
        if not 0 <= option < len(self.options):
            raise ValueError(f"option {option}; expected one of {len(self.options)}")
        if self.kind == "quiz" and person in self.chosen:
            raise ValueError("answered already")
        self.chosen[person] = (option,)

    def _votes(self, option: int) -> int:
        return sum(option in options for options in self.chosen.values())


def parse_poll(fields: Parameters) -> Poll:
    """The poll of a request. Raises Refusal with Telegram's words."""
    kind = fields.text("type") or "regular"
    if kind not in KINDS:
        raise bad_request("unsupported poll type specified")
    question = _text(fields.text("question"), fields.array("question_entities", what="MessageEntity"))
    if not question.content:
        raise bad_request("poll question must be non-empty")
    if len(question.content) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    options = _parse_options(fields)
    anonymous = "is_anonymous" not in fields.values or fields.truth("is_anonymous")
    return Poll(question, options, kind, anonymous, *(_parse_quiz(fields, len(options)) if kind == "quiz" else ()))


def _parse_options(fields: Parameters) -> tuple[FormattedText, ...]:
    values = fields.array("options", what="InputPollOption") or []
    if len(values) < MIN_OPTIONS:
        raise bad_request(f"poll must have at least {MIN_OPTIONS} option")
    if len(values) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    options = tuple(_parse_option(value) for value in values)
    if any(not option.content for option in options):
        raise bad_request("poll options must be non-empty")
    if any(len(option.content) > MAX_OPTION for option in options):
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    return options


def _parse_option(value: Any) -> FormattedText:
    """An InputPollOption, or a mere string as bots sent before 7.3."""
    if isinstance(value, str):
        return _text(value, None)
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise bad_request("can't parse options JSON object")
    return _text(value["text"], value.get("text_entities"))


def _parse_quiz(fields: Parameters, options: int) -> tuple[tuple[int, ...], FormattedText]:
    """The correct options and the explanation."""
    right = fields.array("correct_option_ids", what="Integer")
    if not right or not all(isinstance(option, int) and 0 <= option < options for option in right) or right != sorted(set(right)):
        raise bad_request("wrong correct option ID specified")
    if len(right) > 1 and not fields.truth("allows_multiple_answers"):
        raise bad_request("wrong correct option ID specified")
    explanation = _text(fields.text("explanation"), fields.array("explanation_entities", what="MessageEntity"))
    if len(explanation.content) > MAX_EXPLANATION or explanation.content.count("\n") > MAX_LINE_FEEDS:
        raise bad_request("poll explanation is too long")
    return tuple(right), explanation


def _text(raw: str, entities: Any) -> FormattedText:
    return clean(raw, parse_entities(entities or ()), detect=False)


def _with_entities(text: FormattedText, name: str) -> Json:
    return {name: text.content} | ({f"{name}_entities": text.entities_json()} if text.entities else {})
