"""Copies of the whole state in one file, made while bots run, and put back while none does.

SQLite copies itself (its online backup); PostgreSQL's own programs pg_dump and pg_restore do it there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from bot.state import process_table
from bot.state.engines import engine_for, exclusive, file_of, parsed
from bot.state.schema import Schema, lacking, newer
from bot.state.store import open_store
from bot.state.store_error import StoreCorrupt, StoreError, StoreUnreachable

SQLITE_MAGIC = b"SQLite format 3\0"
POSTGRES_MAGIC = b"PGDMP"
PROGRAM_SECONDS = 3600.0


class BadCopy(StoreError):
    """The file cannot be written, or is no copy of this bot's state; the text says what to do."""


def back_up(url: str, schemas: Sequence[Schema], file: Path) -> None:
    """Copy the state into a new file, readable by its owner only, and prove that it can be read back.

    Raises BadCopy, StoreError; then there is no file.
    """
    address = parsed(url)
    if file.exists():
        raise BadCopy(f"{file}: exists already; name another file")
    with _written(file) as fresh:
        if address.get_backend_name() == "sqlite":
            _copy_sqlite(_existing(address), fresh)
        else:
            _dump(address, schemas, fresh)
        check(fresh, address, schemas)


def check(file: Path, address: URL, schemas: Sequence[Schema]) -> None:
    """Whether a file can be put back into a database; raises BadCopy, StoreNewer."""
    try:
        with file.open("rb") as opened:
            magic = opened.read(16)
    except OSError as error:
        raise BadCopy(f"{file}: cannot be read ({error.strerror})") from None
    sqlite = address.get_backend_name() == "sqlite"
    if not magic.startswith(SQLITE_MAGIC if sqlite else POSTGRES_MAGIC):
        other = magic.startswith(POSTGRES_MAGIC if sqlite else SQLITE_MAGIC)
        why = "a copy of the other kind of database; set BOT_DATABASE_URL to one of its kind" if other else "no copy that `backup` made"
        raise BadCopy(f"{file}: {why}")
    if sqlite:
        _check_sqlite(file, schemas)
    else:
        _check_dump(file, schemas)


def restore(url: str, schemas: Sequence[Schema], file: Path, keep: Path) -> Path | None:
    """Put a copy in the place of the state, all or nothing; where the state from before is, if there was one.

    keep: the folder for that; beside a SQLite file. Raises BadCopy, StoreInUse while a bot runs, StoreError.
    """
    address = parsed(url)
    check(file, address, schemas)
    path = file_of(address)
    kept = _unused(keep, ".dump") if path is None else _unused(path.parent, ".db")
    there = _restore_dump(address, schemas, file, kept) if path is None else _restore_sqlite(path, file, kept)
    open_store(url, schemas).close()  # what this program has learnt since the copy
    return kept if there else None


# -- SQLite


def _existing(address: URL) -> Path:
    path = file_of(address)
    if path is None or not path.exists():
        raise StoreUnreachable(f"{path}: there is no database yet")
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    """One read transaction, so one moment, however much is written meanwhile."""
    try:  # not read-only: what a killed process left in its log has to be read, too
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StoreCorrupt(f"{source}: cannot be copied ({error}); see `python -m bot doctor`") from None


def _check_sqlite(file: Path, schemas: Sequence[Schema]) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            versions = dict(connection.execute("SELECT part, version FROM schema_version"))
    except sqlite3.Error as error:
        raise BadCopy(f"{file}: no copy of this bot's state ({error})") from None
    if verdict != "ok":
        raise BadCopy(f"{file}: damaged ({verdict}); take another copy")
    newer(versions, schemas, str(file))


def _restore_sqlite(path: Path, file: Path, kept: Path) -> bool:
    unlock = exclusive(path)
    try:
        there = path.exists()
        log = path.with_name(path.name + "-wal")
        if there:  # as it lies there: it may be damaged
            shutil.copyfile(path, _private(kept))
            if log.exists():
                shutil.copyfile(log, _private(kept.with_name(kept.name + "-wal")))
            with suppress(sqlite3.Error), closing(sqlite3.connect(kept)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # one file, if it can be read
        fresh = _private(path.with_name(path.name + ".new"))
        _copy_sqlite(file, fresh)
        for rest in (log, path.with_name(path.name + "-shm")):  # or the old log would be written into the new file
            rest.unlink(missing_ok=True)
        fresh.replace(path)
        return there
    finally:
        unlock()


# -- PostgreSQL


def _dump(address: URL, schemas: Sequence[Schema], target: Path) -> None:
    tables = [f"--table={table}" for table in ("schema_version", *(name for schema in schemas for name in schema.tables))]
    own = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-table-data={process_table.processes.name}")
    _program("pg_dump", address, *own, *tables, f"--file={target}")


def _check_dump(file: Path, schemas: Sequence[Schema]) -> None:
    rows = _program("pg_restore", None, "--data-only", "--table=schema_version", "--file=-", str(file))
    lines = [line.split("\t") for line in rows.splitlines() if line.count("\t") == 1]
    if not lines:
        raise BadCopy(f"{file}: no copy of this bot's state")
    newer({part: int(version) for part, version in lines}, schemas, str(file))


def _restore_dump(address: URL, schemas: Sequence[Schema], file: Path, kept: Path) -> bool:
    engine = engine_for(address, durable=True)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(process_table.SCHEMA_LOCK)))  # nobody joins meanwhile
            where = address.render_as_string(hide_password=True)
            process_table.refuse_while_somebody_works(connection, where, "a copy shall be put back")
            there = not lacking(connection, schemas[:1], where)
            if there:
                _dump(address, schemas, _private(kept))
            options = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
            _program("pg_restore", address, *options, str(file))
            return there
    finally:
        engine.dispose()


def _program(name: str, address: URL | None, *arguments: str) -> str:
    """What one of PostgreSQL's programs prints; the password goes by its environment. Raises BadCopy."""
    program = shutil.which(name)
    if program is None:
        raise BadCopy(f"{name} is not installed; install postgresql-client of the server's version")
    environment = dict(os.environ)
    command = [program, *arguments]
    if address is not None:
        environment["PGPASSWORD"] = address.password or environment.get("PGPASSWORD", "")
        command.insert(1, f"--dbname={address.set(drivername='postgresql', password=None).render_as_string(hide_password=False)}")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=PROGRAM_SECONDS, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise BadCopy(f"{name}: {said}")
    return done.stdout


# -- files


@contextmanager
def _written(file: Path) -> Iterator[Path]:
    """A file beside the named one, in whose place it is put when all went well."""
    fresh = _private(file.with_name(file.name + ".part"))
    try:
        yield fresh
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _unused(folder: Path, ending: str) -> Path:
    """A name that tells the moment and does not exist yet."""
    name = f"before-restore-{time.strftime('%Y%m%d-%H%M%S')}"
    names = (f"{name}{number}{ending}" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(file for file in map(folder.joinpath, names) if not file.exists())


def _private(file: Path) -> Path:
    """An empty file that only its owner can read."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise BadCopy(f"{file}: cannot be written ({error.strerror})") from None
    return file
