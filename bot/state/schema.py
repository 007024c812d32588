"""Which tables a database has: every file that keeps state offers a `Schema`, its name with its ordered migrations.

The table `schema_version` counts, for each schema, how many of its migrations have run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.store_error import StoreNewer

Migration: TypeAlias = Callable[[Connection], None]

_versions = sa.Table(
    "schema_version",
    sa.MetaData(),
    sa.Column("part", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one file. Migrations are only ever appended; each runs once, together with its count."""

    name: str
    migrations: tuple[Migration, ...]
    tables: tuple[str, ...] = ()


def lacking(connection: Connection, schemas: Sequence[Schema], where: str) -> tuple[Schema, ...]:
    """The schemas with migrations that have not run; raises StoreNewer when more have run than the program knows."""
    have = _have(connection)
    newer(have, schemas, where)
    return tuple(schema for schema in schemas if have.get(schema.name, -1) < len(schema.migrations))


def newer(have: Mapping[str, int], schemas: Sequence[Schema], where: str) -> None:
    """Raise StoreNewer when more migrations have run than the program knows."""
    for schema in schemas:
        known = len(schema.migrations)
        if have.get(schema.name, 0) > known:
            raise StoreNewer(
                f"{where}: tables of {schema.name} have version {have[schema.name]}, this program knows {known}; "
                "start the newer program or restore the copy made before the upgrade"
            )


def advance(connection: Connection, schemas: Sequence[Schema]) -> None:
    """Run the migrations that have not run, each schema's in order."""
    _versions.create(connection, checkfirst=True)
    have = _have(connection)
    for schema in schemas:
        before, known = have.get(schema.name), len(schema.migrations)
        for migration in schema.migrations[before or 0 :]:
            migration(connection)
        if before is None:
            connection.execute(_versions.insert().values(part=schema.name, version=known))
        elif before < known:
            connection.execute(_versions.update().where(_versions.c.part == schema.name).values(version=known))


def _have(connection: Connection) -> dict[str, int]:
    """How many migrations of each schema have run."""
    if not sa.inspect(connection).has_table(_versions.name):
        return {}
    return {row.part: row.version for row in connection.execute(sa.select(_versions))}
