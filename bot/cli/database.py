"""The bot's database with everything that is kept in it: processes, queue, memory."""

from __future__ import annotations

from bot.queue import inbox_table, outbox
from bot.settings.config import Settings
from bot.state import process_table, tables
from bot.state.store import Store, open_store

SCHEMAS = (process_table.SCHEMA, inbox_table.SCHEMA, outbox.SCHEMA, tables.SCHEMA)


def opened(settings: Settings, *, serving: bool = False) -> Store:
    """The database of these settings, brought up to date; close it. serving: for the bot itself. Raises StoreError."""
    return open_store(settings.database_url, SCHEMAS, serving=serving)
