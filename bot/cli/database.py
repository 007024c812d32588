"""The bot's database with everything that is kept in it: processes, queue, memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from bot.queue import outbox
from bot.settings.config import Settings
from bot.state import inbox_table, process_table, published, tables
from bot.state.store import Store, open_store
from bot.state.store_error import StoreError

P = ParamSpec("P")

FAULTY = 1
SCHEMAS = (process_table.SCHEMA, inbox_table.SCHEMA, outbox.SCHEMA, published.SCHEMA, tables.SCHEMA)


def opened(settings: Settings, *, serving: bool = False) -> Store:
    """The database of these settings, brought up to date; close it. serving: for the bot itself. Raises StoreError."""
    return open_store(settings.database_url, SCHEMAS, serving=serving)


def or_said(work: Callable[P, int]) -> Callable[P, int]:
    """The command, with exit status 1 when the database keeps it from its work; why is said on standard error."""

    @wraps(work)
    def said(*arguments: P.args, **named: P.kwargs) -> int:
        try:
            return work(*arguments, **named)
        except StoreError as error:
            print(error, file=sys.stderr)
            return FAULTY

    return said
