"""Which daily quotes are due: drawn, entered in the ledger, handed over until the edge has them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import islice

from sqlalchemy.engine import Connection

from bot.contract.reply import Reply
from bot.service import cards, characters
from bot.service.context import Context
from bot.service.schedule import day_of, next_run
from bot.settings.config import zone_of
from bot.state import bags, subscriptions
from bot.state.store import Store
from bot.state.subscriptions import Delivery, Subscription
from retrieval import UnknownReference, by_id

PORTION = 20  # quotes in one call: drawn and rendered in 50 ms, after which whoever asks is served
TOGETHER = 5  # chats in one transaction: 10 ms during which nobody else can write
LATEST = 12 * 3600.0  # seconds: half a day; a quote that is later than that is left out
LOOK_BACK = 300.0  # seconds, five calls: what was entered so recently may not have reached the edge's outbox
FIRST_LOOK_BACK = 20 * 3600.0  # seconds, after a start; the inbox knows its keys for 26 hours

Messages = tuple[tuple[int, str, tuple[Reply, ...]], ...]


class DailyPlanner:
    """Enters what is due; remembers what the edge has not confirmed yet, and what it has of late."""

    def __init__(self) -> None:
        self._looked = False
        self._open: dict[str, Delivery] = {}  # by key
        self._stored: dict[str, float] = {}  # key → when it was confirmed

    def due(self, context_for: Callable[[Connection, int], Context], store: Store, now: float, stored: Collection[str]) -> Messages:
        """Some deliveries that may not be with the edge yet; `stored`: keys that are, since the last call."""
        for key in stored:
            self._open.pop(key, None)
            self._stored[key] = now
        self._look_back(store, now)
        while len(self._open) < PORTION and self._enter_some(context_for, store, now):
            pass
        found = []
        with store.reading() as memory:
            for key, delivery in tuple(islice(self._open.items(), PORTION)):
                message = _message(context_for(memory, delivery.chat), delivery, key)
                if message is None:
                    del self._open[key]
                else:
                    found.append(message)
        return tuple(found)

    def _look_back(self, store: Store, now: float) -> None:
        """What this process, or one before it, entered lately without a word from the edge."""
        with store.reading() as memory:
            entered = subscriptions.entered_since(memory, now - (LOOK_BACK if self._looked else FIRST_LOOK_BACK))
        self._looked = True
        self._stored = {key: at for key, at in self._stored.items() if now - at < 2 * LOOK_BACK}
        self._open |= {key: delivery for delivery in entered if (key := _key(delivery)) not in self._stored}

    def _enter_some(self, context_for: Callable[[Connection, int], Context], store: Store, now: float) -> bool:
        """Enter a few that are due; False when none is."""
        with store.quick() as memory:
            planned = subscriptions.due(memory, now, TOGETHER)
            for subscription in planned:
                delivery = self._enter(memory, context_for(memory, subscription.chat), subscription, now)
                if delivery:
                    self._open[_key(delivery)] = delivery
        return bool(planned)

    def _enter(self, memory: Connection, context: Context, subscription: Subscription, now: float) -> Delivery | None:
        """One row of the ledger for the day that was planned, unless it is there or too late; then the next run."""
        entered = None
        zone = zone_of(subscription.zone)
        if zone is None:
            subscriptions.put(memory, replace(subscription, active=False))
            return None
        latest = _latest_planned(subscription, now)
        day = day_of(latest, zone)
        pool = _pool(context, subscription)
        if now - latest <= LATEST and pool and not subscriptions.has_day(memory, subscription.chat, day):
            chosen = bags.take(memory, subscription.chat, "daily", pool, context.choose, now)
            entered = Delivery(subscription.chat, day, chosen)
            subscriptions.enter(memory, entered, now)
        subscriptions.put(memory, replace(subscription, next_run=next_run(now, subscription.minute, zone)))
        return entered


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


def _key(delivery: Delivery) -> str:
    return f"{delivery.chat}:{delivery.day}"


def _message(context: Context, delivery: Delivery, key: str) -> tuple[int, str, tuple[Reply, ...]] | None:
    try:
        quote = by_id(context.library.corpus, delivery.quote)
    except UnknownReference:  # entered before the speeches changed
        return None
    return delivery.chat, key, (characters.reply_shown(context, cards.single_card(context, quote, None)),)
