"""The speeches as an ingest job published them, version by version: their texts, and what is built of them in files.

A version is complete before it becomes the current one; the one before is kept, for bots that have not taken the new one up.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.schema import Schema

PIECE = 4 << 20  # bytes of a file in one row; a value of PostgreSQL is held in memory several times on its way

metadata = sa.MetaData()

versions = sa.Table(
    "published_versions",
    metadata,
    sa.Column("version", sa.String(16), primary_key=True),
    sa.Column("current", sa.Boolean, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)

# Of a file the pieces, numbered from 0. name: texts/… for a text of the speeches.
pieces = sa.Table(
    "published_pieces",
    metadata,
    sa.Column("version", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(255), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)


SCHEMA = Schema("published", (_first,), tuple(metadata.tables))


def put(connection: Connection, version: str, files: Mapping[str, bytes | Path]) -> None:
    """Keeps the files of a version, in place of those that it had. A path is read piece by piece. Raises OSError."""
    names = tuple(files)
    connection.execute(sa.delete(pieces).where(pieces.c.version == version, pieces.c.name.in_(names)))
    for name, content in files.items():
        with content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as file:
            for number in itertools.count():
                piece = file.read(PIECE)
                if not piece and number:
                    break
                connection.execute(pieces.insert().values(version=version, name=name, number=number, bytes=piece))


def make_current(connection: Connection, version: str, now: float) -> None:
    """The version is the one to be taken up; of the others the one that was stays."""
    kept = {version, current(connection)}
    connection.execute(sa.update(versions).values(current=False))
    connection.execute(sa.delete(versions).where(versions.c.version == version))
    connection.execute(versions.insert().values(version=version, current=True, at=now))
    for table in (pieces, versions):
        connection.execute(sa.delete(table).where(table.c.version.not_in(kept)))


def current(connection: Connection) -> str:
    """The version to be taken up, "" when none was published."""
    return connection.execute(sa.select(versions.c.version).where(versions.c.current)).scalar() or ""


def names_of(connection: Connection, version: str) -> tuple[str, ...]:
    """The files of a version, of which none leads out of the folder that it is put into."""
    found = sa.select(pieces.c.name).where(pieces.c.version == version, pieces.c.number == 0).order_by(pieces.c.name)
    return tuple(name for name in connection.execute(found).scalars() if ".." not in name.split("/") and not name.startswith("/"))


def pieces_of(connection: Connection, version: str, name: str) -> Iterator[bytes]:
    """The content of a file, piece by piece; nothing for one that is not there."""
    where = (pieces.c.version == version, pieces.c.name == name)
    numbers = connection.execute(sa.select(pieces.c.number).where(*where).order_by(pieces.c.number)).scalars().all()
    for number in numbers:
        yield connection.execute(sa.select(pieces.c.bytes).where(*where, pieces.c.number == number)).scalar_one()
