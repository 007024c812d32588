"""Which process gets an update: whoever has the chat's work already, so that its answers keep order and limits.

Only on PostgreSQL, where several processes may take updates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection

from bot.state import process_table
from bot.state.inbox_table import CLAIM_LOCK, Row, inbox

STICKY_SECONDS = 61.0  # longer than the window of a group, so that one process knows all that was sent in it

_lanes = sa.func.unnest(sa.bindparam("lanes", type_=ARRAY(sa.String))).table_valued("lane").render_derived(name="lanes")
_columns = (inbox.c.lane, inbox.c.owner, inbox.c.handed, inbox.c.done, inbox.c.arrived)
_newest = sa.select(*_columns).where(inbox.c.lane == _lanes.c.lane).order_by(inbox.c.arrived.desc()).limit(1).lateral()
_LATEST = sa.select(_newest).select_from(_lanes.join(_newest, sa.true()))  # the last row of each lane


def give(connection: Connection, rows: Sequence[Row], now: float) -> None:
    """Each row to whoever has its chat's work; a moment later than all of its lane, whatever the clocks say."""
    lock_giving(connection, shared=True)
    lanes = {row["lane"] for row in rows}
    found = connection.execute(_LATEST, {"lanes": sorted(lanes | {_beside(lane) for lane in lanes})})
    latest = {row.lane: row for row in found}
    living = set(connection.execute(process_table.living_names()).scalars())
    moments = {lane: row.arrived for lane, row in latest.items()}
    for row in rows:
        lane = row["lane"]
        row["owner"], row["handed"] = _owner_of(latest.get(lane), latest.get(_beside(lane)), row["owner"], living, now)
        row["arrived"] = moments[lane] = max(row["arrived"], moments.get(lane, 0) + 1)


def _owner_of(before: Any, beside: Any, me: str, living: set[str], now: float) -> tuple[str, bool]:
    """Who gets a row, and whether from somebody else's hand, after the latest rows of its lane and the one beside."""
    if before is not None and before.done is None:  # also of the dead: the lane is taken over as a whole
        return before.owner, before.handed or before.owner != me
    for row in (before, beside):
        if row is not None and row.owner in living and (row.done is None or row.done > now - STICKY_SECONDS):
            return row.owner, row.owner != me
    return me, False


def _beside(lane: str) -> str:
    """The lane of the same chat's deliveries, or of its updates: both count for its limits."""
    return {"c": "d", "d": "c"}.get(lane[0], lane[0]) + lane[1:]


def lock_giving(connection: Connection, *, shared: bool) -> None:
    """Nobody gives rows away while somebody takes over those of the dead; SQLite has one writer at a time anyway."""
    if connection.dialect.name != "sqlite":
        lock = sa.func.pg_advisory_xact_lock_shared if shared else sa.func.pg_advisory_xact_lock
        connection.execute(sa.select(lock(CLAIM_LOCK)))
