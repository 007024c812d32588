"""The bot's database with everything that is kept in it: processes, queue, memory."""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.queue import outbox
from bot.settings.config import Settings
from bot.state import inbox_table, membership, tables
from bot.state.store import Store, open_store
from bot.state.store_error import StoreError

FAULTY = 1
SCHEMAS = (membership.SCHEMA, inbox_table.SCHEMA, outbox.SCHEMA, tables.SCHEMA)


def opened(settings: Settings, *, serving: bool = False) -> Store:
    """The database of these settings, brought up to date; close it. serving: for the bot itself. Raises StoreError."""
    return open_store(settings.database_url, SCHEMAS, serving=serving)


def or_said(work: Callable[[], int]) -> int:
    """The exit status of a command; what keeps the database from it is said on standard error."""
    try:
        return work()
    except StoreError as error:
        print(error, file=sys.stderr)
        return FAULTY
