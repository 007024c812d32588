"""Quiz polls that were sent, and who got how many right in a chat."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from bot.contract.response import Write
from bot.state.tables import guesses, polls

KEPT_DAYS = 14  # this week and the one before; names are kept no longer
NAME = 64  # characters of a name, Telegram's own limit of a first name
MOST = 20  # people in a list of scores, chosen: a message that is read at a glance

_SENT = insert(polls).on_conflict_do_nothing()  # SQLite understands it, too
_GUESSED = insert(guesses).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class QuizScore:
    """Of a person in a chat: right answers of so many."""

    person: int
    name: str
    right: int
    answered: int


def sent_write(poll: str, chat: int, right: int, now: float) -> Write:
    """The write that remembers a poll which Telegram has shown."""
    return _SENT, {"poll": poll, "chat": chat, "right_option": right, "at": now}


def guess(connection: Connection, poll: str, person: int, name: str, option: int, now: float) -> None:
    """Remember somebody's answer; the first one counts, however often it is told."""
    connection.execute(_GUESSED, {"poll": poll, "person": person, "name": name[:NAME], "option": option, "at": now})


def scores(connection: Connection, chat: int, since: float) -> tuple[QuizScore, ...]:
    """Of the polls that a chat was sent since a moment: at most MOST people, most right answers first, then fewest answers, then name."""
    right = sa.func.sum(sa.case((guesses.c.option == polls.c.right_option, 1), else_=0)).label("right")
    answered = sa.func.count().label("answered")
    name = sa.func.max(guesses.c.name).label("name")
    found = (
        sa.select(guesses.c.person, name, right, answered)
        .join(polls, polls.c.poll == guesses.c.poll)
        .where(polls.c.chat == chat, polls.c.at >= since)
        .group_by(guesses.c.person)
        .order_by(right.desc(), answered, name, guesses.c.person)
        .limit(MOST)
    )
    return tuple(QuizScore(row.person, row.name, int(row.right), int(row.answered)) for row in connection.execute(found))


def sweep(connection: Connection, now: float) -> None:
    """Forget polls and answers older than KEPT_DAYS."""
    before = now - KEPT_DAYS * 86400.0
    connection.execute(sa.delete(guesses).where(guesses.c.at < before))
    connection.execute(sa.delete(polls).where(polls.c.at < before))
