"""A chat that had traditional characters keeps them, as in Taiwan; on either database."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import sqlalchemy as sa

from bot.state import chats
from bot.state.store import open_store
from bot.state.tables import SCHEMA, metadata

BEFORE = replace(SCHEMA, migrations=SCHEMA.migrations[:3])


def test_traditional_becomes_taiwan(database_url: str) -> None:
    with closing(open_store(database_url, (BEFORE,))) as store, store.quick() as memory:
        for statement in (
            "ALTER TABLE chats DROP COLUMN script",
            "ALTER TABLE chats DROP COLUMN script_offered",
            "ALTER TABLE chats ADD COLUMN traditional BOOLEAN NOT NULL DEFAULT false",
            "INSERT INTO chats (chat, language, quotes, traditional) VALUES (7, 'en', 2, true), (8, '', 0, false)",
        ):
            memory.execute(sa.text(statement))
    with closing(open_store(database_url, (SCHEMA,))) as store, store.quick() as memory:
        assert chats.chat_of(memory, 7) == chats.ChatState("en", 2, "tw", True)
        assert chats.chat_of(memory, 8) == chats.ChatState()
        assert chats.change(memory, 9, script="hk") == chats.ChatState(script="hk")
        there = {column["name"] for column in sa.inspect(memory).get_columns("chats")}
        assert there == set(metadata.tables["chats"].c.keys())
