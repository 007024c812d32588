"""Which daily quotes are due: drawn, entered in the ledger, handed over until the edge has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.engine import Connection

from bot.contract.reply import Reply
from bot.service import cards
from bot.service.context import Context
from bot.service.schedule import day_of, next_run
from bot.settings.config import zone_of
from bot.state import bags, subscriptions
from bot.state.store import Store
from bot.state.subscriptions import Delivery, Subscription
from retrieval import UnknownReference, by_id

MOST = 500  # chats in one call: 8 a second until the next one, of the 30 that Telegram takes
LATEST = 12 * 3600.0  # seconds: half a day; a quote that is later than that is left out
LOOK_BACK = 300.0  # seconds, five calls: what was entered so recently may not have reached the edge's outbox
FIRST_LOOK_BACK = 20 * 3600.0  # seconds, after a start; the inbox knows its keys for 26 hours

Messages = tuple[tuple[int, str, tuple[Reply, ...]], ...]


class DailyPlanner:
    """Enters what is due; the only state is whether this process has looked before."""

    def __init__(self) -> None:
        self._looked = False

    def due(self, context_for: Callable[[Connection, int], Context], store: Store, now: float) -> Messages:
        """Every delivery that may not be with the edge yet; repeated ones have the same key and content."""
        back = LOOK_BACK if self._looked else FIRST_LOOK_BACK
        with store.quick() as memory:
            for subscription in subscriptions.due(memory, now, MOST):
                self._enter(memory, context_for(memory, subscription.chat), subscription, now)
            entered = subscriptions.entered_since(memory, now - back)
            messages = [_message(context_for(memory, delivery.chat), delivery) for delivery in entered]
        self._looked = True
        return tuple(message for message in messages if message)

    def _enter(self, memory: Connection, context: Context, subscription: Subscription, now: float) -> None:
        """One row of the ledger for the day that was planned, unless it is there or too late; then the next run."""
        zone = zone_of(subscription.zone)
        if zone is None:
            subscriptions.put(memory, replace(subscription, active=False))
            return
        latest = _latest_planned(subscription, now)
        day = day_of(latest, zone)
        pool = _pool(context, subscription)
        if now - latest <= LATEST and pool and not subscriptions.has_day(memory, subscription.chat, day):
            chosen = bags.take(memory, subscription.chat, "daily", pool, context.choose, now)
            subscriptions.enter(memory, Delivery(subscription.chat, day, chosen), now)
        subscriptions.put(memory, replace(subscription, next_run=next_run(now, subscription.minute, zone)))


def _latest_planned(subscription: Subscription, now: float) -> float:
    """The last planned moment that is not later than now; earlier ones were missed."""
    zone = zone_of(subscription.zone)
    latest = subscription.next_run
    while zone and (following := next_run(latest, subscription.minute, zone)) <= now:
        latest = following
    return latest


def _pool(context: Context, subscription: Subscription) -> tuple[str, ...]:
    """Quotes of the chosen theme or speech; all when there are none any more."""
    library = context.library
    chosen = library.shareable_about(subscription.theme) if subscription.theme else ()
    return chosen or library.shareable_of(subscription.speech) or library.shareable_of(0)


def _message(context: Context, delivery: Delivery) -> tuple[int, str, tuple[Reply, ...]] | None:
    try:
        quote = by_id(context.library.corpus, delivery.quote)
    except UnknownReference:  # entered before the speeches changed
        return None
    return delivery.chat, f"{delivery.chat}:{delivery.day}", (cards.single_card(context, quote, None),)
