"""What can go wrong with the database, said with its remedy.

StoreError
├── StoreLocked       another program holds the write lock
├── StoreFull         no space left on the device
├── StoreCorrupt      the file is damaged or no database
├── StoreNewer        written by a newer version of the program
├── StoreInUse        a second process on the same SQLite file
└── StoreUnreachable  cannot be opened, read or connected to
"""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError


class StoreError(Exception):
    """The state cannot be read or written; the text says what happened and what to do."""


class StoreLocked(StoreError):
    """Another program holds the write lock; trying again later helps."""


class StoreFull(StoreError):
    """The device is full; trying again helps once there is space."""


class StoreCorrupt(StoreError):
    """The database file is damaged or no database at all."""


class StoreNewer(StoreError):
    """The database was written by a newer version of this program."""


class StoreInUse(StoreError):
    """Another process of this bot works on the same SQLite file."""


class StoreUnreachable(StoreError):
    """The database cannot be opened or connected to."""


_KINDS: tuple[tuple[tuple[str, ...], type[StoreError], str], ...] = (
    (("SQLITE_BUSY", "SQLITE_LOCKED"), StoreLocked, "the database is locked by another program; close that program"),
    (("SQLITE_FULL",), StoreFull, "the device that holds the database is full; free some space"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), StoreCorrupt, "the database is damaged; move the file away (or restore a copy) and start again"),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM"),
        StoreUnreachable,
        "the database cannot be opened for writing; check the path, its owner and its rights",
    ),
)


def explained(error: SQLAlchemyError, where: str) -> StoreError:
    """The StoreError for a database error; `where` names the database without its password."""
    original = getattr(error, "orig", None)
    name = getattr(original, "sqlite_errorname", "") or ""
    for prefixes, kind, remedy in _KINDS:
        if name.startswith(prefixes):
            return kind(f"{where}: {remedy} ({name})")
    # The driver's own words may quote values; the type is enough to look it up.
    return StoreUnreachable(f"{where}: the database refused ({type(original or error).__name__})")
