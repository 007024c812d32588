"""Questions to learn from: not answered, nearly answered, judged good or bad. Nobody's name is kept with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import feedback

_NOTE = insert(feedback)  # SQLite understands it, too
_NOTE = _NOTE.on_conflict_do_update(
    index_elements=[feedback.c.text, feedback.c.state],
    set_={"times": feedback.c.times + _NOTE.excluded.times} | {name: _NOTE.excluded[name] for name in ("quote", "corpus", "at")},
)

LONGEST = 200  # characters of a question that are kept
STATES = ("none", "near", "bad", "good")


@dataclass(frozen=True, slots=True)
class Feedback:
    """A question in a state (none, near, bad, good), the first quote shown for it, and how often it came."""

    text: str
    state: str
    quote: str
    corpus: str
    times: int


def note_writes(seen: Feedback, now: float) -> tuple[Write, ...]:
    """The writes that count a question once more in its state; none for a blank one."""
    text = " ".join(seen.text.split())[:LONGEST]
    row = {"text": text, "state": seen.state, "quote": seen.quote, "corpus": seen.corpus, "times": seen.times, "at": now}
    return ((_NOTE, row),) if text else ()


def note(connection: Connection, seen: Feedback, now: float) -> None:
    """Count a question once more in its state."""
    for write in note_writes(seen, now):
        connection.execute(*write)


def most_frequent(connection: Connection, states: Sequence[str], most: int) -> tuple[Feedback, ...]:
    """Questions in any of the states, the most frequent first, then the latest."""
    columns = (feedback.c.text, feedback.c.state, feedback.c.quote, feedback.c.corpus, feedback.c.times)
    found = sa.select(*columns).where(feedback.c.state.in_(states))
    found = found.order_by(feedback.c.times.desc(), feedback.c.at.desc(), feedback.c.text).limit(most)
    return tuple(Feedback(*row) for row in connection.execute(found))


def settle(connection: Connection, text: str) -> None:
    """A question was learned from: forget it."""
    connection.execute(sa.delete(feedback).where(feedback.c.text == text))


def sweep(connection: Connection, before: float) -> None:
    """Forget questions that last came before a moment."""
    connection.execute(sa.delete(feedback).where(feedback.c.at < before))
