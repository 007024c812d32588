"""Constant statements on the driver itself: the same rows and the same refusals as on the way through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.state.schema import Schema
from bot.state.store import Store, open_store
from bot.state.store_error import StoreRefused, StoreUnreachable

rooms = sa.Table(
    "rooms",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False, default="empty"),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)
INSERT = rooms.insert()
COUNT = insert(rooms).on_conflict_do_update(index_elements=[rooms.c.id], set_={"times": rooms.c.times + 1})
RENAME = sa.update(rooms).where(rooms.c.id == sa.bindparam("k")).values(text=sa.case((rooms.c.open, "open"), else_=sa.bindparam("t")))
GONE = sa.select(sa.Table("gone", sa.MetaData(), sa.Column("id", sa.Integer)))
OF_ROOM = sa.select(rooms.c.text, rooms.c.open, rooms.c.times).where(rooms.c.id == sa.bindparam("k"))


@pytest.fixture
def house(database_url: str) -> Iterator[Store]:
    with closing(open_store(database_url, (Schema("rooms", (rooms.create,)),))) as store:
        yield store


def row(number: int, *, open_: bool = False) -> dict[str, object]:
    return {"id": number, "text": "劳模's", "open": open_, "times": 1}


async def test_what_is_written_is_read_again(house: Store) -> None:
    await house.write((INSERT, row(1, open_=True)), (INSERT, row(2)), (COUNT, row(2)), (COUNT, row(3)))
    await house.write(*((RENAME, {"k": number, "t": "closed"}) for number in (1, 2)))
    found = [house.row(OF_ROOM, {"k": number}) for number in (1, 2, 3, 4)]
    assert found == [("open", True, 1), ("closed", False, 2), ("劳模's", False, 1), None]


async def test_a_row_that_is_there_already_is_refused_with_all_that_came_with_it(house: Store) -> None:
    await house.write((INSERT, row(1)))
    with pytest.raises(StoreRefused, match=r"does not take this row"):
        await house.write((INSERT, row(2)), (INSERT, row(1)))
    assert house.row(OF_ROOM, {"k": 2}) is None


def test_a_table_that_is_not_there_is_told(house: Store) -> None:
    with pytest.raises(StoreUnreachable):
        house.row(GONE, {})


async def test_a_default_of_ours_would_be_forgotten(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/bot.db", (Schema("rooms", (rooms.create,)),))
    with closing(store), pytest.raises(ValueError, match="a default that no row names"):
        await store.write((INSERT, {"id": 1, "open": True, "times": 1}))
