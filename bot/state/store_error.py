"""What can go wrong with the database, said with its remedy.

StoreError
├── StoreLocked       another program holds a lock
│   └── StoreConflict two transactions stood in each other's way, this one was undone
├── StoreFull         no space left on the device
├── StoreCorrupt      the file is damaged or no database
├── StoreNewer        written by another version of the program
├── StoreInUse        another process works on it, and what was wanted needs it alone
├── StoreUnreachable  cannot be opened, read or connected to
└── StoreRefused      this row or statement, whenever it is tried; everything else goes on
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError


class StoreError(Exception):
    """The state cannot be read or written; the text says what happened and what to do."""


class StoreLocked(StoreError):
    """Another program holds a lock; trying again later helps."""


class StoreConflict(StoreLocked):
    """A deadlock or the like: nothing was written, trying again at once helps."""


class StoreFull(StoreError):
    """The device is full; trying again helps once there is space."""


class StoreCorrupt(StoreError):
    """The database file is damaged or no database at all."""


class StoreNewer(StoreError):
    """The database was written by another version of this program."""


class StoreInUse(StoreError):
    """Another process of this bot works on the same database."""


class StoreUnreachable(StoreError):
    """The database cannot be opened or connected to."""


class StoreRefused(StoreError):
    """The database is well and does not take this; trying again does not help."""


def is_outage(error: BaseException | None) -> bool:
    """Whether it is the database's fault, or was caused by that: trying again later helps.

    >>> is_outage(StoreFull("full")), is_outage(StoreRefused("no")), is_outage(ValueError("x"))
    (True, False, False)
    """
    while error is not None and not isinstance(error, StoreError):
        error = error.__cause__
    return isinstance(error, (StoreLocked, StoreFull, StoreCorrupt, StoreUnreachable))


# Beginnings of SQLite's names and of PostgreSQL's codes; the first that fits.
# https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/15/errcodes-appendix.html
_KINDS: tuple[tuple[tuple[str, ...], type[StoreError], str], ...] = (
    (("40",), StoreConflict, "two transactions stood in each other's way; trying again"),
    (("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "57014"), StoreLocked, "the database is locked by another program; close that program"),
    (("SQLITE_FULL", "53100"), StoreFull, "the device that holds the database is full; free some space"),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX"),
        StoreCorrupt,
        "the database is damaged; move the file away (or restore a copy) and start again",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM"),
        StoreUnreachable,
        "the database cannot be opened for writing; check the path, its owner and its rights",
    ),
    (("28",), StoreUnreachable, "the server does not accept the user or the password of BOT_DATABASE_URL; correct them"),
    (("3D",), StoreUnreachable, "there is no database of that name; create it (createdb) or correct BOT_DATABASE_URL"),
    (("42501",), StoreUnreachable, "the user of BOT_DATABASE_URL may not do this; make it the owner of the database"),
    (("25006",), StoreUnreachable, "the server only reads, it may be a copy; name the one that writes in BOT_DATABASE_URL"),
    (("53300",), StoreUnreachable, "the server has no connection left; raise max_connections or run fewer processes"),
    (("42",), StoreUnreachable, "the tables are not those of this program; is the database being restored?"),
    (("SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG", "22", "23"), StoreRefused, "the database does not take this row"),
)


# libpq gives no code for a connection that failed, only the server's words; those of other languages remain unknown.
_WORDS = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ("too many clients", "53300"),
    ("remaining connection slots", "53300"),
    ("does not exist", "3D000"),
)


def _code_of(original: BaseException | None) -> str:
    """SQLite's name or PostgreSQL's code; "" when there is none."""
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    words = str(original) if code is None and hasattr(original, "sqlstate") else ""
    return code or next((known for phrase, known in _WORDS if phrase in words), "")


DATABASE_ERRORS = (SQLAlchemyError, sqlite3.Error)


def explained(error: SQLAlchemyError | sqlite3.Error, where: str) -> StoreError:
    """The StoreError for a database error; `where` names the database without its password."""
    original = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
    code = _code_of(original)
    for beginnings, kind, remedy in _KINDS:
        if code.startswith(beginnings):
            return kind(f"{where}: {remedy} ({code})")
    name = type(original or error).__name__  # the driver's own words may quote values
    foreign = original is not None and not isinstance(error, (DBAPIError, sqlite3.Error))
    if isinstance(error, (IntegrityError, DataError, sqlite3.IntegrityError, sqlite3.DataError)) or foreign:
        return StoreRefused(f"{where}: the database does not take this row ({name})")
    return StoreUnreachable(f"{where}: the database cannot be reached or refused ({code or name})")
