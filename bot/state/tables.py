"""The tables behind the memory, with their migrations."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import Schema

metadata = sa.MetaData()

# What a chat has chosen.
chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(2), nullable=False, default=""),
    sa.Column("quotes", sa.Integer, nullable=False, default=0),
    sa.Column("script", sa.String(2), nullable=False, default="", server_default=""),
    sa.Column("script_offered", sa.Boolean, nullable=False, default=False, server_default=sa.false()),
)

# What a person's conversation in a chat is about, as JSON; in a group everybody has their own.
talks = sa.Table(
    "talks",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

# Texts that buttons refer to: questions, themes, words.
texts = sa.Table(
    "texts",
    metadata,
    sa.Column("key", sa.String(8), primary_key=True),
    sa.Column("owner", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

# What a chat has been shown of a pool in the present round.
bags = sa.Table(
    "bags",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("pool", sa.String(16), primary_key=True),
    sa.Column("shown", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

saved = sa.Table(
    "saved",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("quote", sa.String(40), primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("minute", sa.Integer, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("speech", sa.Integer, nullable=False, default=0),
    sa.Column("theme", sa.Text, nullable=False, default=""),
    sa.Column("active", sa.Boolean, nullable=False, default=False),
    sa.Column("next_run", sa.Float, nullable=False, index=True),
)

# One row per delivered day, written before the quote is sent.
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("quote", sa.String(40), nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

# Counts per day (UTC): answers by confidence, latencies by upper limit.
figures = sa.Table(
    "figures",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)

# Questions to learn from, without the asker: state is near, none, good or bad; quote: the first one shown.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("text", sa.String(200), primary_key=True),
    sa.Column("state", sa.String(4), primary_key=True),
    sa.Column("quote", sa.String(40), nullable=False, default=""),
    sa.Column("corpus", sa.String(12), nullable=False, default=""),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("key", sa.String(8), primary_key=True),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("good", sa.Boolean, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

# Quiz polls that were sent: where, which option is right.
polls = sa.Table(
    "polls",
    metadata,
    sa.Column("poll", sa.String(64), primary_key=True),
    sa.Column("chat", sa.BigInteger, nullable=False, index=True),
    sa.Column("right_option", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

# First answers to them; an answer may be here before its poll is.
guesses = sa.Table(
    "guesses",
    metadata,
    sa.Column("poll", sa.String(64), primary_key=True),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("option", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


def _conversations(connection: Connection) -> None:
    """One question a chat becomes a conversation a person; the questions of the last hour are let go."""
    talks.create(connection, checkfirst=True)
    there = {column["name"] for column in sa.inspect(connection).get_columns("chats")}
    for old in ("topic", "topic_shown", "asked_by", "asked_at"):
        if old in there:
            connection.execute(sa.text(f"ALTER TABLE chats DROP COLUMN {old}"))


def _quiz(connection: Connection) -> None:
    polls.create(connection, checkfirst=True)
    guesses.create(connection, checkfirst=True)


def _scripts(connection: Connection) -> None:
    """Traditional characters become those of Taiwan or of Hong Kong; who had them keeps them as in Taiwan."""
    there = {column["name"] for column in sa.inspect(connection).get_columns("chats")}
    for column in (chats.c.script, chats.c.script_offered):
        if column.name not in there:
            described = sa.schema.CreateColumn(column).compile(connection)
            connection.execute(sa.text(f"ALTER TABLE chats ADD COLUMN {described}"))
    if "traditional" in there:
        connection.execute(sa.text("UPDATE chats SET script = 'tw', script_offered = :yes WHERE traditional"), {"yes": True})
        connection.execute(sa.text("ALTER TABLE chats DROP COLUMN traditional"))


SCHEMA = Schema("memory", (_first, _conversations, _quiz, _scripts), tuple(metadata.tables))
