"""What will be sent for an update, stored before it is sent: planned → sending → sent.

`sendMessage` has no idempotency key: a part found as `sending` after a crash is sent again, so that nothing
is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.reply import Reply, from_json, to_json
from bot.contract.response import Write
from bot.state.inbox_table import inbox
from bot.state.schema import Schema
from bot.state.store import Store

StepState = Literal["planned", "sending", "sent"]
StoredParts: TypeAlias = dict[str, list[tuple[int, StepState, str]]]  # by key: part, state and step as text

ANSWERED_SECONDS = 48 * 3600.0  # Telegram lets people edit a message for 48 hours

_metadata = sa.MetaData()
_outbox = sa.Table(
    "outbox",
    _metadata,
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("step", sa.Text, nullable=False),
)
_answered = sa.Table(
    "answered",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("question", sa.BigInteger, nullable=False),
    sa.Column("message", sa.BigInteger, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("answered_question", "chat", "question"),
)


def _create(connection: Connection) -> None:
    _metadata.create_all(connection)


SCHEMA = Schema("outbox", (_create,), (_outbox.name, _answered.name))

# A commit may have happened though its answer was lost: the second try of the same plan finds it there.
_PLAN = insert(_outbox).on_conflict_do_nothing()
_SENDING = _outbox.update().where(_outbox.c.key == sa.bindparam("k"), _outbox.c.part == sa.bindparam("p")).values(state="sending")
_SENT = _outbox.update().where(_outbox.c.key == sa.bindparam("k"), _outbox.c.part == sa.bindparam("p")).values(state="sent", step="")
_FORGET = _outbox.delete().where(_outbox.c.key == sa.bindparam("k"))
_REMEMBER = _answered.insert()


@dataclass(frozen=True, slots=True)
class Step:
    """One call that changes what a chat shows.

    send: `reply` as a new message to `chat`, as a reply to message `to` (0: to none).
    edit: message `to` of `chat`, or the inline message `inline`, becomes `reply`. delete: message `to` goes.
    question: the message that this answers, remembered so that its later edit edits the answer (0: forget).
    thread: the forum topic, 0 for none.
    """

    kind: Literal["send", "edit", "delete"]
    chat: int
    reply: Reply | None = None
    to: int = 0
    inline: str = ""
    question: int = 0
    thread: int = 0

    def dumps(self) -> str:
        """As JSON text; `Step.loads` is the inverse."""
        reply = to_json(self.reply) if self.reply else None
        values = [self.kind, self.chat, reply, self.to, self.inline, self.question, self.thread]
        return json.dumps(values, ensure_ascii=False)

    @staticmethod
    def loads(text: str) -> Step:
        """The step that `dumps` wrote."""
        kind, chat, reply, *rest = json.loads(text)
        return Step(kind, chat, from_json(reply) if reply else None, *rest)


@dataclass(frozen=True, slots=True)
class Planned:
    """One stored part of an answer."""

    part: int
    state: StepState
    step: Step


def plan_writes(key: str, parts: Sequence[Planned]) -> tuple[Write, ...]:
    """The writes that store all parts of an answer."""
    return tuple((_PLAN, {"key": key, "part": p.part, "state": p.state, "step": p.step.dumps()}) for p in parts)


def sending_writes(key: str, part: int) -> tuple[Write, ...]:
    """The part is being handed to Telegram."""
    return ((_SENDING, {"k": key, "p": part}),)


def sent_writes(key: str, part: int) -> tuple[Write, ...]:
    """The part arrived or is refused for good; its text goes."""
    return ((_SENT, {"k": key, "p": part}),)


def forget_writes(key: str) -> tuple[Write, ...]:
    """Every part is done: the rows go."""
    return ((_FORGET, {"k": key}),)


def remember_writes(step: Step, message: int, now: float) -> tuple[Write, ...]:
    """Remember which message answered a question, when the step says so."""
    if not step.question or not message or (step.reply and step.reply.file):
        return ()
    return ((_REMEMBER, {"chat": step.chat, "question": step.question, "message": message, "at": now}),)


def open_parts(connection: Connection, wanted: sa.ColumnElement[bool]) -> StoredParts:
    """What is stored for the rows of the inbox that are wanted, by key, in order."""
    rows = sa.select(_outbox).join(inbox, inbox.c.key == _outbox.c.key).where(wanted).order_by(_outbox.c.key, _outbox.c.part)
    found: StoredParts = {}
    for row in connection.execute(rows):
        found.setdefault(row.key, []).append((row.part, row.state, row.step))
    return found


def planned(stored: Iterable[tuple[int, StepState, str]]) -> tuple[Planned, ...]:
    """The parts; one that is sent keeps its number but not its content. Raises ValueError, TypeError or KeyError."""
    return tuple(Planned(part, state, Step.loads(step) if step else Step("delete", 0)) for part, state, step in stored)


def answers_to(store: Store, chat: int, question: int) -> tuple[int, ...]:
    """The messages that answered a question, in order, without repetition; () when unknown."""
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(_answered.c.message).where(_answered.c.chat == chat, _answered.c.question == question).order_by(_answered.c.id)
        )
        return tuple(dict.fromkeys(rows.scalars()))


def sweep(connection: Connection, now: float) -> None:
    """Forget which messages answered what once nobody can edit the question any more."""
    connection.execute(_answered.delete().where(_answered.c.at < now - ANSWERED_SECONDS))
