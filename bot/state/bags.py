"""Which quotes of a pool a chat has been shown in the present round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.shuffle import draw
from bot.state.tables import bags


def take(
    connection: Connection,
    chat: int,
    name: str,
    pool: Sequence[str],
    choose: Callable[[Sequence[str]], str],
    now: float,
) -> str:
    """Draw an item for a chat from its bag of that name. Raises ValueError for an empty pool."""
    here = sa.and_(bags.c.chat == chat, bags.c.pool == name)
    before = connection.execute(sa.select(bags.c.shown).where(here)).scalar()
    item, shown = draw(pool, (before or "").split(), choose)
    values = {"shown": " ".join(shown), "at": now}
    if before is None:
        connection.execute(sa.insert(bags).values(chat=chat, pool=name, **values))
    else:
        connection.execute(sa.update(bags).where(here).values(**values))
    return item


def sweep(connection: Connection, before: float) -> None:
    """Forget bags that were last used before a moment."""
    connection.execute(sa.delete(bags).where(bags.c.at < before))
