"""Daily quotes: who wants them when, and the ledger of what was due on which day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state.tables import ledger, subscriptions


@dataclass(frozen=True, slots=True)
class Subscription:
    """minute: after midnight in `zone`. speech: 0 for all. theme: "" for any. next_run: seconds UTC."""

    chat: int
    minute: int
    zone: str
    speech: int = 0
    theme: str = ""
    active: bool = False
    next_run: float = 0.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """A day's quote for a chat, as entered in the ledger."""

    chat: int
    day: str
    quote: str


def subscription_of(connection: Connection, chat: int) -> Subscription | None:
    """What a chat has chosen; None when it never chose."""
    row = connection.execute(sa.select(subscriptions).where(subscriptions.c.chat == chat)).one_or_none()
    return Subscription(*row) if row else None


def put(connection: Connection, subscription: Subscription) -> None:
    """Store a subscription in place of the chat's former one."""
    values: dict[str, Any] = {name: getattr(subscription, name) for name in Subscription.__slots__}
    connection.execute(sa.delete(subscriptions).where(subscriptions.c.chat == subscription.chat))
    connection.execute(sa.insert(subscriptions).values(**values))


def due(connection: Connection, now: float, most: int) -> tuple[Subscription, ...]:
    """Active subscriptions whose time has come, the longest due first."""
    found = (
        sa.select(subscriptions)
        .where(subscriptions.c.active.is_(True), subscriptions.c.next_run <= now)
        .order_by(subscriptions.c.next_run)
        .limit(most)
    )
    return tuple(Subscription(*row) for row in connection.execute(found))


def has_day(connection: Connection, chat: int, day: str) -> bool:
    """Whether a chat's quote of a day is entered."""
    found = sa.select(ledger.c.chat).where(ledger.c.chat == chat, ledger.c.day == day)
    return connection.execute(found).first() is not None


def enter(connection: Connection, delivery: Delivery, now: float) -> None:
    """Enter a delivery; raises IntegrityError if the day is entered already."""
    connection.execute(sa.insert(ledger).values(chat=delivery.chat, day=delivery.day, quote=delivery.quote, at=now))


def entered_since(connection: Connection, moment: float) -> tuple[Delivery, ...]:
    """Deliveries entered at or after a moment."""
    found = sa.select(ledger.c.chat, ledger.c.day, ledger.c.quote).where(ledger.c.at >= moment)
    return tuple(Delivery(*row) for row in connection.execute(found.order_by(ledger.c.at)))


def stop(connection: Connection, chat: int) -> None:
    """The chat gets no more quotes, its choices go."""
    connection.execute(sa.delete(subscriptions).where(subscriptions.c.chat == chat))
    connection.execute(sa.delete(ledger).where(ledger.c.chat == chat))


def sweep(connection: Connection, before: float) -> None:
    """Forget deliveries entered before a moment."""
    connection.execute(sa.delete(ledger).where(ledger.c.at < before))
