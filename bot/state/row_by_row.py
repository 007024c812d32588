"""Rows for PostgreSQL with an end of their own each, so that the server's time limits hold between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg.abc import Params, Query


class RowByRow(psycopg.Cursor[Any]):
    """A cursor that sends no pipelines.

    In a pipeline many statements end together. Between two of them a session counts as active and no limit of the server ends it, so
    a process that stands still there, or is cut off, holds its locks for as long as it does: neither `statement_timeout` nor
    `idle_in_transaction_session_timeout` has begun.
    """

    def executemany(self, query: Query, params_seq: Iterable[Params], *, returning: bool = False) -> None:
        """Execute the statement for each row; what it returns is only of the last one, `returning` or not."""
        del returning
        statement: Any = query  # one of the kinds that `execute` is overloaded for
        for params in params_seq:
            self.execute(statement, params, prepare=True)
