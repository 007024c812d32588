"""Constant statements in SQLite's words, put together once, for the driver itself: the way through SQLAlchemy takes five times as long."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Prepared:
    """The values are those that the driver takes, and a row names all columns that have a default of ours; else ValueError."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[int, tuple[sa.Executable, str, Sequence[str], Mapping[str, Any]]] = {}

    def row(self, connection: sqlite3.Connection, query: sa.Executable, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row that a query finds, truth values as 0 and 1. Raises sqlite3.Error."""
        _, words, order, fixed = self._put_together(query, values)
        row: tuple[Any, ...] | None = connection.execute(words, _in_order(order, fixed, values)).fetchone()
        return row

    def write(self, connection: sqlite3.Connection, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute a statement with the values of each row. Raises sqlite3.Error."""
        _, words, order, fixed = self._put_together(statement, rows[0])
        connection.executemany(words, [_in_order(order, fixed, values) for values in rows])

    def _put_together(self, statement: sa.Executable, names: Iterable[str]) -> tuple[sa.Executable, str, Sequence[str], Mapping[str, Any]]:
        known = self._known.get(id(statement))
        if known is None:  # it is kept, too: another one in its place would have its id
            compiled: Any = statement.compile(dialect=self._dialect, column_keys=list(names))  # type: ignore[attr-defined]
            if getattr(compiled, "insert_prefetch", ()) or getattr(compiled, "update_prefetch", ()):
                raise ValueError(f"{compiled} has columns with a default that no row names")
            known = self._known[id(statement)] = (statement, str(compiled), compiled.positiontup, compiled.params)
        return known


def _in_order(order: Sequence[str], fixed: Mapping[str, Any], values: Mapping[str, Any]) -> list[Any]:
    return [values[name] if name in values else fixed[name] for name in order]
