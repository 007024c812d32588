"""`queue`: what waits for an answer, and what was set aside, to be looked at, tried again or dropped."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing

from sqlalchemy.engine import Connection

from bot.cli.database import opened, or_said
from bot.cli.output import Printer
from bot.queue import set_aside
from bot.queue.set_aside import SetAside
from bot.settings.config import Settings

WRONG_USE = 2


@or_said
def queue(settings: Settings, action: str, keys: Sequence[str], *, every: bool) -> int:
    """List, show, retry or drop; the exit status. every: all that were set aside instead of keys."""
    printer = Printer()
    with closing(opened(settings)) as store, store.quick() as connection:
        rows = {row.key: row for row in set_aside.listed(connection)}
        if action == "list":
            _list(printer, connection, tuple(rows.values()))
            return 0
        wanted = tuple(rows) if every else tuple(keys)
        unknown = [key for key in wanted if key not in rows]
        if unknown or not wanted:
            print(f"nothing was set aside as {unknown[0]}" if unknown else "name a key that `queue` lists, or --all", file=sys.stderr)
            return WRONG_USE
        if action == "show":
            for key in wanted:
                _show(printer, rows[key])
            return 0
        return _changed(printer, action, set_aside.retry if action == "retry" else set_aside.drop, connection, wanted)


def _list(printer: Printer, connection: Connection, rows: Sequence[SetAside]) -> None:
    count, oldest = set_aside.waiting(connection)
    age = "" if oldest is None else f", the oldest for {max(0.0, time.time() - oldest):.0f} s"
    printer.line(f"{count} waiting for an answer{age}")
    printer.line(f"{len(rows)} set aside", "bold")
    for row in rows:
        printer.line(f"  {row.key:14} {_moment(row.arrived)}  {_place(row.lane)}  {row.why}")
    if rows:
        printer.line("python -m bot queue show, retry or drop KEY", "faint")


def _show(printer: Printer, row: SetAside) -> None:
    printer.line(f"{row.key}  {_moment(row.arrived)}  {_place(row.lane)}", "bold")
    printer.line(row.why)
    try:
        printer.line(json.dumps(json.loads(row.payload), ensure_ascii=False, indent=2) if row.payload else "(nothing of it could be kept)")
    except ValueError:
        printer.line(row.payload)


def _changed(
    printer: Printer, action: str, change: Callable[[Connection, Sequence[str]], Sequence[str]], connection: Connection, keys: Sequence[str]
) -> int:
    changed = change(connection, keys)
    for key in keys:
        done = {"retry": "will be tried again", "drop": "dropped"}[action]
        printer.line(f"{key} {done if key in changed else 'cannot be tried again: nothing of it could be kept'}")
    return 0


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def _place(lane: str) -> str:
    """What a lane is about: c7 chat, d7 delivery, u7 person."""
    kind = {"c": "chat", "d": "delivery to", "u": "person"}.get(lane[:1], "")
    return f"{kind} {lane[1:]}" if kind and lane != "none" else "no chat"
